"""Questions whose answers are among known options, named by stable keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from desk.records import Json
from dialogs.engine.heard import Heard, Tapped, Words
from dialogs.engine.screen import (
    DONE,
    Choice,
    Drafted,
    Given,
    Hearing,
    Screen,
    Unclear,
    in_rows,
    navigation,
)
from locales.text import Joined, Text, Value, _

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """Something to choose: a key that never changes its meaning, what the button says, what the script gets."""

    key: str
    label: Value
    value: T


def pick_one() -> Text:
    """What is said to words that are no option."""
    return _("Please tap one of the buttons below.")


def _marked(option: Option[T], marked: bool) -> Choice:
    return Choice(option.key, Joined(("✓", option.label), " ") if marked else option.label)


@dataclass(frozen=True, slots=True)
class Choose(Generic[T]):
    """One of several options; one that was dropped before is marked."""

    name: str
    prompt: Value
    options: tuple[Option[T], ...]
    columns: int
    plain: Callable[[Value], str]

    def read(self, stored: Json) -> tuple[T] | None:
        """The option's value, if it is still on offer."""
        return next(((option.value,) for option in self.options if option.key == stored), None)

    def screen(self, draft: Json, back: bool) -> Screen:
        """The prompt over the options."""
        choices = [_marked(option, option.key == draft) for option in self.options]
        rows = (*in_rows(choices, self.columns), navigation(back))
        return Screen(question=self.name, text=self.prompt, rows=rows)

    def hear(self, heard: Heard, draft: Json) -> Hearing:
        """A tap on an option, or its label typed."""
        match heard:
            case Tapped(key=key) if self.read(key):
                return Given(key)
            case Words(text):
                typed = text.strip().casefold()
                fitting = [one.key for one in self.options if self.plain(one.label).casefold() == typed]
                return Given(fitting[0]) if len(fitting) == 1 else Unclear(pick_one())
            case _:
                return Unclear(pick_one())


@dataclass(frozen=True, slots=True)
class Tick(Generic[T]):
    """Any number of options, ticked one by one, then done."""

    name: str
    prompt: Value
    options: tuple[Option[T], ...]
    columns: int

    def read(self, stored: Json) -> tuple[tuple[T, ...]] | None:
        """The values of those ticked that are still on offer."""
        keys = stored if isinstance(stored, list) else []
        return (tuple(option.value for option in self.options if option.key in keys),)

    def screen(self, draft: Json, back: bool) -> Screen:
        """The prompt over the options, ticked or not."""
        ticked = draft if isinstance(draft, list) else []
        choices = [_marked(option, option.key in ticked) for option in self.options]
        done = (Choice(DONE, _("✅ Done") if ticked else _("⏭ Skip")),)
        rows = (*in_rows(choices, self.columns), done, navigation(back))
        return Screen(question=self.name, text=self.prompt, rows=rows)

    def hear(self, heard: Heard, draft: Json) -> Hearing:
        """A tap turns an option on or off; Done ends."""
        ticked = list(draft) if isinstance(draft, list) else []
        match heard:
            case Tapped(key=key) if key == DONE:
                return Given(ticked)
            case Tapped(key=key) if any(option.key == key for option in self.options):
                return Drafted([one for one in ticked if one != key] if key in ticked else [*ticked, key])
            case _:
                return Unclear(pick_one())
