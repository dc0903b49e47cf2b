"""Me too: a neighbour is asked before sending, follows what is reported already, and has a say at the end."""

import pytest

from desk.records import Home, Link, Role, State
from tests.bot.counter import DAY, GROUP, Counter, Guest
from tests.bot.test_who_hears_what import Cast


@pytest.fixture
def desk(counter: Counter) -> Cast:
    """Everybody is there; all but the group read English."""
    counter.bind()
    return Cast(
        counter=counter,
        lin=counter.resident("Lin"),
        wang=counter.staff("Wang", badge="07"),
        dai=counter.staff("Dai", Role.DISPATCHER),
        mei=counter.staff("Mei", Role.MANAGER),
    )


def neighbour(counter: Counter, name: str = "Sun", code: str = "1-1-201", language: str = "en") -> Guest:
    """Somebody who lives in another home of the building."""
    home = counter.write(lambda work: work.estates.save_home(Home(estate_id=counter.estate.id, code=code)))
    return counter.resident(name, language, home)


def reports(guest: Guest, words: str = "The ceiling is leaking") -> None:
    """Up to the question what kind it is."""
    guest.says("/repair", words)
    guest.picks("~done", "leak")


def follows(desk: Cast) -> Guest:
    """Lin's leak, and Sun above who has it, too."""
    desk.lin.files("The ceiling is leaking")
    sun = neighbour(desk.counter)
    reports(sun)
    sun.taps("Yes, me too")
    return sun


def test_it_is_asked_before_sending_and_tells_nothing_of_the_neighbour(desk: Cast):
    desk.lin.files("The ceiling is leaking, call Lin 555-0101")
    sun = neighbour(desk.counter)
    reports(sun)
    asked = sun.last().text
    assert "R-1" in asked
    assert "in a home near you" in asked
    for private in ("Lin", "555", "1-1-101"):
        assert private not in asked
    sun.taps("mine is different")
    sun.picks("soon", "yes", "~send")
    assert desk.counter.request(2).resident_id == sun.id


def test_me_too_files_nothing_and_is_counted_on_the_card(desk: Cast):
    desk.lin.files("The ceiling is leaking")
    sun = neighbour(desk.counter)
    reports(sun)
    desk.heard()
    sun.news()
    sun.taps("Yes, me too")
    assert "You follow R-1" in sun.news()
    assert desk.counter.read(lambda work: work.requests.by_number(desk.counter.estate.id, 2)) is None
    heard = desk.heard()
    assert set(heard) == {"group"}
    assert "👥 2" in desk.counter.postman.chat(GROUP)[-1].text
    assert "Sun" not in desk.counter.postman.chat(GROUP)[-1].text


def test_who_has_reported_it_themselves_adds_to_it(desk: Cast):
    desk.lin.files("The ceiling is leaking")
    reports(desk.lin, "The ceiling is leaking more and more")
    desk.lin.taps("It is mine")
    assert "more and more" in desk.counter.postman.chat(GROUP)[-1].text
    assert desk.counter.read(lambda work: work.requests.by_number(desk.counter.estate.id, 2)) is None


def test_its_resident_sees_how_many_have_it_too_and_not_who(desk: Cast):
    follows(desk)
    desk.lin.sends(f"p:request:{desk.counter.request().id}")
    assert "👥 2 homes" in desk.lin.last().text
    assert "a neighbour reported the same" in desk.lin.last().text
    assert "Sun" not in desk.lin.last().text


def test_a_follower_is_kept_informed_and_asked_at_the_end(desk: Cast):
    sun = follows(desk)
    sun.news()
    desk.wang.claims()
    assert "Wang, badge 07 takes care of R-1, which you follow" in sun.news()
    desk.done()
    assert "Is it fixed for you, too?" in sun.news()
    assert sun.last().labels == ["👍 Fixed", "👎 Not fixed"]
    sun.taps("Fixed")
    assert desk.counter.request().state is State.DONE, "Lin has the word"
    assert sun.last().labels == []
    desk.lin.picks("fixed")
    assert "is closed" in sun.news()
    assert sun.last().labels == [], "they are content already"


