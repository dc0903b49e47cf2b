"""Requests and their audit trail, in SQL."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from desk.errors import Conflict, NotFound
from desk.records import Actor, Change, Event, Request, Slot, State
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Shape, Values
from storage.tables import OPEN, counters, events, requests

#: What a request never changes, so that rewriting it touches no index that it need not
FIXED = ("id", "estate_id", "number")

REQUEST = Shape(Request, requests, apart=["visit"])
EVENT = Shape(Event, events, apart=["actor"])
COLUMNS = [*REQUEST.columns, requests.c.visit_start, requests.c.visit_end]
ACTOR = [events.c[f"actor_{part}"] for part in ("role", "person_id", "name", "badge")]


def read(row: Sequence[Any]) -> Request:
    """The request in a row of `COLUMNS`."""
    *_, start, end = row
    request = REQUEST.read(row)
    return request if start is None else replace(request, visit=Slot(start=start, end=end))


def read_event(row: Sequence[Any]) -> Event:
    """The event in a row of its columns and the actor's."""
    *_, role, person_id, name, badge = row
    values = dict(zip(EVENT.names, row, strict=False))
    return Event(**values, actor=Actor(role=role, person_id=person_id, name=name, badge=badge))


NEXT_NUMBER = Prepared(
    lambda into: (
        into(counters)
        .values(requests=1)
        .on_conflict_do_update(index_elements=["estate_id"], set_={"requests": counters.c.requests + 1})
        .returning(counters.c.requests)
    )
)
ADD = Prepared(insert(requests).returning(requests.c.id))
ADD_EVENT = Prepared(insert(events).returning(events.c.id))
RECORD = Prepared(
    update(requests).where(requests.c.id == bindparam("sought"), requests.c.version == bindparam("seen"))
)
BY_ID = Query(select(*COLUMNS).where(requests.c.id == bindparam("sought")), read)
BY_NUMBER = Query(
    select(*COLUMNS).where(
        requests.c.estate_id == bindparam("estate"), requests.c.number == bindparam("quoted")
    ),
    read,
)
EVENTS = Query(
    select(*EVENT.columns, *ACTOR).where(events.c.request_id == bindparam("request")).order_by(events.c.id),
    read_event,
)
LAST_EVENT = Query(
    select(*EVENT.columns, *ACTOR)
    .where(events.c.request_id == bindparam("request"))
    .order_by(events.c.id.desc())
    .limit(1),
    read_event,
)
OF_RESIDENT = Query(
    select(*COLUMNS)
    .where(requests.c.resident_id == bindparam("person"))
    .order_by(requests.c.opened_at.desc(), requests.c.id.desc())
    .limit(bindparam("most")),
    read,
)
OF_HOME = Query(
    select(*COLUMNS)
    .where(requests.c.home_id == bindparam("home"), requests.c.opened_at >= bindparam("since"))
    .order_by(requests.c.opened_at, requests.c.id),
    read,
)
#: read through the partial index of what is open, whatever is stored besides
OPEN_BY_STATE = Prepared(
    select(requests.c.state, func.count()).select_from(requests).where(OPEN).group_by(requests.c.state)
)
OF_WORKER = Query(
    select(*COLUMNS)
    .where(requests.c.worker_id == bindparam("person"), OPEN)
    .order_by(requests.c.opened_at, requests.c.id),
    read,
)
LINKED_TO = Query(
    select(*COLUMNS)
    .where(requests.c.linked_id == bindparam("request"))
    .order_by(requests.c.opened_at, requests.c.id),
    read,
)
AGAINST = Query(
    select(*COLUMNS)
    .where(requests.c.accused_id == bindparam("person"))
    .order_by(requests.c.opened_at, requests.c.id),
    read,
)
FIND = (
    select(*COLUMNS)
    .where(requests.c.estate_id == bindparam("estate"))
    .order_by(requests.c.opened_at, requests.c.id)
    .limit(bindparam("most"))
)


@cache
def _finding(states: int, kinds: int, since: bool, until: bool) -> Query[Request]:
    """The query for so many states and kinds: worked out once, as every new report looks for one like it."""
    column, query = requests.c, FIND
    if states:
        query = query.where(column.state.in_([bindparam(f"state{n}") for n in range(states)]))
    if kinds:
        query = query.where(column.kind.in_([bindparam(f"kind{n}") for n in range(kinds)]))
    if since:
        query = query.where(column.opened_at >= bindparam("since"))
    if until:
        query = query.where(column.opened_at < bindparam("until"))
    return Query(query, read)


