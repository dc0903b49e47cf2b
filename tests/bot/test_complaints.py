"""Complaints at the counter: who is told, who answers, and that nobody hears of one against themselves."""

import pytest

from bot.said import Command
from desk.records import Role, State
from tests.bot.counter import DAY, GROUP, HOUR, Counter, Guest, group_chat


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident; the staff group is there."""
    counter.bind()
    return counter.resident()


def complains(lin: Guest, words: str = "They drill at night", kind: str = "c_noise") -> None:
    """A complaint about noise in the building, from the first word to Send."""
    lin.says("/complaint")
    lin.picks(kind, "building")
    lin.says(words)
    lin.picks("~done", "no", "~send")


def complains_of(lin: Guest, worker: Guest, words: str = "He shouted at me") -> None:
    """A complaint against somebody who has claimed a job of hers."""
    lin.files()
    worker.claims()
    lin.says("/complaint")
    lin.picks("c_staff")
    lin.says(words)
    lin.picks("~done")
    number = lin.counter.request(1).id
    lin.picks(f"{number}", f"{worker.id}", "no", "~send")


def test_a_complaint_from_the_menu_to_its_number(counter: Counter, lin: Guest):
    counter.staff("Mei", Role.MANAGER)
    lin.says("/menu")
    lin.taps("📣 Complain", "Noise", "In my building")
    lin.says("They drill at night")
    lin.taps("Done", "Please call me")
    lin.says("tomorrow")
    assert "no phone number" in lin.last().text
    lin.says("+86 138 0013 8000")
    review = lin.last().text
    for told in ("1-1-101", "Noise", "They drill at night", "In my building", "+86 138 0013 8000"):
        assert told in review
    lin.taps("Send")
    told = lin.news()
    assert "R-1" in told
    assert "We answer by" in told
    assert "never sees it" in told


def test_the_office_has_it_in_private_and_the_group_has_nothing(counter: Counter, lin: Guest):
    dai, mei = counter.staff("Dai", Role.DISPATCHER, "D1"), counter.staff("Mei", Role.MANAGER)
    wang = counter.staff("Wang")
    complains(lin)
    for guest in (dai, mei):
        assert "They drill at night" in guest.last().text
        assert guest.last().labels == ["🙋 I deal with it", "💬 Answer"]
    assert counter.postman.chat(GROUP) == []
    assert wang.posts() == []
    lin.news()
    dai.taps("I deal with it")
    assert "Dai, badge D1 deals with R-1. We answer by" in lin.news()
    assert "Dai" in mei.last().text
    assert dai.last().labels == ["💬 Answer", "❓ Ask the resident", "↩️ Release"]


def test_the_answer_is_shown_to_the_resident_who_is_content(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    complains(lin)
    mei.taps("💬 Answer")
    mei.says("They stop at ten from today")
    mei.picks("~done")
    assert "They stop at ten from today" in lin.last().text
    assert lin.last().labels == ["👍 That settles it", "👎 It does not"]
    assert "💬 Mei: They stop at ten from today" in mei.news()
    lin.taps("That settles it")
    assert counter.request().state is State.CLOSED
    assert "settles it, says the resident" in mei.news()
    counter.later(3 * DAY)
    assert not any(label in "12345" for post in lin.posts() for label in post.labels)


def test_who_is_not_content_gets_another_answer_and_then_the_manager(counter: Counter, lin: Guest):
    dai, mei = counter.staff("Dai", Role.DISPATCHER), counter.staff("Mei", Role.MANAGER)
    complains(lin)
    for again in range(2):
        dai.taps("💬 Answer")
        dai.says("We talked to them")
        dai.picks("~done")
        lin.taps("It does not")
        mei.news()
        lin.says("They did not stop")
        lin.picks("~done")
        assert ("another answer" in lin.last().text) is (again == 0)
    assert "still not settled" in lin.last().text
    assert "They did not stop" in mei.news()
    assert counter.request().state is State.NEW


def test_an_answer_that_is_owed_is_told_louder_and_louder(counter: Counter, lin: Guest):
    dai, mei = counter.staff("Dai", Role.DISPATCHER), counter.staff("Mei", Role.MANAGER)
    olga = counter.staff("Olga", Role.OWNER)
    complains(lin)
    dai.taps("I deal with it")
    for guest in (dai, mei, olga, lin):
        guest.news()
    counter.later(12 * HOUR)
    assert "an answer is owed" in dai.news()
    assert "an answer is owed" in mei.news(), "the managers heard of it from the first"
    counter.later(8 * HOUR)
    assert "an answer is owed" in mei.news()
    assert "R-1" not in olga.news() + lin.news()
    counter.later(4 * HOUR)
    assert "is owed still" in olga.news()
    assert "I am sorry: we promised an answer to R-1" in lin.news()
    assert "is owed still" in dai.news()
    counter.later(24 * HOUR)
    assert "R-1" in olga.news()
    assert "I am sorry" not in lin.news(), "once is enough"


def test_one_against_a_worker_never_comes_to_that_worker(counter: Counter, lin: Guest):
    wang, mei = counter.staff("Wang", badge="W7"), counter.staff("Mei", Role.MANAGER)
    complains_of(lin, wang)
    assert "Against: Wang, badge W7" in mei.last().text
    assert "About R-1" in mei.last().text
    assert "He shouted" not in wang.news()
    mei.taps("I deal with it", "💬 Answer")
    mei.says("I talked to him")
    mei.picks("~done")
    lin.taps("That settles it")
    assert "R-2" not in "".join(post.text for post in wang.posts())


def test_one_against_the_manager_goes_to_the_owner_alone(counter: Counter, lin: Guest):
    mei, olga = counter.staff("Mei", Role.MANAGER), counter.staff("Olga", Role.OWNER)
    dai = counter.staff("Dai", Role.DISPATCHER)
    complains_of(lin, mei, "She shouted at me")
    assert "She shouted" in olga.last().text
    for guest in (mei, dai):
        assert "R-2" not in guest.news()
    for guest in (mei, dai):
        guest.sends(f"p:request:{counter.request(2).id}")
        assert "R-2" not in guest.news()


def test_the_third_of_one_kind_opens_an_investigation(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    neighbour = counter.resident("Sun")
    complains(lin)
    complains(neighbour, "Drilling, again")
    assert "Again and again" not in mei.news()
    complains(lin, "And again")
    assert "Again and again" in mei.last().text
    assert "Noise, building 1" in mei.last().text
    assert [label for label in mei.last().labels if "R-" in label] == [
        "🟡 R-1 Noise",
        "🟡 R-2 Noise",
        "🟡 R-3 Noise",
    ]
    complains(neighbour, "Once more")
    assert "One more complaint" in mei.last().text
    mei.says("/investigations")
    mei.taps("Noise, building 1", "Close it")
    mei.says("A workshop on floor 3")
    mei.picks("~done")
    mei.says("Closed at ten from now on")
    mei.picks("~done", "~send")
    assert "A workshop on floor 3" in mei.last().text
    assert "Close it" not in "".join(mei.last().labels)
    mei.says("/investigations")
    assert mei.last().labels == ["✅ Noise, building 1"]


@pytest.mark.parametrize("role", [Role.WORKER, Role.DISPATCHER])
def test_investigations_are_for_those_who_lead(counter: Counter, lin: Guest, role: Role):
    counter.staff("Mei", Role.MANAGER)
    other = counter.staff("Zhao", role)
    for _ in range(3):
        complains(lin)
    other.says("/investigations")
    assert "Only the office" in other.last().text
    for forged in ("p:investigation:1", "s:investigate:1"):
        other.sends(forged)
    assert "Noise, building" not in other.news()


def test_a_suggestion_is_decided_with_a_reason(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    lin.says("/suggestion", "A bench at the gate")
    lin.picks("~done", "~send")
    assert "A bench at the gate" in mei.last().text
    mei.taps("Decide", "We do it")
    mei.says("In April")
    mei.picks("~done")
    assert "takes up your suggestion R-1" in lin.last().text
    assert "In April" in lin.last().text
    assert counter.request().state is State.CLOSED


def test_praise_reaches_the_worker(counter: Counter, lin: Guest):
    wang, mei = counter.staff("Wang", badge="W7"), counter.staff("Mei", Role.MANAGER)
    lin.files()
    wang.claims()
    lin.says("/praise", "So quick and kind")
    lin.picks("~done", f"{counter.request(1).id}", "~send")
    assert "Wang, badge W7 hears of it" in lin.news()
    assert "So quick and kind" in wang.last().text
    assert "So quick and kind" in mei.last().text
    assert counter.request(2).state is State.CLOSED
    lin.says("/praise", "Thanks to all")
    lin.picks("~done", "none", "~skip", "~send")
    assert "whole team" in lin.news()


def test_what_is_for_the_office_is_not_posted_to_a_group_that_is_bound_later(counter: Counter):
    lin, mei = counter.resident(), counter.staff("Mei", Role.MANAGER)
    complains(lin)
    lin.files()
    mei.does(Command("setup", ""), group_chat())
    shown = "".join(post.text for post in counter.postman.chat(GROUP))
    assert "R-2" in shown
    assert "R-1" not in shown


def test_my_complaint_tells_how_it_stands(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    complains(lin)
    lin.says("/requests")
    lin.taps("R-1")
    assert "We promised an answer by" in lin.last().text
    assert "Visit" not in lin.last().text
    lin.taps("Add a note")
    lin.says("Yesterday too")
    lin.picks("~done")
    assert "Yesterday too" in mei.news()


@pytest.mark.parametrize(
    "kind, group, seen",
    [
        ("c_noise", "complaint", "Where is it?"),
        ("suggestion", "feedback", "check your suggestion"),
        ("praise", "feedback", "badge"),
    ],
)
def test_who_reports_it_as_a_repair_is_led_on_with_what_was_said(
    counter: Counter, lin: Guest, kind: str, group: str, seen: str
):
    lin.says("/repair", "zzz")
    lin.picks("~done", group, kind)
    assert seen in lin.last().text


def test_a_question_that_begins_as_a_repair_is_passed_on_as_one(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    lin.says("/repair", "zzz")
    lin.picks("~done", "feedback", "enquiry")
    assert "We answer by" in lin.news()
    assert mei.last().text.startswith("❓ R-1")


def test_what_is_not_settled_after_all_is_opened_again_and_still_not_told_whom_it_is_against(
    counter: Counter, lin: Guest
):
    wang, mei = counter.staff("Wang"), counter.staff("Mei", Role.MANAGER)
    complains_of(lin, wang)
    mei.taps("💬 Answer")
    mei.says("I talked to him")
    mei.picks("~done")
    lin.taps("That settles it")
    wang.news()
    lin.sends(f"p:request:{counter.request(2).id}")
    assert "you said that it is settled" in lin.last().text
    lin.taps("It is not settled after all")
    lin.says("He did it again")
    lin.picks("~done")
    again = counter.request(3)
    assert (again.accused_id, again.linked_id) == (wang.id, counter.request(2).id)
    assert again.solve_by == counter.now + 24 * HOUR
    assert "He did it again" in mei.news()
    wang.sends(f"p:request:{again.id}")
    counter.later(2 * DAY)
    assert "He did it again" not in wang.news()
    assert "is owed still" in mei.news()


def test_the_office_sees_what_is_to_be_answered_the_most_urgent_first(counter: Counter, lin: Guest):
    dai, mei = counter.staff("Dai", Role.DISPATCHER), counter.staff("Mei", Role.MANAGER)
    wang = counter.staff("Wang")
    mei.says("/owed")
    assert "Nobody waits" in mei.last().text
    lin.says("/suggestion", "A bench")
    lin.picks("~done", "~send")
    complains(lin)
    lin.files("The lamp is leaking")
    for guest in (dai, mei):
        guest.says("/owed")
        assert guest.last().labels == ["🟡 R-2 Noise", "🟡 R-1 Suggestion"]
    wang.says("/owed")
    assert "Only the office" in wang.last().text
    dai.says("/owed")
    dai.taps("R-2", "💬 Answer")
    dai.says("They stop")
    dai.picks("~done")
    dai.says("/owed")
    assert dai.last().labels == ["🟡 R-1 Suggestion"]
