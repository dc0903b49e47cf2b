"""Estates, requests, surveys and timers, in memory."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk.errors import Conflict, NotFound
from desk.records import Change, Estate, Event, Home, Queue, Request, State, Survey, Timer
from storage.memory.shelves import Room, Shelf


class MemoryEstates:
    """`desk.ports.Estates` in memory."""

    def __init__(self, room: Room) -> None:
        self._estates = Shelf(room, "estates", Estate, ["name"])
        self._homes = Shelf(room, "homes", Home, ["estate_id", "code"])
        self._queues = Shelf(room, "queues", Queue, ["estate_id", "code"])

    def all(self) -> tuple[Estate, ...]:
        """Every estate, by id."""
        return tuple(self._estates.all())

    def get(self, estate_id: int) -> Estate:
        """The estate; raises `NotFound`."""
        if estate := self._estates.get(estate_id):
            return estate
        raise NotFound

    def save(self, estate: Estate) -> Estate:
        """Adds it (id 0) or replaces it; raises `Conflict` if the name is taken."""
        check_place(self._estates.where(name=estate.name), estate.id, self._estates.get(estate.id))
        estate = replace(estate, id=estate.id or self._estates.next_id())
        self._estates.put(estate.id, estate)
        return estate

    def home(self, home_id: int) -> Home:
        """The home; raises `NotFound`."""
        if home := self._homes.get(home_id):
            return home
        raise NotFound

    def homes(self, estate_id: int) -> tuple[Home, ...]:
        """All homes of an estate, by code."""
        return tuple(sorted(self._homes.where(estate_id=estate_id), key=lambda home: home.code))

    def save_home(self, home: Home) -> Home:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        same = self._homes.where(estate_id=home.estate_id, code=home.code)
        check_place(same, home.id, self._homes.get(home.id))
        home = replace(home, id=home.id or self._homes.next_id())
        self._homes.put(home.id, home)
        return home

    def queue(self, queue_id: int) -> Queue:
        """The queue; raises `NotFound`."""
        if queue := self._queues.get(queue_id):
            return queue
        raise NotFound

    def queues(self, estate_id: int) -> tuple[Queue, ...]:
        """All queues of an estate, in the order they were added."""
        return tuple(self._queues.where(estate_id=estate_id))

    def save_queue(self, queue: Queue) -> Queue:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        same = self._queues.where(estate_id=queue.estate_id, code=queue.code)
        check_place(same, queue.id, self._queues.get(queue.id))
        queue = replace(queue, id=queue.id or self._queues.next_id())
        self._queues.put(queue.id, queue)
        return queue


def check_place(same: Sequence[Estate | Home | Queue], number: int, there: object) -> None:
    """Raises `NotFound` for a record to replace that is not there, `Conflict` for a name that is taken."""
    if number and there is None:
        raise NotFound
    if any(other.id != number for other in same):
        raise Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many requests an estate has numbered."""

    number: int


#: by what requests and surveys are looked up; the same for everybody who opens their shelves
REQUEST_MARKS = ("estate_id", "number", "resident_id", "home_id", "worker_id", "linked_id", "accused_id")
SURVEY_MARKS = ("estate_id",)


