"""Questions whose answers are among known options, named by stable keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from desk.records import Json
from dialogs.engine.answers import Answers, Step
from dialogs.engine.heard import Heard, Words
from dialogs.engine.screen import DONE, Choice, Screen, in_rows, navigation
from locales.markup import unmarked_direction
from locales.text import Joined, Text, Value, _

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """Something to choose: a key of fixed meaning, what the button says, what the script gets."""

    key: str
    label: Value
    value: T

    def button(self, marked: bool, turn: str = "") -> Choice:
        """How it is offered; the mark shows what is ticked, or was chosen before."""
        return Choice(f"{turn}{self.key}", Joined(("✓", self.label), " ") if marked else self.label)


def pick_one() -> Text:
    """What is said to words that are no option."""
    return _("Please tap one of the buttons below.")


@dataclass(frozen=True, slots=True)
class Choose(Generic[T]):
    """One of several options; one that was dropped before is marked."""

    gathers: ClassVar[bool] = False
    name: str
    prompt: Value
    options: tuple[Option[T], ...]
    columns: int
    plain: Callable[[Value], str]
    #: which option words plainly mean, by its key; "" where they do not tell
    understand: Callable[[str], str] = lambda words: ""
    #: what a key stands for that can be said, but has no button
    more: Callable[[str], tuple[T] | None] = lambda key: None

    def read(self, stored: Json) -> tuple[T] | None:
        """The option's value, if it is still on offer."""
        shown = next(((option.value,) for option in self.options if option.key == stored), None)
        return shown or (self.more(stored) if isinstance(stored, str) else None)

    def screen(self, draft: Json, back: bool) -> Screen:
        """The prompt over the options."""
        choices = [option.button(option.key == draft) for option in self.options]
        rows = (*in_rows(choices, self.columns), navigation(back))
        hint = _("Tap one of the buttons, or type what it says.")
        return Screen(question=self.name, text=self.prompt, rows=rows, hint=hint)

    def tap(self, key: str, answers: Answers) -> Answers | None:
        """Each option is an answer."""
        known = any(option.key == key for option in self.options)
        return answers.give(self.name, key) if known else None

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """A label may be typed, or its beginning up to a comma, if it is the only one of its kind; or what
        plainly means an option."""
        key = self._meant(heard.text) if isinstance(heard, Words) else ""
        known = self.read(key) is not None
        return Step(answers.give(self.name, key)) if known else Step(answers, pick_one())

    def _meant(self, words: str) -> str:
        typed = _comparable(words)
        labels = [(one.key, _comparable(self.plain(one.label))) for one in self.options]
        ways: tuple[Callable[[str], bool], ...] = (
            lambda label: label == typed,
            lambda label: bool(typed) and label.startswith(typed) and label[len(typed) :][:1] in _PAUSES,
        )
        for fits in ways:
            fitting = [key for key, label in labels if fits(label)]
            if fitting:
                return fitting[0] if len(fitting) == 1 else ""
        return self.understand(words)


#: what stands between “Yes” and what it is said to, in the scripts of our languages
_PAUSES = frozenset(",，،、:：;；")


def _comparable(label: str) -> str:
    return unmarked_direction(label).strip().casefold()


@dataclass(frozen=True, slots=True)
class Tick(Generic[T]):
    """Any number of options, then Done. A button says on or off, so that two taps count once."""

    gathers: ClassVar[bool] = False
    name: str
    prompt: Value
    options: tuple[Option[T], ...]
    columns: int

    def read(self, stored: Json) -> tuple[tuple[T, ...]] | None:
        """The values of those ticked, if all are still on offer."""
        on = self._on(stored)
        values = tuple(option.value for option in self.options if option.key in on)
        return (values,) if isinstance(stored, list) and len(on) == len(stored) else None

    def screen(self, draft: Json, back: bool) -> Screen:
        """The prompt over the options, ticked or not."""
        on = self._on(draft)
        choices = [one.button(one.key in on, "-" if one.key in on else "+") for one in self.options]
        done = Choice(DONE, _("✅ Done") if on else _("⏭ Skip"))
        rows = (*in_rows(choices, self.columns), (done,), navigation(back))
        hint = _("Tap as many as fit, each once more to take it back, and then ✅ Done.")
        return Screen(question=self.name, text=self.prompt, rows=rows, hint=hint)

    def tap(self, key: str, answers: Answers) -> Answers | None:
        """Each option on or off; Done gives those that are on."""
        on = self._on(answers.begun(self.name))
        if key == DONE:
            return answers.give(self.name, on)
        turn, ticked = key[:1], key[1:]
        if turn not in {"+", "-"} or all(option.key != ticked for option in self.options):
            return None
        rest = [one for one in on if one != ticked]
        return answers.draft(self.name, [*rest, ticked] if turn == "+" else rest)

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """Nothing but its buttons answers it."""
        return Step(answers, pick_one())

    def _on(self, stored: Json) -> list[Json]:
        ticked = stored if isinstance(stored, list) else []
        return [option.key for option in self.options if option.key in ticked]
