"""The estate's own answers, as its managers edit them by chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desk.actions.actors import Handler, holds
from desk.errors import NotAllowed, Rejected
from desk.lifecycle import LEADERS
from desk.ports import Work
from desk.records import Person
from desk.records.answers import Answer

#: what a message of Telegram holds, with room for what stands around it
LONGEST_ANSWER: Final = 2000
LONGEST_QUESTION, MOST_QUESTIONS = 200, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAnswer:
    """An answer in one language: new, or as it reads from now on. What is empty stays as it was."""

    estate_id: int
    #: 0 is a new one
    answer_id: int
    language: str
    questions: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropAnswer:
    """An answer is not given any more."""

    answer_id: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """It is gone."""

    answer: Answer


def may_edit(work: Work, person: Person, estate_id: int, now: datetime) -> bool:
    """Whether somebody leads the estate."""
    return holds(work, person.id, estate_id, LEADERS, now)


def phrasings(words: str) -> tuple[str, ...]:
    """Questions as somebody typed them, a line each."""
    lines = (" ".join(line.split())[:LONGEST_QUESTION] for line in words.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST_QUESTIONS]


def save(work: Work, person: Person, order: SaveAnswer, now: datetime) -> Answer:
    """Keeps it. Raises `NotAllowed` for everybody but the leaders, `Rejected` for a new one without words."""
    known = work.answers.get(order.answer_id) if order.answer_id else None
    estate_id = known.estate_id if known else order.estate_id
    if not may_edit(work, person, estate_id, now):
        raise NotAllowed
    if known is None:
        known = Answer(estate_id=estate_id, code=_new_code(work.answers.of(estate_id)))
    questions = order.questions or known.questions.get(order.language, ())
    words = order.words.strip()[:LONGEST_ANSWER] or known.words.get(order.language, "")
    if not words:
        raise Rejected("told")
    return work.answers.save(
        replace(
            known,
            questions={**known.questions, order.language: questions},
            words={**known.words, order.language: words},
            changed_by=person.id,
            changed_at=now,
        )
    )


def _new_code(there: Sequence[Answer]) -> str:
    """A code that no answer of the estate has, after all that were made so."""
    taken = {answer.code for answer in there}
    return next(
        code for code in (f"chat-{number}" for number in range(1, len(taken) + 2)) if code not in taken
    )


def drop(work: Work, person: Person, order: DropAnswer, now: datetime) -> Dropped:
    """Forgets it."""
    answer = work.answers.get(order.answer_id)
    if not may_edit(work, person, answer.estate_id, now):
        raise NotAllowed
    work.answers.delete(answer.id)
    return Dropped(answer)


HANDLERS: Mapping[type, Handler] = {SaveAnswer: save, DropAnswer: drop}
