"""The question of somebody in danger: buttons and nothing to lose one's way in."""

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from desk.records import Json
from dialogs.engine.answers import Answers, Step
from dialogs.engine.heard import Heard
from dialogs.engine.screen import Screen, in_rows
from dialogs.questions.choices import Option, pick_one
from locales.text import Value, _

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Urgent(Generic[T]):
    """One of several options, with neither Back nor Cancel: whatever was raised stays raised."""

    gathers: ClassVar[bool] = False
    name: str
    prompt: Value
    options: tuple[Option[T], ...]

    def read(self, stored: Json) -> tuple[T] | None:
        """The option's value, if it is still on offer."""
        return next(((option.value,) for option in self.options if option.key == stored), None)

    def screen(self, draft: Json, back: bool) -> Screen:
        """The prompt over the options, each in a row of its own: a thumb that shakes finds it."""
        choices = [option.button(False) for option in self.options]
        hint = _("Tap a button, or write, send photos or your location: it goes to the staff at once.")
        return Screen(question=self.name, text=self.prompt, rows=in_rows(choices, 1), hint=hint)

    def tap(self, key: str, answers: Answers) -> Answers | None:
        """Each option is an answer."""
        known = any(option.key == key for option in self.options)
        return answers.give(self.name, key) if known else None

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """Words go to the staff before they come here."""
        return Step(answers, pick_one())