def test_a_followers_not_fixed_sends_the_worker_again(desk: Cast):
    sun = follows(desk)
    desk.wang.claims()
    desk.done()
    desk.heard()
    sun.taps("Not fixed")
    sun.says("Still wet here")
    sun.picks("~done")
    heard = desk.heard()
    assert "Still wet here" in heard["worker"]
    assert "A neighbour says" in heard["resident"]
    assert "Sun" not in heard["resident"]
    assert (desk.counter.request().state, desk.counter.request().not_fixed) == (State.ACCEPTED, 1)
    assert "moved on" in desk.lin.sends(f"r:{desk.counter.request().id}:fixed")
    desk.done()
    assert sun.last().labels == ["👍 Fixed", "👎 Not fixed"], "asked anew"


def test_not_fixed_after_it_was_closed_is_a_request_of_their_own(desk: Cast):
    sun = follows(desk)
    desk.wang.claims()
    desk.done()
    desk.lin.picks("fixed")
    sun.taps("Not fixed for me")
    sun.says("Still wet here")
    sun.picks("~done")
    again = desk.counter.request(2)
    assert (again.resident_id, again.link) == (sun.id, Link.REOPENED)
    assert "R-2" in sun.posts()[-1].text


def test_called_off_by_its_resident_it_goes_on_for_who_has_it_still(desk: Cast):
    sun = follows(desk)
    desk.lin.sends(f"r:{desk.counter.request().id}:cancel")
    sun.taps("It is still there")
    sun.says("Still wet here")
    sun.picks("~done")
    assert desk.counter.request(2).resident_id == sun.id


def test_a_follower_sees_how_it_stands_and_nothing_of_its_resident(desk: Cast):
    sun = follows(desk)
    sun.sends(f"p:request:{desk.counter.request().id}")
    shown = sun.last()
    assert "👥 2 homes" in shown.text
    for private in ("ceiling", "1-1-101", "Lin"):
        assert private not in shown.text
    sun.taps("Do not follow it")
    assert "no right" in sun.sends(f"p:request:{desk.counter.request().id}")
    sun.news()
    desk.wang.claims()
    assert sun.news() == ""
    assert desk.counter.request().weight == 1


def test_what_they_follow_is_among_their_requests_as_long_as_it_goes_on(desk: Cast):
    sun = follows(desk)
    sun.says("/requests")
    assert sun.last().labels == ["👥 R-1 Leak / seepage"]
    sun.taps("R-1")
    assert "You follow it" in sun.last().text
    desk.lin.sends(f"r:{desk.counter.request().id}:cancel")
    sun.says("/requests")
    assert "no requests yet" in sun.last().text


@pytest.mark.parametrize("data", ["f:fixed_too:{}", "f:unfollow:{}", "s:not_fixed:{}", "p:request:{}"])
def test_who_does_not_follow_has_no_say(desk: Cast, data: str):
    follows(desk)
    desk.wang.claims()
    desk.done()
    stranger = neighbour(desk.counter, "Qian", "1-1-301")
    refused = stranger.sends(data.format(desk.counter.request().id))
    assert "no right" in refused or "moved on" in refused
    assert desk.counter.request().state is State.DONE


def test_the_same_fault_again_within_a_month_is_flagged_and_the_third_told_to_the_dispatcher(desk: Cast):
    for round in (1, 2, 3):
        desk.heard()
        desk.lin.files("The tap drips")
        heard = desk.heard()
        card = desk.counter.postman.chat(GROUP)[-1].text
        assert ("🔁" in card) is (round > 1)
        assert ("dispatcher" in heard) is (round == 3)
        desk.wang.claims()
        desk.done()
        desk.lin.picks("fixed")
        desk.counter.later(5 * DAY)
    assert "R-2" in card
    assert "Wang" in card