class MemoryRequests:
    """`desk.ports.Requests` in memory."""

    def __init__(self, room: Room) -> None:
        self._requests = Shelf(room, "requests", Request, REQUEST_MARKS)
        self._events = Shelf(room, "events", Event, ["request_id"])
        self._counts = Shelf(room, "counters", Count)

    def get(self, request_id: int) -> Request:
        """The request; raises `NotFound`."""
        if request := self._requests.get(request_id):
            return request
        raise NotFound

    def by_number(self, estate_id: int, number: int) -> Request | None:
        """The request that a person quotes."""
        return next(iter(self._requests.where(estate_id=estate_id, number=number)), None)

    def add(self, change: Change) -> Change:
        """Files a new request under the estate's next number; both come back with their ids."""
        estate_id = change.request.estate_id
        last = self._counts.get(estate_id) or Count(number=0)
        self._counts.put(estate_id, Count(number=last.number + 1))
        request = replace(change.request, id=self._requests.next_id(), number=last.number + 1)
        return self._keep(request, change.event)

    def record(self, change: Change) -> Change:
        """Writes the next version and its event; raises `Conflict` if somebody was quicker."""
        there = self._requests.get(change.request.id)
        if there is None or there.version != change.request.version - 1:
            raise Conflict
        return self._keep(change.request, change.event)

    def events(self, request_id: int) -> tuple[Event, ...]:
        """Its history, oldest first."""
        return tuple(self._events.where(request_id=request_id))

    def last_event(self, request_id: int) -> Event:
        """What happened to it last; raises `NotFound`."""
        history = self.events(request_id)
        if not history:
            raise NotFound
        return history[-1]

    def of_resident(self, person_id: int, limit: int = 20) -> tuple[Request, ...]:
        """What a person reported, newest first."""
        found = self._requests.where(resident_id=person_id)
        return tuple(sorted(found, key=age, reverse=True)[:limit])

    def of_home(self, home_id: int, since: datetime) -> tuple[Request, ...]:
        """What was reported of a home from then on, oldest first."""
        found = self._requests.where(home_id=home_id)
        return tuple(sorted((one for one in found if one.opened_at >= since), key=age))

    def open_by_state(self) -> dict[State, int]:
        """How many are open in each state, over all estates."""
        return dict(Counter(request.state for request in self._requests.all() if request.state.open))

    def of_worker(self, person_id: int) -> tuple[Request, ...]:
        """Open work of a worker, oldest first."""
        found = self._requests.where(worker_id=person_id)
        return tuple(sorted((request for request in found if request.state.open), key=age))

    def find(
        self,
        estate_id: int,
        *,
        states: Collection[State] = (),
        kinds: Collection[str] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
    ) -> tuple[Request, ...]:
        """Requests of an estate in these states and of these kinds (all if none), opened in [since, until),
        oldest first."""
        found = (
            request
            for request in self._requests.where(estate_id=estate_id)
            if (not states or request.state in states)
            and (not kinds or request.kind in kinds)
            and (since is None or request.opened_at >= since)
            and (until is None or request.opened_at < until)
        )
        return tuple(sorted(found, key=age)[:limit])

    def against(self, person_id: int) -> tuple[Request, ...]:
        """The complaints against a person, oldest first."""
        return tuple(sorted(self._requests.where(accused_id=person_id), key=age))

    def linked_to(self, request_id: int) -> tuple[Request, ...]:
        """The requests that point at this one, oldest first."""
        return tuple(sorted(self._requests.where(linked_id=request_id), key=age))

    def _keep(self, request: Request, event: Event) -> Change:
        event = replace(event, id=self._events.next_id(), request_id=request.id)
        self._requests.put(request.id, request)
        self._events.put(event.id, event)
        return Change(request=request, event=event)


def age(request: Request) -> tuple[datetime, int]:
    """What the oldest have the least of."""
    return request.opened_at, request.id


class MemorySurveys:
    """`desk.ports.Surveys` in memory."""

    def __init__(self, room: Room) -> None:
        self._surveys = Shelf(room, "surveys", Survey, SURVEY_MARKS)

    def get(self, request_id: int) -> Survey | None:
        """The survey of a request, once asked."""
        return self._surveys.get(request_id)

    def save(self, survey: Survey) -> None:
        """Adds or replaces."""
        self._surveys.put(survey.request_id, survey)

    def reviews(self, estate_id: int, limit: int = 50) -> tuple[Survey, ...]:
        """Low scores that no manager has looked into yet, the most urgent first."""
        due = [
            (survey.review_due, survey.request_id, survey)
            for survey in self._surveys.where(estate_id=estate_id)
            if survey.review_due is not None and survey.reviewed_at is None
        ]
        return tuple(survey for *_, survey in sorted(due, key=lambda entry: entry[:2])[:limit])


class MemoryTimers:
    """`desk.ports.Timers` in memory."""

    def __init__(self, room: Room) -> None:
        self._timers = Shelf(room, "timers", Timer)

    def set(self, timer: Timer) -> None:
        """Adds the timer, or moves the one with its key."""
        self._timers.put(timer.key, timer)

    def cancel(self, key: str) -> None:
        """Drops it if it is there."""
        self._timers.remove(key)

    def get(self, key: str) -> Timer | None:
        """The timer with this key, if it is still to come."""
        return self._timers.get(key)

    def take(self, now: datetime, limit: int = 100) -> tuple[Timer, ...]:
        """Due timers, locked until this transaction ends; each is then cancelled or set anew."""
        due = [timer for timer in self._timers.all() if timer.due_at <= now]
        return tuple(sorted(due, key=lambda timer: (timer.due_at, timer.key))[:limit])

    def next_due(self) -> datetime | None:
        """When the earliest one is due."""
        return min((timer.due_at for timer in self._timers.all()), default=None)

    def overdue(self, now: datetime) -> int:
        """How many are due."""
        return sum(timer.due_at <= now for timer in self._timers.all())
