"""The question for a day or a moment: tapped, or typed as people do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from dialogs.engine.answers import Answers, Step
from dialogs.engine.heard import Heard
from dialogs.questions.asking import Ask

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class When(Ask[T]):
    """A line that is kept written out: "tomorrow" would be another day tomorrow."""

    #: writes an answer so that `understand` makes the same of it whenever it is read
    written: Callable[[T], str] = str

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """A moment that is understood; else why it is not."""
        step = Ask.hear(self, heard, answers)
        understood = None if step.answers is answers else self.read(step.answers.given[self.name])
        return step if understood is None else Step(answers.give(self.name, self.written(understood[0])))
