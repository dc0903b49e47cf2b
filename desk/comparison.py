"""What is usual, what changed, and what stands out: a digest read with a manager's eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from desk.figures import DayFigures, Digest

Amount: TypeAlias = int | Decimal | timedelta


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


#: how many residents are to be satisfied (a score of 4 or 5)
SATISFACTION = Decimal("0.9")

#: changes smaller than this are no news: a tenth of the usual, and at least half a request, a minute, 0.1
SHARE = 0.1
LEAST = {Figure.CLAIM: 60.0, Figure.SOLVE: 60.0, Figure.SCORE: 0.1}
LEAST_COUNT = 0.5

MORE_IS_BETTER = frozenset({Figure.CLOSED, Figure.SCORE})
#: neither good nor bad: residents report what they see
NEUTRAL = frozenset({Figure.NEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A figure of the day beside what is usual: the average of the seven days before."""

    now: Amount | None
    usual: Amount | None
    #: None where one of them is missing
    trend: Trend | None
    #: whether the change is good news; None where nothing changed, or it is neither
    better: bool | None


def compare(digest: Digest, figure: Figure) -> Comparison:
    """The day's figure against the average of the week before."""
    now = figure.of(digest.day)
    average = usual(digest.week, figure) if any(map(was_used, digest.week)) else None
    trend = None if now is None or average is None else _trend(figure, _size(now), _size(average))
    return Comparison(now=now, usual=average, trend=trend, better=_better(figure, trend))


def usual(week: Sequence[DayFigures], figure: Figure) -> Amount | None:
    """The average over the days that have the figure; scores count by how many gave them.

    Of medians it is the average of the daily ones. None if no day has it.
    """
    measured = [(amount, _weight(day, figure)) for day in week if (amount := figure.of(day)) is not None]
    weights = sum(weight for _, weight in measured)
    if not weights:
        return None
    mean = sum(_size(amount) * weight for amount, weight in measured) / weights
    if isinstance(measured[0][0], timedelta):
        return timedelta(seconds=round(mean))
    return Decimal(str(round(mean, 1)))


def concerns(digest: Digest) -> tuple[Concern, ...]:
    """What stands out, the most urgent first.

    Late and unclaimed requests and low scores nobody looked into always do. Medians do when they miss the
    promise, scores when less than 90 % are 4 or 5, the backlog when it has grown past what is usual by half
    and by more than two requests.
    """
    day, promises = digest.day, digest.promises
    found = {
        Concern.LATE: day.late > 0,
        Concern.UNCLAIMED: day.unclaimed > 0,
        Concern.REVIEWS: digest.reviews > 0,
        Concern.SLOW_CLAIM: day.claim_median is not None and day.claim_median > promises.respond,
        Concern.SLOW_SOLVE: day.solve_median is not None and day.solve_median > promises.solve,
        Concern.UNHAPPY: day.satisfied < SATISFACTION * day.score_count,
        Concern.GROWING: _growing(digest),
    }
    return tuple(concern for concern in Concern if found[concern])


def nothing_happened(day: DayFigures) -> bool:
    """Whether the day was quiet: nobody reported, nothing was closed, nobody gave a score."""
    return not (day.new or day.closed or day.score_count)


def was_used(day: DayFigures) -> bool:
    """Whether there was anything at all; an estate's first days have nothing to be compared with."""
    return bool(day.backlog) or not nothing_happened(day)


def _growing(digest: Digest) -> bool:
    average = compare(digest, Figure.BACKLOG).usual
    return average is not None and digest.day.backlog > max(_size(average) * 1.5, _size(average) + 2)


def _size(amount: Amount) -> float:
    """Times in seconds, everything else as it is."""
    return amount.total_seconds() if isinstance(amount, timedelta) else float(amount)


def _weight(day: DayFigures, figure: Figure) -> int:
    return day.score_count if figure is Figure.SCORE else 1


def _trend(figure: Figure, now: float, average: float) -> Trend:
    change = now - average
    if abs(change) < max(average * SHARE, LEAST.get(figure, LEAST_COUNT)):
        return Trend.LEVEL
    return Trend.UP if change > 0 else Trend.DOWN


def _better(figure: Figure, trend: Trend | None) -> bool | None:
    if trend in {None, Trend.LEVEL} or figure in NEUTRAL:
        return None
    return (trend is Trend.UP) == (figure in MORE_IS_BETTER)
