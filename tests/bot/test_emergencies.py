"""An emergency at the counter: nothing stands before it, and it is told until somebody accepts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.emergencies import DANGERS
from desk.records import EmergencyRules, Estate, Home, Place, Priority, Role, Rules, State
from desk.records.kinds import EstateKind
from dialogs.dangers import ADVICE, TITLES
from dialogs.engine.heard import Located
from tests.bot.counter import GROUP, HOUR, MINUTE, Counter, Guest

EVERY = timedelta(minutes=3)


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident of one home in China; the staff group is there, and the estate has a hotline."""
    rules = Rules(emergency=EmergencyRules(hotline="400-800-1234"))
    counter.estate = replace(counter.estate, country="CN", rules=rules)
    counter.bind()
    return counter.resident()


def test_words_skip_the_dialog_and_advice_comes_first(counter: Counter, lin: Guest):
    wang, mei = counter.staff("Wang", badge="A-7"), counter.staff("Mei", Role.MANAGER)
    lin.says("I smell gas in the kitchen")
    advice, filed, where = (post.text for post in lin.posts()[-3:])
    assert "Touch no switch" in advice
    assert "119" in advice
    assert "400-800-1234" in advice
    assert "R-1" in filed
    assert "Where is it?" in where
    assert "1-1-101" in where
    request = counter.request()
    assert (request.priority, request.kind, request.problem) == (
        Priority.EMERGENCY,
        "gas_smell",
        "I smell gas in the kitchen",
    )
    assert request.home_id == counter.home.id
    assert "🆘" in counter.postman.chat(GROUP)[-1].text
    assert all("🆘" in guest.last().text and guest.last().labels for guest in (wang, mei))


def test_everybody_is_alerted_again_until_somebody_accepts(counter: Counter, lin: Guest):
    wang, dai, boss = (
        counter.staff("Wang", badge="A-7"),
        counter.staff("Dai", Role.DISPATCHER),
        counter.staff("Boss", Role.OWNER),
    )
    lin.says("Fire in the kitchen!")
    heard = []
    for _time in range(3):
        counter.later(EVERY)
        heard.append(["Alert" in guest.news() for guest in (wang, dai, boss)])
    assert heard == [[True, True, False], [True, True, True], [True, True, True]]
    wang.taps("I am going")
    assert "Wang, badge A-7 is coming" in lin.news()
    assert "Wang" in dai.news()
    counter.later(HOUR)
    assert dai.news() == ""
    events = counter.read(lambda work: work.requests.events(counter.request().id))
    assert [event.data["times"] for event in events if event.name == "alerted"] == [1, 2, 3]


