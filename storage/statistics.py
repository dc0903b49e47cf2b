"""What happened in a stretch of time, in SQL: light rows, from which the desk computes its figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, or_, select

from desk.figures import Job, Move, Score, Standing
from desk.records import State
from storage.link import Link
from storage.rows import Shape
from storage.tables import ANSWERED, events, requests, surveys

JOB = Shape(Job, requests)
#: named one by one, so that the index (estate_id, state, opened_at) is searched once for each
OPEN_STATES = [state for state in State if state.open]

#: a request of the outer query had a change in [since, until); read from the index (estate_id, at)
_in_range = (
    select(events.c.request_id)
    .where(
        events.c.estate_id == bindparam("estate"),
        events.c.at >= bindparam("since"),
        events.c.at < bindparam("until"),
    )
    .scalar_subquery()
)
MOVES = (
    select(*JOB.columns, events.c.at, events.c.before, events.c.after)
    .join(requests, requests.c.id == events.c.request_id)
    .where(
        events.c.request_id.in_(_in_range),
        events.c.at < bindparam("until"),
        or_(events.c.before.is_(None), events.c.before != events.c.after),
    )
    .order_by(events.c.request_id, events.c.id)
)

_later = events.alias("later")
_earlier = events.alias("earlier")

#: open now, and nothing has happened since the moment
STILL_OPEN = select(*JOB.columns, requests.c.state).where(
    requests.c.estate_id == bindparam("estate"),
    requests.c.state.in_(OPEN_STATES),
    requests.c.opened_at < bindparam("moment"),
    ~exists().where(_later.c.request_id == requests.c.id, _later.c.at >= bindparam("moment")),
)
#: something has happened since; the first of it says in which state the request was until then
OPEN_THEN = (
    select(*JOB.columns, events.c.before)
    .join(requests, requests.c.id == events.c.request_id)
    .where(
        events.c.estate_id == bindparam("estate"),
        events.c.at >= bindparam("moment"),
        events.c.before.in_(OPEN_STATES),
        ~exists().where(
            _earlier.c.request_id == events.c.request_id,
            _earlier.c.id < events.c.id,
            _earlier.c.at >= bindparam("moment"),
        ),
    )
)
SCORES = (
    select(requests.c.number, surveys.c.score, surveys.c.words, surveys.c.answered_at)
    .join(requests, requests.c.id == surveys.c.request_id)
    .where(
        surveys.c.estate_id == bindparam("estate"),
        ANSWERED,
        surveys.c.answered_at >= bindparam("since"),
        surveys.c.answered_at < bindparam("until"),
        surveys.c.score.is_not(None),
    )
    .order_by(surveys.c.answered_at, surveys.c.request_id)
)


class SqlStatistics:
    """`desk.ports.Statistics` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def moves(self, estate_id: int, since: datetime, until: datetime) -> tuple[Move, ...]:
        """Every change of state before `until` of each request that had one in [since, until)."""
        found = self._rows(MOVES, estate=estate_id, since=since, until=until)
        return tuple(read_move(row) for row in found)

    def open_at(self, estate_id: int, moment: datetime) -> tuple[Standing, ...]:
        """What was open just before a moment, each in the state of then; the longest open first."""
        found = [
            row
            for query in (STILL_OPEN, OPEN_THEN)
            for row in self._rows(query, estate=estate_id, moment=moment)
        ]
        standings = [Standing(job=JOB.read(row), state=row[-1]) for row in found]
        return tuple(sorted(standings, key=lambda standing: (standing.job.opened_at, standing.job.id)))

    def scores(self, estate_id: int, since: datetime, until: datetime) -> tuple[Score, ...]:
        """The scores that residents gave in [since, until), oldest first."""
        found = self._rows(SCORES, estate=estate_id, since=since, until=until)
        return tuple(
            Score(number=number, score=score, words=words, at=at) for number, score, words, at in found
        )

    def _rows(self, query: Any, **wanted: object) -> Sequence[Any]:
        rows: Sequence[Any] = self._link.sql.execute(query, wanted).all()
        return rows


def read_move(row: Sequence[Any]) -> Move:
    """The move in a row of a job's columns and the event's."""
    *_, at, before, after = row
    return Move(job=JOB.read(row), at=at, before=before, after=after)
