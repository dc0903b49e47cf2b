"""The walker itself, on a toy script."""

from functools import partial

import pytest

from dialogs.engine.answers import Answers
from dialogs.engine.heard import Contacted, Located, Unheard, Words
from dialogs.engine.play import Finished
from dialogs.engine.screen import BACK, CANCEL
from dialogs.talk import Talk
from locales.text import verbatim
from locales.words import words
from tests.dialogs.engine.toys import NOW, World, fruit, photo, repair
from tests.transcripts.walker import UPDATE, Walk, compare

ENGLISH = words("en", "Asia/Shanghai")


def walk_of_a_repair(world: World | None = None) -> Walk:
    """Every branch of the toy repair."""
    return Walk(
        partial(repair, world=world or World(categories=["water", "power"], rooms=["kitchen", "bath"])),
        Talk(Answers(), NOW),
        ENGLISH,
        says={
            "problem": [[Words("Kitchen tap is leaking"), photo("p1", "look")], [Located(31.2, 121.5)]],
            "category": [[Words("water")], [Contacted("+86", own=True)]],
        },
        strays=[Unheard("sticker")],
    )


def test_a_walk_of_the_toy_reads_as_it_did():
    compare("toy", walk_of_a_repair().transcripts())


def test_every_button_of_every_screen_is_tapped():
    walk = walk_of_a_repair()
    screens = [one.screen for story in walk.stories() for one in story.exchanges]
    shown = {(screen.question, one.key) for screen in screens for row in screen.rows for one in row}
    # Back and Cancel are tried once for what exactly leaks, and not again for what exactly has no power.
    assert {place for place in shown if place not in walk.seen} == {
        (f"symptom/{category}", key) for category in ("water", "power") for key in (BACK, CANCEL)
    }
    assert {("symptom", BACK), ("symptom", CANCEL)} <= walk.seen


def test_the_usual_story_comes_first_and_every_story_ends():
    first, *others = walk_of_a_repair().stories()
    assert (first.situation, first.onwards) == ("happy_path", ())
    assert first.new == len(first.exchanges)
    assert {story.situation for story in others} == {
        "happy_path",
        "corrections",
        "cancellations",
        "invalid_user_inputs",
    }
    assert all(story.new for story in others)


def test_what_breaks_the_script_breaks_the_walk():
    with pytest.raises(LookupError):
        walk_of_a_repair(World(trouble=LookupError())).transcripts()


def test_a_script_that_never_ends_is_told_of():
    def script(talk: Talk) -> None:
        while True:
            talk.choose(f"q{len(talk.path)}", "Again?", fruit("x"))

    with pytest.raises(AssertionError, match="no end after"):
        list(Walk(script, Talk(Answers(), NOW), ENGLISH).stories())


def test_a_usual_way_that_never_ends_is_told_of():
    def script(talk: Talk) -> None:
        talk.tick("q", "Which?", fruit())
        talk.choose("none", "None?", [])

    walk = Walk(script, Talk(Answers(), NOW), ENGLISH, strays=[Unheard("sticker")])
    with pytest.raises(AssertionError, match="no end after"):
        list(walk.stories())


@pytest.mark.parametrize("columns, number", [(9, 9), (1, 101)])
def test_more_buttons_than_telegram_takes_are_told_of(columns, number):
    options = fruit(*(f"k{n}" for n in range(number)))
    walk = Walk(lambda talk: talk.choose("q", "Which?", options, columns), Talk(Answers(), NOW), ENGLISH)
    with pytest.raises(AssertionError, match="too many buttons"):
        list(walk.stories())


def test_an_ending_may_be_anything():
    walk = Walk(lambda talk: talk.choose("q", verbatim("Which?"), fruit("x")), Talk(Answers(), NOW), ENGLISH)
    assert walk.transcripts()["happy_path"] == (
        "── 1 ──\nSteward: Which?\n  [X]\n  [✖️ Cancel]\nResident: [X]\n→ x\n"
    )
    assert isinstance(
        next(iter(Walk(lambda talk: 7, Talk(Answers(), NOW), ENGLISH).stories())).ending, Finished
    )


# ── golden files ─────────────────────────────────────────────────────────────────────────────────


def test_transcripts_are_kept_and_compared(tmp_path, monkeypatch):
    monkeypatch.setenv(UPDATE, "1")
    compare("flow", {"happy_path": "Hello\n", "gone": "?\n"}, tmp_path)
    compare("flow", {"happy_path": "Hello\n"}, tmp_path)
    monkeypatch.delenv(UPDATE)
    compare("flow", {"happy_path": "Hello\n"}, tmp_path)
    assert [path.name for path in (tmp_path / "flow").iterdir()] == ["happy_path.txt"]


@pytest.mark.parametrize(
    "now, line",
    [
        ({"happy_path": "Goodbye\n"}, "+Goodbye"),
        ({}, "-Hello"),
        ({"happy_path": "Hello\n", "new": "x\n"}, "+x"),
    ],
)
def test_a_changed_transcript_shows_what_changed(tmp_path, monkeypatch, now, line):
    monkeypatch.setenv(UPDATE, "1")
    compare("flow", {"happy_path": "Hello\n"}, tmp_path)
    monkeypatch.delenv(UPDATE)
    with pytest.raises(AssertionError, match="A conversation changed") as caught:
        compare("flow", now, tmp_path)
    assert line in str(caught.value).splitlines()
