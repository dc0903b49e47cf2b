"""The hand that a script holds: each question returns its answer, or leaves the script to be asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from desk.records import Json
from dialogs.engine.answers import Answers, Step
from dialogs.engine.choices import Choose, Option, Tick
from dialogs.engine.describing import Describe, Description
from dialogs.engine.errors import AskedTwice, WentOn
from dialogs.engine.heard import Heard
from dialogs.engine.reviewing import Line, Review
from dialogs.engine.screen import Screen
from locales.text import Value

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Question(Protocol[T_co]):
    """What can be asked. All that it needs of the world is given to it when it is made."""

    @property
    def name(self) -> str: ...

    def read(self, stored: Json) -> tuple[T_co] | None:
        """The answer that `stored` stands for, in a tuple of one; None if it no longer fits the world."""

    def screen(self, draft: Json, back: bool) -> Screen:
        """The question as shown, with what is noted so far and whether one can go back."""

    def taps(self, answers: Answers) -> Mapping[str, Answers]:
        """Which answers each of its buttons leads to."""

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """Where anything else leads."""


class Unanswered(BaseException):
    """Leaves the script at its open question; no `except Exception` of a script can swallow it."""


@dataclass(slots=True)
class Talk:
    """One reading of a script, from its first line, over the answers so far."""

    answers: Answers
    #: fixed for the whole reading; aware UTC
    now: datetime
    #: what the conversation is about, such as {"request": 17}
    subject: Mapping[str, Json] = field(default_factory=dict)
    #: how a label reads in the person's language, so that it can be typed instead of tapped
    plain: Callable[[Value], str] = str
    #: names of the questions that were answered, in the order asked
    path: list[str] = field(default_factory=list)
    #: the question without an answer
    open: Question[object] | None = None
    #: the last question answered with a description: late pictures go there
    described: Describe | None = None

    def ask(self, question: Question[T]) -> T:
        """The answer to any question; the other methods are this one with a question already made."""
        if self.open is not None:
            raise WentOn(question.name)
        if question.name in self.path:
            raise AskedTwice(question.name)
        if question.name in self.answers.given:
            fits = question.read(self.answers.given[question.name])
            if fits is not None:
                self.path.append(question.name)
                return fits[0]
        self.open = question
        raise Unanswered

    def choose(self, name: str, prompt: Value, options: Sequence[Option[T]], columns: int = 1) -> T:
        """One of several."""
        return self.ask(Choose(name, prompt, tuple(options), columns, self.plain))

    def tick(self, name: str, prompt: Value, options: Sequence[Option[T]], columns: int = 2) -> tuple[T, ...]:
        """Any number of several."""
        return self.ask(Tick(name, prompt, tuple(options), columns))

    def describe(self, name: str, prompt: Value, optional: bool = False) -> Description:
        """Words and pictures, collected until the person says that this is all."""
        question = Describe(name, prompt, optional)
        told = self.ask(question)
        self.described = question
        return told

    def review(self, name: str, title: Value, lines: Sequence[Line]) -> None:
        """Reads the order back; goes on only when it is sent."""
        self.ask(Review(name, title, tuple(lines), tuple(self.path)))
