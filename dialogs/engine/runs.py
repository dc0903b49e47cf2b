"""A run: one conversation under way, as it is kept between two updates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.records import Json
from dialogs.engine.answers import Answers


class RunState(StrEnum):
    """Whether a run is being talked in, set aside by a command, or over."""

    OPEN = "open"
    PARKED = "parked"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One conversation of one person: which script, about what, and the answers so far."""

    #: short and random, the first part of every button of this run
    id: str
    person_id: int
    script: str
    #: what the script is about, such as {"request": 17}
    subject: Mapping[str, Json] = field(default_factory=dict)
    answers: Answers = Answers()
    state: RunState = RunState.OPEN
    started_at: datetime
    touched_at: datetime


class Runs(Protocol):
    """Where runs are kept. A person has at most one open and one parked run."""

    def open(self, person_id: int) -> Run | None:
        """The run that the person is in."""

    def parked(self, person_id: int) -> Run | None:
        """The run set aside last."""

    def get(self, run_id: str) -> Run | None:
        """The run, ended or not, while it is still kept."""

    def save(self, run: Run) -> None:
        """Adds or replaces. Opening or parking a run ends another of that person in the same state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """An update that failed for good and was set aside."""

    bot_id: int
    update_id: int
    failures: int
    #: what kind of error it was; the log has the rest under the update's id
    error: str
    #: the update as Telegram sent it
    body: str
    first_at: datetime
    last_at: datetime
    #: when somebody asked for it to be tried again; None if nobody has
    asked_at: datetime | None = None


class DeadLetters(Protocol):
    """Updates that were set aside and have not been taken in since."""

    def waiting(self, bot_id: int, limit: int = 50) -> tuple[DeadLetter, ...]:
        """Those of a bot, by update id."""

    def count(self, bot_id: int) -> int:
        """How many they are."""

    def get(self, bot_id: int, update_id: int) -> DeadLetter | None:
        """The letter of one update."""

    def ask(self, bot_id: int, update_id: int, now: datetime) -> bool:
        """Has it tried again by the process at work; False if it is not there."""

    def asked(self, bot_id: int, limit: int = 10) -> tuple[DeadLetter, ...]:
        """Those that are to be tried again, the longest asked for first."""

    def drop(self, bot_id: int, update_id: int) -> bool:
        """Forgets it; False if it is not there, as somebody else was quicker."""


class Inbox(Protocol):
    """Which updates were taken in, so that none counts twice."""

    def first_time(self, bot_id: int, update_id: int, now: datetime) -> bool:
        """Notes the update id; False if it was noted before."""

    def failed(self, bot_id: int, update_id: int, error: str, body: str, now: datetime) -> int:
        """Counts a failure and keeps the update aside; the number of failures so far."""
