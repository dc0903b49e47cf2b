"""One line of text, which the question itself understands: a name, a number, a plate, a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from desk.records import Json
from dialogs.engine.answers import Answers, Step
from dialogs.engine.heard import Heard, Words
from dialogs.engine.screen import SKIP, STAY, Choice, Screen, cut, in_rows, navigation
from locales.text import Text, Value, _, verbatim

T = TypeVar("T")

#: how many characters a line may have, and how many of a former one a button shows
MOST, SHOWN = 200, 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line that can be tapped instead of typed: a key of fixed meaning, what the button says, the line."""

    key: str
    label: Value
    line: str


@dataclass(frozen=True, slots=True)
class Ask(Generic[T]):
    """Asks for a line; one that was dropped before can be kept with a tap.

    `understand` makes the answer of a line, or says why it cannot be one. It is asked whenever the answer is
    read, so that a moment which has passed meanwhile is asked for anew.
    """

    gathers: ClassVar[bool] = False
    name: str
    prompt: Value
    understand: Callable[[str], T | Text]
    suggestions: tuple[Suggestion, ...] = ()
    columns: int = 2
    #: what stands for no answer; None asks until there is one
    otherwise: tuple[T] | None = None

    def read(self, stored: Json) -> tuple[T] | None:
        """What the line stands for."""
        if stored is None:
            return self.otherwise
        understood = self.understand(stored) if isinstance(stored, str) else None
        return None if understood is None or isinstance(understood, Text) else (understood,)

    def screen(self, draft: Json, back: bool) -> Screen:
        """The prompt over the suggestions."""
        kept = [Choice(STAY, verbatim(f"✓ {cut(draft, SHOWN)}"))] if isinstance(draft, str) else []
        offered = [Choice(one.key, one.label) for one in self.suggestions]
        skip = [Choice(SKIP, _("⏭ Skip"))] if self.otherwise is not None else []
        rows = (*in_rows(kept, 1), *in_rows(offered, self.columns), *in_rows(skip, 1), navigation(back))
        hint = _("Write one line; a button above, if there is one, writes it for you.")
        return Screen(question=self.name, text=self.prompt, rows=rows, hint=hint)

    def tap(self, key: str, answers: Answers) -> Answers | None:
        """A suggestion stands for its line."""
        draft = answers.begun(self.name)
        if key == STAY and isinstance(draft, str):
            return answers.give(self.name, draft)
        if key == SKIP and self.otherwise is not None:
            return answers.give(self.name, None)
        line = next((one.line for one in self.suggestions if one.key == key), None)
        return answers.give(self.name, line) if line is not None else None

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """A line that is understood; else why it is not."""
        if not isinstance(heard, Words) or not heard.text.strip():
            return Step(answers, _("Please write it as a short text."))
        line = " ".join(heard.text.split())
        if len(line) > MOST:
            return Step(answers, _("That is too long here. Please write it in a few words."))
        understood = self.understand(line)
        return (
            Step(answers, understood) if isinstance(understood, Text) else Step(answers.give(self.name, line))
        )
