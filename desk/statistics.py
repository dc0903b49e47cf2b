"""How a day went: figures computed from what happened, and what stands out in them.

A day is the estate's local calendar day. What was true "at the end of the day" is told from the history,
so that the digest of a day says the same whenever it is made; only promises that were moved later by a
pause are judged as they stand now. Times are wall-clock times, nights included.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from statistics import median

from desk.calendar import day_of
from desk.figures import Comment, DayFigures, Digest, Job, KindCount, Move, Oldest, Score, Standing
from desk.lifecycle import PAUSES
from desk.ports import Work
from desk.records import Estate, Request, State

#: how many days a digest is compared with
WEEK = 7
#: the lowest score that says "satisfied"
SATISFIED = 4
UNCLAIMED = frozenset({State.NEW, State.ASSIGNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A local day as a stretch of time; the end is exclusive."""

    date: date
    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Whether this moment is part of the day."""
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All moves of one request, oldest first."""

    job: Job
    moves: tuple[Move, ...]

    def state_at(self, moment: datetime) -> State | None:
        """The state just before a moment; None before it was filed."""
        return next((move.after for move in reversed(self.moves) if move.at < moment), None)

    def filed_on(self, day: CalendarDay) -> bool:
        """Whether it was filed on that day."""
        return any(move.before is None and day.holds(move.at) for move in self.moves)

    def closed_on(self, day: CalendarDay) -> bool:
        """Whether it was closed on that day; twice counts once."""
        return any(move.after is State.CLOSED and day.holds(move.at) for move in self.moves)

    def claim_time(self, day: CalendarDay) -> timedelta | None:
        """From filing to the first claim, if that was on this day; a claim after a release is no first."""
        claims = (m for m in self.moves if m.before in UNCLAIMED and m.after is State.ACCEPTED)
        first = next(claims, None)
        return _between(self.job.opened_at, first.at) if first and day.holds(first.at) else None

    def solve_time(self, day: CalendarDay) -> timedelta | None:
        """Working time until the day's last "done", if there was one: open, and neither asked nor held."""
        done = [m.at for m in self.moves if m.after is State.DONE and day.holds(m.at)]
        return self._worked(until=done[-1]) if done else None

    def _worked(self, until: datetime) -> timedelta:
        spent = timedelta()
        for move, following in zip(self.moves, self.moves[1:], strict=False):
            if move.after.open and move.after not in PAUSES and following.at <= until:
                spent += _between(move.at, following.at)
        return spent


def _between(start: datetime, end: datetime) -> timedelta:
    """How long it took; nothing, if the clock was set back in between."""
    return max(end - start, timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Everything that eight days are computed from."""

    histories: tuple[History, ...]
    #: open all the time, and nothing happened to them
    resting: tuple[Standing, ...]
    scores: tuple[Score, ...]

    def open_at(self, moment: datetime) -> list[Standing]:
        """Requests that were open just before a moment, the longest first."""
        moved = ((history.job, history.state_at(moment)) for history in self.histories)
        found = [Standing(job=job, state=state) for job, state in moved if state and state.open]
        return sorted([*self.resting, *found], key=lambda standing: (standing.job.opened_at, standing.job.id))


def calendar_day(day: date, zone: str) -> CalendarDay:
    """When a local day starts and ends; a midnight that is skipped is the moment of the change."""
    start, end = day_of(day, zone)
    return CalendarDay(date=day, start=start, end=end)


def digest(work: Work, estate: Estate, day: date, without: Collection[int] = ()) -> Digest:
    """The digest of an estate's day; of a day that is not over yet, as if nothing more happened in it. It is
    counted without these requests, which its reader must not know of (`desk.discretion`)."""
    days = [calendar_day(day - timedelta(days=back), estate.time_zone) for back in range(WEEK, -1, -1)]
    past = _past(work, estate.id, days[0].start, days[-1].end, frozenset(without))
    *week, today = (day_figures(each, past) for each in days)
    return Digest(
        estate_id=estate.id,
        estate=estate.name,
        day=today,
        week=tuple(week),
        promises=estate.promises,
        reviews=len(work.surveys.reviews(estate.id, limit=100)),
    )


def _past(work: Work, estate_id: int, since: datetime, until: datetime, without: frozenset[int]) -> Past:
    everything = histories(work.statistics.moves(estate_id, since, until))
    found = tuple(history for history in everything if history.job.id not in without)
    moved = {history.job.id for history in everything} | without
    standings = work.statistics.open_at(estate_id, until)
    return Past(
        histories=found,
        resting=tuple(standing for standing in standings if standing.job.id not in moved),
        scores=work.statistics.scores(estate_id, since, until),
    )


def histories(moves: Iterable[Move]) -> tuple[History, ...]:
    """Moves, given request by request and oldest first, as one history a request."""
    grouped = (tuple(group) for _, group in groupby(moves, key=lambda move: move.job.id))
    return tuple(History(job=group[0].job, moves=group) for group in grouped)


def day_figures(day: CalendarDay, past: Past) -> DayFigures:
    """The figures of one day; what each of them means stands in `DayFigures`."""
    standings = past.open_at(day.end)
    new = [history.job for history in past.histories if history.filed_on(day)]
    scores = [score for score in past.scores if day.holds(score.at)]
    return DayFigures(
        day=day.date,
        new=len(new),
        closed=sum(history.closed_on(day) for history in past.histories),
        backlog=len(standings),
        oldest=_oldest(standings, day.end),
        unclaimed=sum(standing.state in UNCLAIMED for standing in standings),
        late=sum(is_late(standing.job, day.end) for standing in standings),
        claim_median=_median(history.claim_time(day) for history in past.histories),
        solve_median=_median(history.solve_time(day) for history in past.histories),
        score=mean_score(scores),
        score_count=len(scores),
        satisfied=sum(score.score >= SATISFIED for score in scores),
        worst=_worst(scores),
        kinds=_top_kinds(new),
    )


def is_late(job: Job | Request, moment: datetime) -> bool:
    """Whether the promise of an open request ran out before a moment, and before its clock stopped."""
    running_until = min(moment, job.paused_at) if job.paused_at else moment
    return job.solve_by < running_until


def mean_score(scores: Sequence[Score]) -> Decimal | None:
    """The mean to two places, None of none."""
    if not scores:
        return None
    return (Decimal(sum(score.score for score in scores)) / len(scores)).quantize(Decimal("0.01"))


def _median(times: Iterable[timedelta | None]) -> timedelta | None:
    seconds = [length.total_seconds() for length in times if length is not None]
    return timedelta(seconds=round(median(seconds))) if seconds else None


def _oldest(standings: Sequence[Standing], end: datetime) -> Oldest | None:
    if not standings:
        return None
    job = standings[0].job
    return Oldest(number=job.number, kind=job.kind, age=end - job.opened_at)


def _worst(scores: Sequence[Score]) -> Comment | None:
    said = [score for score in scores if score.score < SATISFIED and score.words.strip()]
    if not said:
        return None
    lowest = min(said, key=lambda score: (score.score, score.at))
    return Comment(number=lowest.number, score=lowest.score, words=lowest.words)


def _top_kinds(jobs: Sequence[Job], most: int = 5) -> tuple[KindCount, ...]:
    """The most frequent first; of equals the one with the smaller code, so that two runs agree."""
    counts = sorted(Counter(job.kind for job in jobs).items(), key=lambda item: (-item[1], item[0]))
    return tuple(KindCount(kind=kind, count=count) for kind, count in counts[:most])
