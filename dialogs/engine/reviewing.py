"""The question that reads an order back before it is sent."""

from dataclasses import dataclass

from desk.records import Json
from dialogs.engine.choices import pick_one
from dialogs.engine.heard import Heard, Tapped
from dialogs.engine.screen import (
    BACK,
    CANCEL,
    CHANGE,
    SEND,
    STAY,
    Choice,
    Given,
    Hearing,
    Reopened,
    Screen,
    Turned,
    Unclear,
)
from locales.text import Lines, Value, _


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order; `question` is what is asked again to change it, None if it cannot be."""

    label: Value
    value: Value
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """The whole order: send it, change one line, go back or cancel."""

    name: str
    title: Value
    lines: tuple[Line, ...]

    def read(self, stored: Json) -> tuple[None] | None:
        """Whether it was sent."""
        return (None,) if stored == SEND else None

    def _text(self) -> Value:
        order = [_("{label}: <b>{value}</b>", label=line.label, value=line.value) for line in self.lines]
        return Lines((self.title, "", *order))

    def screen(self, draft: Json, back: bool) -> Screen:
        """The order over its buttons."""
        rows = (
            (Choice(SEND, _("📨 Send")),),
            (Choice(CHANGE, _("✏️ Change")), Choice(BACK, _("⬅️ Back")), Choice(CANCEL, _("✖️ Cancel"))),
        )
        return Screen(question=self.name, text=self._text(), rows=rows)

    def _menu(self) -> Screen:
        lines = [(Choice(f"={line.question}", line.label),) for line in self.lines if line.question]
        text = Lines((self._text(), "", _("Which line would you like to change?")))
        return Screen(question=self.name, text=text, rows=(*lines, (Choice(STAY, _("⬅️ Back")),)))

    def hear(self, heard: Heard, draft: Json) -> Hearing:
        """Send, or turn to the lines that can be changed."""
        match heard:
            case Tapped(key=key) if key == SEND:
                return Given(SEND)
            case Tapped(key=key) if key == CHANGE:
                return Turned(self._menu())
            case Tapped(key=key) if key == STAY:
                return Turned(self.screen(draft, back=True))
            case Tapped(key=key) if any(key == f"={line.question}" for line in self.lines):
                return Reopened(key[1:])
            case _:
                return Unclear(pick_one())
