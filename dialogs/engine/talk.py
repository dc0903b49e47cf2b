"""The hand that a script holds: each question returns its answer, or leaves the script to be asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from desk.records import Json
from dialogs.engine.answers import Answers, Step
from dialogs.engine.errors import AskedTwice, WentOn
from dialogs.engine.heard import Heard
from dialogs.engine.screen import Screen
from locales.text import Value

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Question(Protocol[T_co]):
    """What can be asked. All that it needs of the world is given to it when it is made."""

    @property
    def name(self) -> str: ...

    @property
    def gathers(self) -> bool:
        """Whether it takes pictures: those that come too late for it still belong to it."""

    def read(self, stored: Json) -> tuple[T_co] | None:
        """The answer that `stored` stands for, in a tuple of one; None if it no longer fits the world."""

    def screen(self, draft: Json, back: bool) -> Screen:
        """The question as shown, with what is noted so far and whether one can go back."""

    def tap(self, key: str, answers: Answers) -> Answers | None:
        """Which answers a button of it leads to; None for a key that none of them has."""

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """Where anything else leads."""


class Unanswered(BaseException):
    """Leaves the script at its open question; no `except Exception` of a script can swallow it."""


@dataclass(slots=True)
class Reading:
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
    #: names of the questions that were not asked, since the answer is plain; a review can open them
    assumed: list[str] = field(default_factory=list)
    #: the question without an answer
    open: Question[object] | None = None
    #: the last question answered that gathers pictures: late ones go there
    gathered: Question[object] | None = None
    #: lets an open question hear what was said; whether it is answered now, and the script may go on
    listen: Callable[[Question[object]], bool] | None = None

    def ask(self, question: Question[T]) -> T:
        """The answer to a question, if there is one that fits; else the script ends here for now."""
        if self.open is not None:
            raise WentOn(question.name)
        if question.name in self.path:
            raise AskedTwice(question.name)
        fits = self._answer(question) or self._heard(question)
        self.path.append(question.name)
        self.gathered = question if question.gathers else self.gathered
        return fits[0]

    def ask_unless(self, question: Question[T], plain: tuple[T] | None) -> T:
        """The plain answer, without asking, unless somebody has touched the question; None has none."""
        touched = question.name in self.answers.given or question.name in self.answers.drafts
        if plain is None or touched:
            return self.ask(question)
        self.assumed.append(question.name)
        return plain[0]

    def _heard(self, question: Question[T]) -> tuple[T]:
        """What was said just now, if it answers the question."""
        self.open = question
        fits = self._answer(question) if self.listen is not None and self.listen(question) else None
        if fits is None:
            raise Unanswered
        self.open = None
        return fits

    def _answer(self, question: Question[T]) -> tuple[T] | None:
        given = self.answers.given
        return question.read(given[question.name]) if question.name in given else None
