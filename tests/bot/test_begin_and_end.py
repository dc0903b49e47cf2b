"""How a conversation begins and ends: free words, mistakes of ours, what is left open, one update once."""

from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import conversation
from desk.actions.perform import perform
from desk.errors import Rejected
from dialogs.engine.heard import Contacted, Located, Unheard
from dialogs.scripts import SCRIPTS
from tests.bot.counter import DAY, HOUR, Counter, Guest, group_chat, picture


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident who speaks English."""
    return counter.resident()


# ── rule 9: free words ──


def test_free_words_begin_a_repair_with_them(lin: Guest):
    lin.says("The tap is leaking")
    assert "The tap is leaking" in lin.last().text


def test_a_photo_begins_a_repair_with_it(lin: Guest):
    lin.shows("p1", caption="This is leaking")
    assert "This is leaking" in lin.last().text
    assert "1 file" in lin.last().text


def test_an_album_is_one_answer_shown_once(counter: Counter, lin: Guest):
    for piece in ("p1", "p2", "p3"):
        lin.shows(piece, album="a1")
    assert "3 files" in lin.last().text
    lin.picks("~done")
    assert "3 files" not in lin.last().text


def test_a_place_begins_a_repair_with_it(lin: Guest):
    lin.does(Located(31.2, 121.5))
    assert "📍 31.2" in lin.last().text


@pytest.mark.parametrize(
    "heard, why",
    [
        (picture("big", size=21 * 1024 * 1024), "larger than 20 MB"),
        (Unheard("sticker"), "I cannot use this here"),
        (Contacted("+86 1", own=True), "in words or pictures"),
    ],
)
def test_what_cannot_begin_a_repair_is_said_why(lin: Guest, heard: Any, why: str):
    lin.does(heard)
    assert why in lin.news()
    lin.says("/cancel")
    assert "nothing to cancel" in lin.last().text


def test_free_words_of_somebody_without_a_home_are_answered_with_help(counter: Counter):
    worker = counter.staff("Wang")
    worker.says("hello")
    assert "🧰 My jobs" in worker.last().labels


def test_words_in_a_group_are_not_for_the_desk(counter: Counter, lin: Guest):
    lin.does(picture("p"), group_chat())
    assert lin.posts() == []


# ── rule 10: mistakes of ours ──


def test_a_broken_script_keeps_the_answers_and_offers_to_try_again(
    lin: Guest, monkeypatch: pytest.MonkeyPatch
):
    def broken(talk: Any, desk: Any) -> object:
        raise RuntimeError("a mistake of ours")

    lin.says("/repair", "The tap is leaking")
    with monkeypatch.context() as patched, capture_logs() as logged:
        patched.setitem(SCRIPTS, "repair", broken)
        lin.taps("Done")
    assert "Your answers are kept" in lin.last().text
    assert [one["event"] for one in logged] == ["script_broken"]
    lin.taps("Try again")
    assert "leaking" in lin.last().text


def test_a_conversation_about_what_is_no_longer_mine_ends_with_the_reason(counter: Counter):
    lin, wang = counter.resident(), counter.staff("Wang")
    request = lin.files()
    wang.sends(f"r:{request.id}:claim")
    wang.taps("Ask")
    with counter.opened() as work:
        for post in work.people.staff_of(wang.id, counter.now):
            work.people.hire(replace(post, until=counter.now))
    wang.says("Is the valve closed?")
    assert "no right" in wang.last().text
    assert wang.last().labels == []


def test_a_time_that_is_over_is_asked_for_again(counter: Counter, lin: Guest):
    lin.says("/repair", "The tap is leaking")
    lin.picks("~done", "leak")
    lin.sends(lin.last().rows[1][0][1])
    lin.picks("yes")
    send = lin.button("Send")
    counter.now += 3 * HOUR
    assert "choose again" in lin.sends(send)
    assert "When may we come?" in lin.last().text
    lin.picks("soon", "~send")
    assert counter.request().problem == "The tap is leaking"


def test_the_desk_opens_one_answer_again_and_keeps_the_others(
    counter: Counter, lin: Guest, monkeypatch: pytest.MonkeyPatch
):
    def refuses(work: Any, person: Any, order: Any, now: Any) -> Any:
        monkeypatch.setattr(conversation, "perform", perform)
        raise Rejected("visit")

    lin.says("/repair", "The tap is leaking")
    lin.picks("~done", "leak", "soon", "yes")
    monkeypatch.setattr(conversation, "perform", refuses)
    assert "no longer holds" in lin.picks("~send")
    assert "When may we come?" in lin.last().text
    lin.picks("soon")
    assert "The tap is leaking" in lin.last().text
    lin.picks("~send")
    assert counter.request().kind == "leak"


def test_what_the_desk_refuses_in_the_end_says_why(counter: Counter):
    lin, wang = counter.resident(), counter.staff("Wang")
    request = lin.files()
    wang.sends(f"r:{request.id}:claim")
    wang.taps("Ask")
    wang.says("Is the valve closed?")
    lin.sends(f"r:{request.id}:cancel")
    wang.picks("~done")
    assert "no longer possible" in wang.news()


# ── rule 11: what is left open ──


def test_a_conversation_left_open_is_nudged_once_and_dropped_after_a_week(counter: Counter, lin: Guest):
    lin.says("/repair", "The tap is leaking")
    lin.news()
    counter.later(5 * HOUR)
    assert "Shall we go on?" in lin.posts()[-2].text
    assert "leaking" in lin.last().text
    lin.news()
    counter.later(6 * DAY)
    assert lin.news() == ""
    assert lin.taps("Done") == ""
    lin.picks("~back")
    counter.later(20 * DAY)
    assert "Shall we go on?" not in lin.news()
    assert "over already" in lin.taps("Done")


def test_a_conversation_that_was_touched_is_nudged_later(counter: Counter, lin: Guest):
    lin.says("/repair", "The tap is leaking")
    counter.later(3 * HOUR)
    lin.says("in the kitchen")
    counter.later(2 * HOUR)
    assert "Shall we go on?" not in lin.news()
    counter.later(2 * HOUR)
    assert "Shall we go on?" in lin.news()


def test_what_was_set_aside_is_nudged_once_and_dropped_too(counter: Counter, lin: Guest):
    lin.says("The tap is leaking", "/language")
    lin.taps("English")
    lin.news()
    counter.later(5 * HOUR)
    assert "Continue?" in lin.news()
    assert "▶️ Continue" in lin.last().labels
    counter.later(7 * DAY)
    assert lin.news() == ""
    assert lin.taps("Continue") == "That is over already."


def test_a_newcomer_left_at_the_language_is_nudged_as_well(counter: Counter):
    counter.resident("Somebody")
    newcomer = counter.newcomer("Ann")
    newcomer.says("/language")
    newcomer.news()
    counter.later(5 * HOUR)
    assert "Shall we go on?" in newcomer.news()


def test_a_conversation_that_ended_is_never_nudged(counter: Counter, lin: Guest):
    lin.says("The tap is leaking", "/cancel")
    lin.news()
    counter.later(8 * DAY)
    assert lin.news() == ""


# ── one update, once ──


def test_an_update_that_comes_twice_causes_nothing_the_second_time(any_counter: Counter):
    lin = any_counter.resident()
    lin.does(picture("p1"), update=4711)
    lin.does(picture("p1"), update=4711)
    assert "1 file" in lin.last().text
    assert len(lin.posts()) == 1
