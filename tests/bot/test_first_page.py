"""The first page and help: what can be done now, by whom, in every state."""

import pytest

from bot.first_page import MOST, NARROW, STAFF_HELP, side_by_side
from bot.scene import NOWHERE, Scene, Tap
from desk.records import Role
from dialogs.engine.heard import Words
from tests.bot.counter import ME, Counter, Guest


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident who speaks English."""
    return counter.resident()


def heard(guest: Guest, *texts: str) -> str:
    """What came of words that Telegram does not mark as a command."""
    guest.news()
    for text in texts:
        guest.does(Words(text))
    return guest.news()


# ── commands in every language ──


@pytest.mark.parametrize("text", ["/报修", "报修", "/repair", "Report a repair", "repair"])
def test_a_repair_begins_in_any_language(lin: Guest, text: str):
    assert "What is wrong?" in heard(lin, text)


def test_a_slash_in_other_letters_is_a_command_in_a_conversation_too(lin: Guest):
    assert "You have no requests yet." in heard(lin, "The tap is leaking", "/我的报修")
    assert "leaking" in lin.last().text


def test_in_a_conversation_only_the_ways_out_go_without_a_slash(lin: Guest):
    lin.says("/repair", "The tap is leaking")
    assert "The tap is leaking\nlanguage" in heard(lin, "language")
    assert "Cancelled. Nothing was sent." in heard(lin, "取消")


def test_an_unknown_slash_word_is_no_report(lin: Guest):
    assert "I do not know this command" in heard(lin, "/不存在")


def test_in_a_conversation_an_unknown_slash_word_is_part_of_the_answer(lin: Guest):
    assert "/dev/null" in heard(lin, "/repair", "The tap is leaking", "/dev/null")


# ── help, in every state ──


def test_help_in_a_conversation_says_where_we_are_and_how_to_get_out(lin: Guest):
    lin.says("/repair", "The tap is leaking")
    lin.news()
    lin.says("/help")
    told = lin.posts()[-2].text
    for part in ("Report a repair", "then tap ✅ Done", "/cancel", "/menu"):
        assert part in told, part
    assert "⬅️ Back" not in told
    assert "leaking" in lin.last().text


def test_help_tells_what_this_question_takes(counter: Counter):
    sun = counter.guest("Sun")
    sun.says("/askin")
    assert "Write one line" in heard(sun, "帮助")
    sun.says("3-2-501")
    told = heard(sun, "/帮助")
    assert "Tap one of the buttons" in told
    assert "⬅️ Back asks the question before" in told
    sun.picks("family")
    sun.says("Sun")
    assert "Nothing is sent before" in heard(sun, "帮助")


@pytest.mark.parametrize("role", list(STAFF_HELP))
def test_help_tells_each_post_what_is_theirs(counter: Counter, role: Role):
    guest = counter.staff("Wang", role)
    guest.says("/help")
    assert STAFF_HELP[role].id in guest.last().text


def test_help_tells_who_is_not_linked_how_to_be(counter: Counter):
    sun = counter.guest("Sun")
    sun.says("/help")
    assert "You are not linked to a home yet." in sun.last().text


# ── the page ──


def test_the_first_page_has_no_more_buttons_than_fit(counter: Counter, lin: Guest):
    for role in STAFF_HELP:
        counter.hire(lin, role)
    lin.says("/menu")
    assert len(lin.last().labels) <= MOST


def test_the_second_page_is_there_for_everybody(counter: Counter, lin: Guest):
    for guest in (lin, counter.guest("Sun"), counter.staff("Wang")):
        guest.sends("p:more:")
        assert any("Language" in label for label in guest.last().labels)
        guest.taps("First page")
        assert "service desk" in guest.last().text


def test_narrow_buttons_stand_side_by_side(counter: Counter, lin: Guest):
    person = counter.read(lambda work: work.people.get(lin.id))
    labels = ["x" * NARROW, "y", "z" * (NARROW + 1), "a", "字" * (NARROW // 2), "b"]
    with counter.opened() as work:
        scene = Scene(work, ME, NOWHERE, counter.now)
        rows = side_by_side(scene, person, [Tap(label, f"p:{label}:") for label in labels])
    assert [[tap.label for tap in row] for row in rows] == [
        [labels[0], "y"],
        [labels[2]],
        ["a", labels[4]],
        ["b"],
    ]
