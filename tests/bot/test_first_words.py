"""What somebody writes out of the blue: it fills the answers that it can, and nothing is sent unseen."""

import pytest

from desk.records import Queue, Role
from desk.taxonomy import groups
from tests.bot.counter import DAY, Counter, Guest


def everything(counter: Counter) -> None:
    """A queue for all that the two others are not for."""
    rest = tuple(group.code for group in groups() if group.code not in {"plumbing", "electrical"})
    queue = Queue(estate_id=counter.estate.id, code="rest", title={"en": "All else"}, kinds=rest)
    counter.write(lambda work: work.estates.save_queue(queue))


@pytest.fixture
def lin(counter: Counter) -> Guest:
    everything(counter)
    return counter.resident()


def filed(counter: Counter, guest: Guest) -> int:
    """How many requests the person has."""
    return len(counter.read(lambda work: work.requests.of_resident(guest.id)))


def test_one_message_and_one_tap_file_a_repair(counter: Counter, lin: Guest):
    lin.says("The kitchen tap is leaking, I am at home tomorrow after 3 pm, call me on +86 138 0013 8000")
    review = lin.last().text
    assert "Please check your request" in review
    assert "Tue, Mar 3 16:00–18:00" in review
    assert "+86 138 0013 8000" in review
    assert filed(counter, lin) == 0
    lin.taps("Send")
    assert counter.request().kind == "leak"
    assert counter.request().entry is False


def test_in_chinese_too(counter: Counter):
    everything(counter)
    lin = counter.resident(language="zh_CN")
    lin.says("厨房水龙头漏水，明天下午三点后在家")
    assert "3月3日周二 16:00–18:00" in lin.last().text
    lin.picks("~send")
    assert counter.request().kind in {"leak", "fixture"}


def test_without_a_time_somebody_comes_as_soon_as_possible_and_nobody_goes_in_alone(lin: Guest):
    lin.says("The kitchen tap is leaking")
    assert "As soon as possible" in lin.last().text
    assert "No, only when we are at home" in lin.last().text


def test_whatever_was_guessed_can_be_changed(counter: Counter, lin: Guest):
    lin.says("The kitchen tap is leaking")
    lin.taps("Change", "Kind")
    lin.taps("Something else", "Water & plumbing")
    lin.picks("drain_blocked", "~send")
    assert counter.request().kind == "drain_blocked"


def test_what_is_not_plain_is_asked_with_the_likeliest_kinds(lin: Guest):
    lin.says("something is wrong with the swing and the antenna")
    assert {"TV signal", "Playground / fitness"} <= set(lin.last().labels)


def test_a_guest_in_one_message_is_a_pass_in_one_tap(counter: Counter, lin: Guest):
    lin.says("朋友明天下午来访 车牌粤B12345")
    review = lin.last().text
    assert "粤B12345" in review.replace("·", "")
    assert "Tue, Mar 3 12:00" in review
    lin.taps("Send")
    (visitor,) = counter.read(lambda work: work.visitors.of_host(lin.id))
    assert visitor.people == 1


def test_what_is_owed_is_answered_by_the_bill(lin: Guest):
    lin.says("how much do I owe?")
    assert "bill" in lin.last().text.lower()


def test_who_asks_after_a_request_sees_it(counter: Counter, lin: Guest):
    lin.files()
    lin.news()
    lin.says("is anyone coming for my tap?")
    assert "R-1" in lin.last().text
    assert filed(counter, lin) == 1


def test_with_several_requests_the_one_that_is_named_is_shown(counter: Counter, lin: Guest):
    lin.files()
    lin.says("No electricity in my flat")
    lin.taps("Send")
    lin.says("any news about R-2?")
    assert "R-2" in lin.last().text
    lin.says("any news?")
    assert "Your requests" in lin.last().text


def test_a_complaint_is_read_back(counter: Counter, lin: Guest):
    lin.says("The neighbours upstairs play loud music every night")
    assert "Please check your complaint" in lin.last().text
    assert filed(counter, lin) == 0


def test_a_greeting_is_greeted(counter: Counter, lin: Guest):
    lin.says("Hello!")
    assert "own words" in lin.last().text
    assert filed(counter, lin) == 0


def test_thanks_alone_are_no_praise(counter: Counter):
    everything(counter)
    lin = counter.resident(language="zh_CN")
    lin.says("谢谢")
    assert "👋" in lin.last().text


def test_who_asks_after_what_they_never_reported_sees_the_list(counter: Counter, lin: Guest):
    lin.files()
    lin.says("is anyone coming for my lift report?")
    assert "Your requests" in lin.last().text


def test_who_waits_for_what_nobody_reported_is_asked_what_it_is(lin: Guest):
    lin.says("the radiator is cold since Tuesday, nobody came yet")
    assert "Which of these is it?" in lin.last().text
    assert "No / weak heating" in lin.last().labels


def test_where_only_a_group_is_named_its_kinds_are_offered(lin: Guest):
    lin.says("the wiring in my flat is broken")
    assert "What kind of problem is it?" in lin.last().text
    assert "Socket / switch / breaker" in lin.last().labels


def test_nobody_comes_before_the_time_that_was_named(lin: Guest):
    lin.says("The kitchen tap is leaking, I am at home tomorrow after 5 pm")
    assert "Tue, Mar 3 16:00" not in lin.last().text


def test_noise_of_neighbours_is_in_the_building(lin: Guest):
    lin.says("The neighbours upstairs play loud music every night")
    assert "In my building" in lin.last().text


def test_what_no_desk_can_do_is_declined_kindly(lin: Guest):
    lin.says("what will the weather be tomorrow")
    assert "I only know about Lotus Garden" in lin.last().text


def test_words_of_no_known_kind_are_kept_and_sorted_out(counter: Counter, lin: Guest):
    lin.says("it is that thing once more")
    assert "not sure what you need" in lin.last().text
    lin.taps("Make a suggestion")
    assert "it is that thing once more" in lin.last().text
    lin.taps("Send")
    assert counter.request().problem == "it is that thing once more"


def test_started_over_nothing_was_said_yet(lin: Guest):
    lin.says("The kitchen tap is leaking, I am at home tomorrow after 3 pm", "/language")
    lin.taps("English", "Start over")
    lin.says("The bathroom tap is leaking")
    lin.picks("~done", "leak")
    assert "When may we come?" in lin.last().text


def test_a_picture_with_words_is_kept(counter: Counter, lin: Guest):
    lin.shows("p1", caption="The kitchen tap is leaking")
    assert "1 file" in lin.last().text
    lin.taps("Send")
    assert [one.file_id for one in counter.request().media] == ["p1"]


def test_a_picture_under_a_greeting_begins_a_report(lin: Guest):
    lin.shows("p1", caption="hello")
    assert "1 file" in lin.last().text


def test_who_lives_nowhere_is_shown_what_they_can_do(counter: Counter):
    wang = counter.staff("Wang", Role.WORKER)
    wang.says("The kitchen tap is leaking")
    assert "check your request" not in wang.last().text


def test_tomorrow_stays_the_same_day(counter: Counter, lin: Guest):
    lin.says("The kitchen tap is leaking, I am at home on Friday after 3 pm")
    assert "Fri, Mar 6 16:00–18:00" in lin.last().text
    counter.now += DAY
    lin.says("/help")
    assert "Fri, Mar 6 16:00–18:00" in lin.last().text