def test_the_alarm_ends_some_day(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    lin.says("Fire in the kitchen!")
    counter.later(24 * HOUR)
    wang.news()
    counter.later(HOUR)
    assert wang.news() == ""
    assert counter.request().state is State.NEW


def test_given_back_it_rings_again(counter: Counter, lin: Guest):
    wang, dai = counter.staff("Wang"), counter.staff("Dai", Role.DISPATCHER)
    lin.says("Fire in the kitchen!")
    wang.taps("I am going", "Release")
    wang.picks("busy")
    dai.news()
    counter.later(EVERY)
    assert "Alert" in dai.news()


def test_where_it_is_is_one_tap(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    lin.says("There is smoke in the corridor")
    wang.news()
    lin.taps("In my building")
    request = counter.request()
    assert (request.place, request.building, request.home_id) == (Place.BUILDING, "1", counter.home.id)
    assert "Building 1" in wang.news()
    lin.taps("That is all")
    assert "Noted" in lin.last().text


def test_words_and_photos_go_to_the_staff_at_once(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    lin.says("There is a fire in the garage")
    lin.says("level -2, by the red car")
    assert "level -2" in wang.news()
    assert counter.request().details.where == "level -2, by the red car"
    lin.shows("photo-1")
    lin.says("two people are still down there")
    assert "two people" in wang.news()
    names = [event.name for event in counter.read(lambda work: work.requests.events(counter.request().id))]
    assert names == ["filed", "located", "noted", "noted"]


def test_a_location_says_where_it_is(counter: Counter, lin: Guest):
    lin.says("Open manhole near the playground")
    lin.does(Located(31.2304, 121.4737))
    assert "31.2304" in counter.request().details.where


def test_a_mistake_is_taken_back_and_everybody_is_told(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    lin.says("Fire in the kitchen!")
    wang.news()
    lin.taps("It was a mistake")
    assert counter.request().state is State.CANCELLED
    assert "Cancelled" in wang.news()
    counter.later(HOUR)
    assert wang.news() == ""


def test_after_a_mistake_the_same_words_are_a_repair_for_a_while(counter: Counter, lin: Guest):
    lin.says("water everywhere in the bathroom")
    lin.taps("It was a mistake", "Report a repair")
    lin.says("water everywhere in the bathroom, from the shower")
    assert counter.read(lambda work: len(work.requests.of_resident(lin.id))) == 1
    lin.says("now it sparks, there are sparks from the socket")
    assert counter.request(2).kind == "sparking"
    counter.later(HOUR)
    lin.says("water everywhere again")
    assert counter.request(3).kind == "flood"


def test_a_draft_waits_and_is_offered_again(counter: Counter, lin: Guest):
    lin.says("/repair", "The tap is leaking")
    lin.says("water everywhere, the pipe burst!")
    assert counter.request().kind == "flood"
    lin.picks(f"h{counter.home.id}", "all")
    lin.taps("Continue")
    lin.picks("~done", "leak", "soon", "yes", "~send")
    assert counter.request(2).problem == "The tap is leaking"


def test_the_same_said_twice_is_one_request(counter: Counter, lin: Guest):
    lin.says("Fire!", "There is a fire in the kitchen, please hurry")
    assert counter.read(lambda work: len(work.requests.of_resident(lin.id))) == 1
    lin.taps("It was a mistake")
    lin.says("/emergency")
    lin.taps("Burst pipe", "Burst pipe")
    assert counter.read(lambda work: len(work.requests.of_resident(lin.id))) == 2


def test_somebody_unlinked_is_heard_too(counter: Counter, lin: Guest):
    wang, guest = counter.staff("Wang"), counter.newcomer("Zoe")
    guest.says("Somebody is unconscious at the gate")
    assert counter.request().home_id is None
    assert "120" in guest.posts()[-3].text
    assert "not linked" in guest.posts()[-2].text
    guest.says("the north gate")
    assert "the north gate" in wang.news()
    guest.taps("That is all")
    assert any("linked to your home" in post.text for post in guest.posts())


def test_with_two_homes_it_is_asked_which(counter: Counter, lin: Guest):
    other = counter.write(
        lambda work: work.estates.save_home(Home(estate_id=counter.estate.id, code="2-1-302"))
    )
    counter.move_in(lin, other)
    lin.says("gas leak")
    assert counter.request().home_id is None
    lin.taps("At home, 2-1-302")
    assert counter.request().home_id == other.id


def test_a_home_of_others_is_nobodys_to_name(counter: Counter, lin: Guest):
    other = counter.write(
        lambda work: work.estates.save_home(Home(estate_id=counter.estate.id, code="2-1-302"))
    )
    lin.says("gas leak")
    run = lin.button("mistake").split(":")[0]
    lin.sends(f"{run}:where:h{other.id}")
    assert counter.request().home_id == counter.home.id


def test_the_command_asks_which_and_one_tap_raises_it(counter: Counter, lin: Guest):
    lin.says("/emergency")
    assert len(lin.last().labels) == len(DANGERS)
    lin.taps("Trapped in a lift")
    assert counter.request().kind == "trapped"


def test_it_goes_where_the_estate_sends_the_kind_and_cannot_be_switched_off(counter: Counter, lin: Guest):
    elsewhere = EstateKind(estate_id=counter.estate.id, code="gas_smell", queue="electrical")
    off = EstateKind(estate_id=counter.estate.id, code="trapped", off=True)
    counter.write(lambda work: (work.kinds.save(elsewhere), work.kinds.save(off)))
    lin.says("gas leak", "my son is stuck in the lift")
    assert counter.request(1).queue_id == counter.queues[1].id
    assert counter.request(2).kind == "trapped"


def test_a_cry_asks_which(counter: Counter, lin: Guest):
    lin.says("HELP")
    assert "What is it?" in lin.last().text
    assert counter.read(lambda work: work.requests.of_resident(lin.id)) == ()


def test_a_button_that_nobody_offered_raises_nothing(counter: Counter, lin: Guest):
    lin.sends("f:alarm:earthquake")
    assert counter.read(lambda work: work.requests.of_resident(lin.id)) == ()


def test_a_workers_report_rings_nothing(counter: Counter, lin: Guest):
    lin.files()
    wang = counter.staff("Wang")
    wang.claims()
    wang.taps("✅ Done")
    wang.says("The burst pipe is replaced, water everywhere is mopped up")
    assert counter.read(lambda work: work.requests.by_number(counter.estate.id, 2)) is None


def test_without_any_staff_and_queue_the_numbers_are_told(counter: Counter):
    empty = counter.write(lambda work: work.estates.save(Estate(name="Bare", time_zone="UTC", country="US")))
    home = counter.write(lambda work: work.estates.save_home(Home(estate_id=empty.id, code="1")))
    guest = counter.resident("Bo", home=home)
    guest.says("my house is on fire")
    assert "911" in guest.posts()[-2].text
    assert "could not alert" in guest.last().text


def test_cancelling_the_talk_does_not_cancel_the_alarm(counter: Counter, lin: Guest):
    lin.says("gas leak", "/cancel")
    assert counter.request().state is State.NEW
    assert "stays on" in " ".join(post.text for post in lin.posts())


def test_hours_later_words_are_a_new_matter(counter: Counter, lin: Guest):
    counter.staff("Wang").says("/help")
    lin.says("gas leak")
    counter.later(40 * MINUTE)
    lin.says("/repair", "The tap is leaking")
    assert counter.request().details.where == ""


def test_every_danger_has_words():
    assert {*TITLES} == {*ADVICE} == {*DANGERS}


def test_once_it_is_over_words_are_a_new_matter(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    lin.says("gas leak")
    wang.taps("I am going", "✅ Done")
    wang.says("It was a neighbour's stove")
    wang.picks("~done")
    lin.says("/repair", "The tap is leaking")
    assert "What kind of problem" in lin.last().text or "Send more" in lin.last().text
    assert counter.request().state is State.DONE


@pytest.mark.parametrize("words, cry", [("help", False), ("HELP", True), ("help!", True), ("救命", True)])
def test_the_word_help_is_no_cry_unless_it_is_shouted(counter: Counter, lin: Guest, words: str, cry: bool):
    lin.says(words)
    assert ("What is it?" in lin.last().text) is cry


def test_an_alarm_goes_on_after_something_else_in_between(counter: Counter, lin: Guest):
    lin.says("I smell gas in the kitchen", "/language")
    lin.taps("Cancel")
    assert "Where is it?" in lin.last().text
    lin.says("Under the sink")
    assert "Passed on" in lin.posts()[-2].text
    assert [event.name for event in counter.read(lambda work: work.requests.events(1))][-1] == "located"


def test_an_alarm_that_is_over_is_not_asked_about_again(counter: Counter, lin: Guest):
    lin.says("I smell gas in the kitchen", "/language")
    counter.later(HOUR)
    lin.taps("Cancel")
    assert "Cancelled" in lin.last().text


def test_an_alarm_does_not_push_a_draft_out(counter: Counter, lin: Guest):
    lin.says("The tap drips", "I smell gas in the kitchen", "/language")
    lin.taps("Cancel", "Continue")
    assert "The tap drips" in lin.last().text


def test_whoever_lives_in_two_estates_is_helped_where_it_is(counter: Counter, lin: Guest):
    rose, home, _queues = counter.build("Rose Court", ("en",))
    home = counter.write(lambda work: work.estates.save_home(replace(home, code="9-9-909")))
    counter.move_in(lin, home)
    here, there = counter.staff("Wang"), counter.staff("Boris", estate=rose)
    lin.says("I smell gas in the kitchen")
    assert "🆘" in here.news()
    lin.taps("9-9-909")
    assert "Cancelled" in here.news()
    assert "9-9-909" in there.news()
    first, second = counter.request(), counter.request(estate=rose)
    assert (first.state, second.state) == (State.CANCELLED, State.NEW)
    assert (second.home_id, second.problem) == (home.id, first.problem)
    lin.says("second floor, the door is open")
    assert "second floor" in there.news()
    counter.later(EVERY)
    assert ("Alert" in there.news(), here.news()) == (True, "")
    there.taps("I am going")
    assert "Boris" in lin.news()
