"""What happened in a stretch of time, in memory."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from desk.figures import Job, Move, Score, Standing
from desk.records import Event, Request, Survey
from storage.memory.shelves import Room, Shelf


class MemoryStatistics:
    """`desk.ports.Statistics` in memory."""

    def __init__(self, room: Room) -> None:
        self._requests = Shelf(room, "requests", Request)
        self._events = Shelf(room, "events", Event)
        self._surveys = Shelf(room, "surveys", Survey)

    def moves(self, estate_id: int, since: datetime, until: datetime) -> tuple[Move, ...]:
        """Every change of state before `until` of each request that had one in [since, until)."""
        then = self._histories(estate_id, until)
        touched = ((request, events) for request, events in then if events[-1].at >= since)
        return tuple(move for request, events in touched for move in moves(request, events))

    def open_at(self, estate_id: int, moment: datetime) -> tuple[Standing, ...]:
        """What was open just before a moment, each in the state of then; the longest open first."""
        then = self._histories(estate_id, moment)
        standings = (Standing(job=job(request), state=events[-1].after) for request, events in then)
        found = (standing for standing in standings if standing.state.open)
        return tuple(sorted(found, key=lambda standing: (standing.job.opened_at, standing.job.id)))

    def scores(self, estate_id: int, since: datetime, until: datetime) -> tuple[Score, ...]:
        """The scores that residents gave in [since, until), oldest first."""
        numbers = {request.id: request.number for request in self._requests.all()}
        found = [
            Score(number=numbers[one.request_id], score=one.score, words=one.words, at=one.answered_at)
            for one in sorted(self._surveys.all(), key=lambda survey: survey.request_id)
            if one.estate_id == estate_id and one.score is not None
            if one.answered_at is not None and since <= one.answered_at < until
        ]
        return tuple(sorted(found, key=lambda score: score.at))

    def _histories(self, estate_id: int, until: datetime) -> list[tuple[Request, list[Event]]]:
        """Each request of an estate with what had happened to it before a moment, if something had."""
        before: dict[int, list[Event]] = {}
        for event in self._events.all():
            if event.estate_id == estate_id and event.at < until:
                before.setdefault(event.request_id, []).append(event)
        return [(request, before[request.id]) for request in self._requests.all() if request.id in before]


def moves(request: Request, events: Iterable[Event]) -> Iterator[Move]:
    """The events that changed the state of a request."""
    for event in events:
        if event.before is not event.after:
            yield Move(job=job(request), at=event.at, before=event.before, after=event.after)


def job(request: Request) -> Job:
    """What the statistics need of a request."""
    return Job(
        id=request.id,
        number=request.number,
        kind=request.kind,
        opened_at=request.opened_at,
        solve_by=request.solve_by,
        paused_at=request.paused_at,
    )