class SqlRequests:
    """`desk.ports.Requests` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, request_id: int) -> Request:
        """The request; raises `NotFound`."""
        found = BY_ID.first(self._link, {"sought": request_id})
        if found is None:
            raise NotFound
        return found

    def by_number(self, estate_id: int, number: int) -> Request | None:
        """The request that a person quotes."""
        return BY_NUMBER.first(self._link, {"estate": estate_id, "quoted": number})

    def add(self, change: Change) -> Change:
        """Files a new request under the estate's next number; both come back with their ids."""
        number = self._next_number(change.request.estate_id)
        request = replace(change.request, number=number)
        request = replace(request, id=ADD.value(self._link, written(request)))
        return self._keep(request, change.event)

    def record(self, change: Change) -> Change:
        """Writes the next version and its event; raises `Conflict` if somebody was quicker."""
        request = change.request
        values = {name: value for name, value in written(request).items() if name not in FIXED}
        values |= {"sought": request.id, "seen": request.version - 1}
        if RECORD.change(self._link, values) == 0:
            raise Conflict
        return self._keep(request, change.event)

    def events(self, request_id: int) -> tuple[Event, ...]:
        """Its history, oldest first."""
        return EVENTS.all(self._link, {"request": request_id})

    def last_event(self, request_id: int) -> Event:
        """What happened to it last; raises `NotFound`."""
        found = LAST_EVENT.first(self._link, {"request": request_id})
        if found is None:
            raise NotFound
        return found

    def of_resident(self, person_id: int, limit: int = 20) -> tuple[Request, ...]:
        """What a person reported, newest first."""
        return OF_RESIDENT.all(self._link, {"person": person_id, "most": limit})

    def of_home(self, home_id: int, since: datetime) -> tuple[Request, ...]:
        """What was reported of a home from then on, oldest first."""
        return OF_HOME.all(self._link, {"home": home_id, "since": since})

    def open_by_state(self) -> dict[State, int]:
        """How many are open in each state, over all estates."""
        return dict(OPEN_BY_STATE.rows(self._link, {}))

    def of_worker(self, person_id: int) -> tuple[Request, ...]:
        """Open work of a worker, oldest first."""
        return OF_WORKER.all(self._link, {"person": person_id})

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
        query = _finding(len(states), len(kinds), since is not None, until is not None)
        wanted: Values = {f"state{n}": state for n, state in enumerate(sorted(states))}
        wanted |= {f"kind{n}": kind for n, kind in enumerate(sorted(kinds))}
        return query.all(
            self._link, {"estate": estate_id, "most": limit, "since": since, "until": until, **wanted}
        )

    def against(self, person_id: int) -> tuple[Request, ...]:
        """The complaints against a person, oldest first."""
        return AGAINST.all(self._link, {"person": person_id})

    def linked_to(self, request_id: int) -> tuple[Request, ...]:
        """The requests that point at this one, oldest first."""
        return LINKED_TO.all(self._link, {"request": request_id})

    def _next_number(self, estate_id: int) -> int:
        number: int = NEXT_NUMBER.value(self._link, {"estate_id": estate_id})
        return number

    def _keep(self, request: Request, event: Event) -> Change:
        event = replace(event, request_id=request.id)
        event = replace(event, id=ADD_EVENT.value(self._link, written_event(event)))
        return Change(request=request, event=event)


def written(request: Request) -> Values:
    """The columns of a request; the visit is two, so that visits can be searched by time."""
    visit = request.visit
    start, end = (visit.start, visit.end) if visit else (None, None)
    return {**REQUEST.values(request), "visit_start": start, "visit_end": end}


def written_event(event: Event) -> Values:
    """The columns of an event; who signed it is four, so that statistics can count by them."""
    actor = event.actor
    return {
        **EVENT.values(event),
        "actor_role": actor.role,
        "actor_person_id": actor.person_id,
        "actor_name": actor.name,
        "actor_badge": actor.badge,
    }
