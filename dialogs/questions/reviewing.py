"""The question that reads an order back before it is sent."""

from dataclasses import dataclass
from typing import ClassVar

from desk.records import Json
from dialogs.engine.answers import Answers, Step, below
from dialogs.engine.heard import Heard
from dialogs.engine.screen import CHANGE, SEND, STAY, Choice, Screen, cut, in_rows, navigation
from dialogs.questions.choices import pick_one
from locales.text import Lines, Value, _

#: how many characters of typed words a review repeats, and how many in one line
SHOWN, SHOWN_IN_LINE = 2400, 300


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order; `question` is what is asked again to change it, None if it cannot be."""

    label: Value
    value: Value
    #: `visit` stands for `visit/3` too, and for all that was asked below it
    question: str | None = None
    #: whether the label is a whole sentence, such as a question, and needs no colon
    sentence: bool = False
    #: what a button of its own says, to add it; None is only among the lines to change
    offer: Value | None = None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A button that answers a question of the order otherwise, without asking it."""

    question: str
    key: str
    label: Value

    @property
    def tapped(self) -> str:
        """The key of the button."""
        return f"={self.question}={self.key}"


@dataclass(frozen=True, slots=True)
class Review:
    """The whole order: send it, change one line, go back or cancel."""

    gathers: ClassVar[bool] = False
    name: str
    title: Value
    lines: tuple[Line, ...]
    #: the questions that led here; only their answers can be changed
    asked: tuple[str, ...]
    #: the questions whose answers are plain, and that nobody was asked
    assumed: tuple[str, ...] = ()
    #: what it may be instead
    instead: tuple[Shortcut, ...] = ()

    def read(self, stored: Json) -> tuple[None] | None:
        """Whether it was sent."""
        return (None,) if stored == SEND else None

    def _changeable(self) -> dict[str, Line]:
        known = (*self.asked, *self.assumed)
        asked_for = [line for line in self.lines if line.question and below(line.question, known)]
        return {f"={line.question}": line for line in asked_for}

    def _text(self) -> Value:
        most = min(SHOWN_IN_LINE, SHOWN // max(1, len(self.lines)))
        order = [_line(line, cut(line.value, most)) for line in self.lines]
        return Lines((cut(self.title, SHOWN_IN_LINE), "", *order))

    def screen(self, draft: Json, back: bool) -> Screen:
        """The order over its buttons, or over its lines once one of them shall be changed."""
        if draft == CHANGE:
            lines = [(Choice(key, line.label),) for key, line in self._changeable().items()]
            text = Lines((self._text(), "", _("Which line would you like to change?")))
            return Screen(question=self.name, text=text, rows=(*lines, (Choice(STAY, _("⬅️ Back")),)))
        change = (Choice(CHANGE, _("✏️ Change")),) if self._changeable() else ()
        offers = [(Choice(f"={line.question}", line.offer),) for line in self.lines if line.offer is not None]
        others = in_rows([Choice(one.tapped, one.label) for one in self.instead], 2)
        rows = ((Choice(SEND, _("📨 Send")),), *offers, *others, (*change, *navigation(back)))
        hint = _("Nothing is sent before you tap 📨 Send. ✏️ Change asks one of the lines again.")
        return Screen(question=self.name, text=self._text(), rows=rows, hint=hint)

    def tap(self, key: str, answers: Answers) -> Answers | None:
        """Send; turn to the lines and back; open what stands behind a line."""
        if key == SEND:
            return answers.give(self.name, SEND)
        if key in {CHANGE, STAY}:
            return answers.draft(self.name, key)
        if other := next((one for one in self.instead if one.tapped == key), None):
            return answers.give(other.question, other.key)
        if key not in self._changeable():
            return None
        return self._opened(answers.draft(self.name, STAY), key[1:])

    def _opened(self, answers: Answers, question: str) -> Answers:
        """The answers with these questions open; one that was never asked begins with nothing."""
        for name in below(question, self.assumed):
            answers = answers.draft(name, None)
        return answers.drop(*below(question, self.asked))

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """Nothing but its buttons answers it."""
        return Step(answers, pick_one())


def _line(line: Line, value: Value) -> Value:
    if line.sentence:
        return _("{label} <b>{value}</b>", label=line.label, value=value)
    return _("{label}: <b>{value}</b>", label=line.label, value=value)
