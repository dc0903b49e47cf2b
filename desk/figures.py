"""The records of the statistics: what is read from storage, and the figures that managers see."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from desk.records import Promises, State

Amount: TypeAlias = int | Decimal | timedelta

# ── read from storage ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A request as the statistics need it: no words, no names."""

    id: int
    number: int
    kind: str
    opened_at: datetime
    #: as promised by now: pauses have moved it
    solve_by: datetime
    #: since when the service clock stands still, if it does now
    paused_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A request and the state that it was in at a moment."""

    job: Job
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change of state; `before` is None when the request was filed."""

    job: Job
    at: datetime
    before: State | None
    after: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a resident answered to the survey of a request."""

    number: int
    #: 1 (bad) to 5 (very good)
    score: int
    words: str
    at: datetime


# ── shown to managers ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Oldest:
    """The request that has been open for longest."""

    number: int
    kind: str
    #: from its opening to the end of the day
    age: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A resident's own words with the score they explain."""

    number: int
    score: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many requests of a kind were filed."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """One estate's local calendar day, [00:00, 24:00): 23 or 25 hours long when the clocks change."""

    day: date
    #: requests filed during the day
    new: int = 0
    #: requests that were closed during the day: confirmed by the resident, a manager or silence
    closed: int = 0
    #: requests open at the end of the day (`State.open`: somebody still has to do something)
    backlog: int = 0
    oldest: Oldest | None = None
    #: open at the end of the day and nobody's yet: new, or assigned and not accepted
    unclaimed: int = 0
    #: open at the end of the day, their promise having run out before that, and before their clock stopped
    late: int = 0
    #: median time from filing to the first claim, of requests first claimed during the day
    claim_median: timedelta | None = None
    #: median working time from filing to done, of requests done during the day, waiting and holds left out
    solve_median: timedelta | None = None
    #: mean of the scores given during the day, to two places
    score: Decimal | None = None
    score_count: int = 0
    #: how many of them were 4 or 5
    satisfied: int = 0
    #: the words that came with the lowest score of 3 or less
    worst: Comment | None = None
    #: the most frequent kinds of the new ones, at most five
    kinds: tuple[KindCount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A day of an estate, beside the seven days before it, oldest first."""

    estate_id: int
    estate: str
    day: DayFigures
    week: tuple[DayFigures, ...]
    promises: Promises
    #: low scores that no manager has looked into when the digest was made
    reviews: int = 0


class Figure(StrEnum):
    """The figures that are held against the days before; the value is their name in `DayFigures`."""

    NEW = "new"
    CLOSED = "closed"
    BACKLOG = "backlog"
    UNCLAIMED = "unclaimed"
    LATE = "late"
    CLAIM = "claim_median"
    SOLVE = "solve_median"
    SCORE = "score"

    def of(self, day: DayFigures) -> Amount | None:
        """This figure on that day; None where nothing was measured."""
        amount: Amount | None = getattr(day, self.value)
        return amount


class Trend(StrEnum):
    """Which way a figure went, against what is usual."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


class Concern(StrEnum):
    """What a manager should look at, the most urgent first."""

    LATE = "late"
    UNCLAIMED = "unclaimed"
    REVIEWS = "reviews"
    SLOW_CLAIM = "slow_claim"
    SLOW_SOLVE = "slow_solve"
    UNHAPPY = "unhappy"
    GROWING = "growing"
