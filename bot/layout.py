"""The data behind buttons: `run:question:key` within a conversation, short forms outside of one."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.scene import Tap
from desk.errors import NotFound
from dialogs.engine.heard import Tapped
from dialogs.engine.screen import Screen
from locales.text import Lines, Value, verbatim

#: what a button outside of a conversation does; one letter, so that it is never the id of a run
ORDER, SCORE, PAGE, BEGIN, PARKED, ACT = "r", "v", "p", "s", "k", "f"


@dataclass(frozen=True, slots=True)
class InRun:
    """A tap that belongs to a conversation."""

    run: str
    tapped: Tapped


@dataclass(frozen=True, slots=True)
class OneTap:
    """A tap outside of conversations: what it does, to what, and how."""

    does: str
    about: str
    how: str


Data: TypeAlias = InRun | OneTap


def read(data: str) -> Data | None:
    """What a button's data mean; None for anything that we never made."""
    parts = data.split(":")
    if len(parts) != 3 or not data.isascii() or not data.isprintable():
        return None
    first, second, third = parts
    if first in {ORDER, SCORE, PAGE, BEGIN, PARKED, ACT}:
        return OneTap(first, second, third)
    return InRun(first, Tapped(second, third))


def number(text: str) -> int:
    """A number out of a button; raises `NotFound` for anything else."""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise NotFound
    return int(text)


def turn(text: str, last: int) -> int:
    """Which page of a list a button turns to, from 0; the first for anything else."""
    return min(int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0, last)


def order(label: Value, request_id: int, verb: str) -> Tap:
    """A button that does something with a request at once."""
    return Tap(label, f"{ORDER}:{request_id}:{verb}")


def score(label: Value, request_id: int, points: int) -> Tap:
    """A button that gives a score."""
    return Tap(label, f"{SCORE}:{request_id}:{points}")


def page(label: Value, name: str, about: str = "") -> Tap:
    """A button that shows a page."""
    return Tap(label, f"{PAGE}:{name}:{about}")


def begin(label: Value, script: str, request_id: int | str = "") -> Tap:
    """A button that begins a conversation."""
    return Tap(label, f"{BEGIN}:{script}:{request_id}")


def copy(words: str) -> Tap:
    """A button that shows what a tap on it copies."""
    return Tap(verbatim(f"📋 {words}"), copy=words)


def act(label: Value, verb: str, about: int | str = "") -> Tap:
    """A button of a flow, which does something at once (`bot.flows.base.Flow.acts`)."""
    return Tap(label, f"{ACT}:{verb}:{about}")


def parked(label: Value, run: str, how: str) -> Tap:
    """A button that goes on with a conversation set aside, or drops it."""
    return Tap(label, f"{PARKED}:{run}:{how}")


def screen_text(screen: Screen) -> Value:
    """A screen's words, under what is to be said first."""
    return Lines((screen.notice, "", screen.text)) if screen.notice.id else screen.text


def screen_rows(screen: Screen, run: str) -> list[list[Tap]]:
    """A screen's buttons, bound to their run."""
    return [
        [Tap(choice.label, f"{run}:{screen.question}:{choice.key}") for choice in row] for row in screen.rows
    ]
