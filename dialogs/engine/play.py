"""Playing a script: read it over the answers, hear what was said, read it again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeAlias, TypeVar

from dialogs.engine.answers import Answers, Step
from dialogs.engine.errors import WentOn
from dialogs.engine.heard import Edited, Heard, Pictured, Tapped, edited_in_vain
from dialogs.engine.screen import AGAIN, BACK, CANCEL, Choice, Screen, navigation
from dialogs.engine.talk import Question, Reading, Unanswered
from locales.text import EMPTY, Text, _

R = TypeVar("R")
#: the hand that a script takes
K = TypeVar("K", bound=Reading)

#: the question that a broken script asks
TROUBLE = "~trouble"


@dataclass(frozen=True, slots=True)
class Asked:
    """The conversation waits for an answer to this screen."""

    screen: Screen
    answers: Answers


@dataclass(frozen=True, slots=True)
class Finished(Generic[R]):
    """The script reached its end."""

    result: R
    answers: Answers


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person called it off."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The script failed; the answers are kept, and the screen offers to try again."""

    screen: Screen
    answers: Answers
    error: Exception


Turn: TypeAlias = Asked | Finished[R] | Cancelled | Broken
Script: TypeAlias = Callable[[K], R]


def play(script: Script[K, R], talk: K, heard: Heard | None = None, notice: Text = EMPTY) -> Turn[R]:
    """One turn of a conversation. The script is read from its first line, and its open question hears what
    was said; where that changes what was answered before, the script is read once more."""
    reading = replace(talk, path=[], assumed=[], open=None, gathered=None, listen=None)
    ear = _Ear(reading, heard, notice)
    reading.listen = ear.listen
    turn = _read(script, reading, ear)
    if _called_off(heard, turn):
        return Cancelled()
    if ear.step is not None and ear.step.answers is not reading.answers and not isinstance(turn, Broken):
        turn = play(script, replace(talk, answers=ear.step.answers), notice=ear.notice)
    if isinstance(turn, Asked) and ear.step is not None and ear.step.patient:
        return replace(turn, screen=replace(turn.screen, patient=True))
    return turn


class _Ear:
    """Hears what was said, once, at the question that is open when it is reached."""

    def __init__(self, reading: Reading, heard: Heard | None, notice: Text) -> None:
        self._reading = reading
        self._heard = heard
        #: what is to be said above the next question
        self.notice = notice
        self.step: Step | None = None

    def listen(self, question: Question[object]) -> bool:
        """Whether the question is answered now, and nothing before it is changed: the script may go on."""
        reading, heard = self._reading, self._heard
        if heard is None or self.step is not None or _not_for(question, heard):
            return False
        before = reading.answers.given
        self.step = _hear(reading, question, heard)
        self.notice = self.step.notice
        after = self.step.answers.given
        opened = any(name in self.step.answers.drafts for name in reading.assumed)
        otherwise = after.keys() - before.keys() - {question.name}
        if (
            opened
            or otherwise
            or not all(name in after and after[name] == before[name] for name in reading.path)
        ):
            return False
        reading.answers = self.step.answers
        return question.name in after


def _not_for(question: Question[object], heard: Heard) -> bool:
    """Buttons that no question hears: try again, and cancel."""
    if not isinstance(heard, Tapped):
        return False
    here = heard.question in (question.name, TROUBLE)
    return heard == Tapped(TROUBLE, AGAIN) or (heard.key == CANCEL and here)


def _read(script: Script[K, R], reading: K, ear: _Ear) -> Turn[R]:
    """Reads the script once. A script's mistake must not cost a person their answers."""
    try:
        return _outcome(script, reading, ear)
    except Exception as error:
        return _broken(reading, error)


def _outcome(script: Script[K, R], reading: K, ear: _Ear) -> Asked | Finished[R]:
    try:
        result = script(reading)
    except Unanswered:
        return _asked(reading, ear.notice)
    if reading.open is not None:
        raise WentOn(reading.open.name)
    return Finished(result, reading.answers)


def _asked(reading: Reading, notice: Text) -> Asked:
    if reading.open is None:
        raise WentOn
    screen = reading.open.screen(reading.answers.begun(reading.open.name), bool(reading.path))
    above = notice if notice != EMPTY else _gone(reading)
    return Asked(screen if above == EMPTY else replace(screen, notice=above), reading.answers)


def _gone(reading: Reading, otherwise: Text = EMPTY) -> Text:
    """Why somebody who has answered is asked again."""
    answered = reading.open is not None and reading.open.name in reading.answers.given
    return _("That is no longer on offer. Please choose again.") if answered else otherwise


def _broken(reading: Reading, error: Exception) -> Broken:
    text = _("Something went wrong on our side. Your answers are kept: please try again.")
    rows = ((Choice(AGAIN, _("🔁 Try again")),), navigation(back=False))
    return Broken(Screen(question=TROUBLE, text=text, rows=rows), reading.answers, error)


def _called_off(heard: Heard | None, turn: Turn[R]) -> bool:
    """Cancel counts on the question that is open, and wherever no question is."""
    if not isinstance(heard, Tapped) or heard.key != CANCEL:
        return False
    return not isinstance(turn, Asked) or heard.question in (turn.screen.question, TROUBLE)


def _hear(reading: Reading, question: Question[object], heard: Heard) -> Step:
    answers = reading.answers
    if isinstance(heard, Tapped) and heard.question != question.name:
        stale = _("That button belongs to an earlier step. This is where we are:")
        return Step(answers, _gone(reading, otherwise=stale))
    led = _led(reading, question, heard.key) if isinstance(heard, Tapped) else None
    if led is not None:
        return Step(led)
    if isinstance(heard, Edited) and not question.gathers and reading.gathered is None:
        return Step(answers, edited_in_vain())
    step = question.hear(heard, answers)
    late = isinstance(heard, Pictured | Edited) and step.answers == answers and not question.gathers
    return _late(answers, reading.gathered, heard) if late and reading.gathered else step


def _led(reading: Reading, question: Question[object], key: str) -> Answers | None:
    """Where a button of the open question leads: to the question before, or to what it stands for."""
    if key == BACK and reading.path:
        return reading.answers.drop(reading.path[-1])
    return question.tap(key, reading.answers)


def _late(answers: Answers, gathered: Question[object], heard: Heard) -> Step:
    """A picture that comes after its description was done belongs to it all the same, and so does an edit."""
    name = gathered.name
    step = gathered.hear(heard, answers.drop(name))
    added = _("📎 Added to your description.") if step.notice == EMPTY else step.notice
    return replace(step, answers=step.answers.give(name, step.answers.begun(name)), notice=added)
