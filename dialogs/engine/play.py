"""Playing a script: read it over the answers, hear what was said, read it again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Generic, TypeAlias, TypeVar

from dialogs.engine.answers import Answers
from dialogs.engine.describing import add
from dialogs.engine.errors import WentOn
from dialogs.engine.heard import Heard, Pictured, Tapped
from dialogs.engine.screen import (
    AGAIN,
    BACK,
    CANCEL,
    Choice,
    Drafted,
    Given,
    Hearing,
    Reopened,
    Screen,
    Turned,
    Unclear,
    navigation,
)
from dialogs.engine.talk import Question, Talk, Unanswered
from locales.text import EMPTY, Text, _

R = TypeVar("R")

#: the question that a broken script asks
TROUBLE = "~trouble"


@dataclass(frozen=True, slots=True)
class Asked:
    """The conversation waits for an answer to this screen."""

    screen: Screen
    answers: Answers


@dataclass(frozen=True, slots=True)
class Finished(Generic[R]):
    """The script reached its end."""

    result: R
    answers: Answers


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person called it off."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The script failed; the answers are kept, and the screen offers to try again."""

    screen: Screen
    answers: Answers
    error: Exception


Turn: TypeAlias = Asked | Finished[R] | Cancelled | Broken
Script: TypeAlias = Callable[[Talk], R]


def play(script: Script[R], talk: Talk, heard: Heard | None = None, notice: Text = EMPTY) -> Turn[R]:
    """One turn of a conversation. The script is read from its first line, twice if something was said."""
    reading, turn = _read(script, talk, notice)
    if heard is None or reading.open is None or isinstance(turn, Broken):
        called_off = isinstance(turn, Broken) and heard == Tapped(TROUBLE, CANCEL)
        return Cancelled() if called_off else turn
    match _hear(reading, reading.open, heard):
        case Cancelled() as over:
            return over
        case Given(value):
            answers = reading.answers.give(reading.open.name, value)
        case Drafted(value, patient):
            answers = reading.answers.draft(reading.open.name, value)
            return _patiently(_read(script, replace(talk, answers=answers))[1], patient)
        case Unclear(why):
            return _read(script, talk, why)[1]
        case Turned(screen):
            return Asked(screen, reading.answers)
        case Reopened(name):
            answers = reduce(Answers.drop, _branch(reading.path, name), reading.answers)
        case _Added(answers, why):
            return _read(script, replace(talk, answers=answers), why)[1]
    return _read(script, replace(talk, answers=answers))[1]


@dataclass(frozen=True, slots=True)
class _Added:
    """A picture that came after its question was done belongs to that answer all the same."""

    answers: Answers
    notice: Text


def _read(script: Script[R], talk: Talk, notice: Text = EMPTY) -> tuple[Talk, Turn[R]]:
    """Reads the script once; where it stops at a question, the talk that comes back holds it open."""
    reading = replace(talk, path=[], open=None, described=None)
    try:
        result = script(reading)
    except Unanswered:
        return reading, _asked(reading, notice)
    except Exception as error:  # a script's mistake must not cost a person their answers
        return reading, _broken(reading, error)
    if reading.open is not None:
        return reading, _broken(reading, WentOn(reading.open.name))
    return reading, Finished(result, reading.answers)


def _asked(reading: Talk, notice: Text) -> Asked | Broken:
    if reading.open is None:
        return _broken(reading, WentOn())
    try:
        draft = reading.answers.drafts.get(reading.open.name)
        screen = reading.open.screen(draft, bool(reading.path))
    except Exception as error:  # as above
        return _broken(reading, error)
    return Asked(replace(screen, notice=notice), reading.answers)


def _broken(reading: Talk, error: Exception) -> Broken:
    text = _("Something went wrong on our side. Your answers are kept: please try again.")
    rows = ((Choice(AGAIN, _("🔁 Try again")),), navigation(back=False))
    return Broken(Screen(question=TROUBLE, text=text, rows=rows), reading.answers, error)


def _hear(reading: Talk, question: Question[object], heard: Heard) -> "Hearing | Cancelled | _Added":
    match heard:
        case Tapped(question=named, key=key) if named == TROUBLE and key == AGAIN:
            return Unclear(EMPTY)
        case Tapped(question=named) if named != question.name:
            return Unclear(_("That button belongs to an earlier step. This is where we are:"))
        case Tapped(key=key) if key == CANCEL:
            return Cancelled()
        case Tapped(key=key) if key == BACK:
            return Reopened(reading.path[-1]) if reading.path else Unclear(EMPTY)
    hearing = question.hear(heard, reading.answers.drafts.get(question.name))
    if isinstance(heard, Pictured) and isinstance(hearing, Unclear) and reading.described:
        return _late_picture(reading, reading.described, heard)
    return hearing


def _late_picture(reading: Talk, described: str, heard: Pictured) -> "Unclear | _Added":
    added = add(reading.answers.given[described], heard)
    if not isinstance(added, Drafted):
        return Unclear(added.why) if isinstance(added, Unclear) else Unclear(EMPTY)
    return _Added(reading.answers.give(described, added.value), _("📎 Added to your description."))


def _branch(path: list[str], name: str) -> list[str]:
    """The question and those whose names say that they depend on it: `kind`, `kind/group` …"""
    return [one for one in path if one == name or one.startswith(f"{name}/")]


def _patiently(turn: Turn[R], patient: bool) -> Turn[R]:
    if isinstance(turn, Asked) and patient:
        return replace(turn, screen=replace(turn.screen, patient=True))
    return turn
