"""The records of the statistics: what is read from storage, and the figures that managers see."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from desk.records import Json, Promises, State

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
    #: what the estate calls kinds of its own: code → language → name
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """For the letter whose picture is drawn when it goes out: times as seconds, decimals as text."""
        return {name: _kept(part) for name, part in asdict(self).items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Digest":
        """The digest as it was."""
        promises = {name: _span(seconds) for name, seconds in kept["promises"].items()}
        told: dict[str, Any] = {
            "day": _day(kept["day"]),
            "week": tuple(_day(day) for day in kept["week"]),
            "promises": Promises(**promises),
        }
        return cls(**{**kept, **told})


def _kept(value: Any) -> Json:
    match value:
        case timedelta():
            return value.total_seconds()
        case date() | Decimal():
            return str(value)
        case dict():
            return {name: _kept(part) for name, part in value.items()}
        case list() | tuple():
            return [_kept(part) for part in value]
    plain: Json = value
    return plain


def _day(kept: Mapping[str, Any]) -> DayFigures:
    told: dict[str, Any] = {
        "day": date.fromisoformat(kept["day"]),
        "oldest": kept["oldest"] and Oldest(**{**kept["oldest"], "age": _span(kept["oldest"]["age"])}),
        "claim_median": _maybe_span(kept["claim_median"]),
        "solve_median": _maybe_span(kept["solve_median"]),
        "score": kept["score"] and Decimal(kept["score"]),
        "worst": kept["worst"] and Comment(**kept["worst"]),
        "kinds": tuple(KindCount(**kind) for kind in kept["kinds"]),
    }
    return DayFigures(**{**kept, **told})


def _span(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def _maybe_span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else _span(seconds)
