"""Visitors, what happened to them, and the secrets that passes are made with; in SQL."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from desk.errors import Conflict, NotFound
from desk.plates import comparable
from desk.records import Actor
from desk.records.visitors import VisitChange, VisitEvent, Visitor
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Shape, Values, once_only
from storage.tables.visitors import HAS_CODE, HAS_PLATE, STILL_OPEN, pass_keys, visitor_events, visitors

#: what a visitor never changes
FIXED = ("id", "number", "estate_id", "home_id")
#: bytes of an estate's secret
SECRET = 32

VISITOR = Shape(Visitor, visitors)
EVENT = Shape(VisitEvent, visitor_events, apart=["actor"])
ACTOR = [visitor_events.c[f"actor_{part}"] for part in ("role", "person_id", "name", "badge")]


def read_event(row: Sequence[Any]) -> VisitEvent:
    """The event in a row of its columns and the actor's."""
    *_, role, person_id, name, badge = row
    values = dict(zip(EVENT.names, row, strict=False))
    return VisitEvent(**values, actor=Actor(role=role, person_id=person_id, name=name, badge=badge))


ADD = Prepared(insert(visitors).returning(visitors.c.id))
ADD_EVENT = Prepared(insert(visitor_events).returning(visitor_events.c.id))
RECORD = Prepared(
    update(visitors).where(visitors.c.id == bindparam("sought"), visitors.c.version == bindparam("seen"))
)
FORGET = Prepared(
    update(visitor_events).where(visitor_events.c.visitor_id == bindparam("sought")).values(why="", data={})
)
BY_ID = Query(select(*VISITOR.columns).where(visitors.c.id == bindparam("sought")), VISITOR.read)
EVENTS = Query(
    select(*EVENT.columns, *ACTOR)
    .where(visitor_events.c.visitor_id == bindparam("visitor"))
    .order_by(visitor_events.c.id),
    read_event,
)
OF_HOST = Query(
    select(*VISITOR.columns)
    .where(visitors.c.host_id == bindparam("person"))
    .order_by(visitors.c.registered_at.desc(), visitors.c.id.desc())
    .limit(bindparam("most")),
    VISITOR.read,
)
IN_HOME = Query(
    select(*VISITOR.columns)
    .where(visitors.c.home_id == bindparam("home"), STILL_OPEN)
    .order_by(visitors.c.end, visitors.c.id),
    VISITOR.read,
)
BY_CODE = Query(
    select(*VISITOR.columns).where(
        visitors.c.estate_id == bindparam("estate"), visitors.c.code_hash == bindparam("hash"), HAS_CODE
    ),
    VISITOR.read,
)
BY_PLATE = Query(
    select(*VISITOR.columns)
    .where(visitors.c.estate_id == bindparam("estate"), visitors.c.plate == bindparam("typed"), HAS_PLATE)
    .order_by(visitors.c.id.desc())
    .limit(bindparam("most")),
    VISITOR.read,
)
AT_GATE = Query(
    select(*VISITOR.columns)
    .where(visitors.c.estate_id == bindparam("estate"), STILL_OPEN)
    .where(visitors.c.end > bindparam("since"), visitors.c.start < bindparam("until"))
    .order_by(visitors.c.end, visitors.c.id)
    .limit(bindparam("most")),
    VISITOR.read,
)
BY_NAME = Query(
    select(*VISITOR.columns)
    .where(visitors.c.estate_id == bindparam("estate"))
    .where(visitors.c.end > bindparam("since"), visitors.c.start < bindparam("until"))
    .where(visitors.c.name_key.contains(bindparam("typed"), escape="~"))
    .order_by(visitors.c.end.desc(), visitors.c.id.desc())
    .limit(bindparam("most")),
    VISITOR.read,
)
NEXT_NUMBER = Prepared(
    update(pass_keys)
    .where(pass_keys.c.estate_id == bindparam("estate"))
    .values(visitors=pass_keys.c.visitors + 1)
    .returning(pass_keys.c.visitors)
)
KEY = Prepared(select(pass_keys.c.key).where(pass_keys.c.estate_id == bindparam("estate")))
DRAW = Prepared(lambda into: into(pass_keys).on_conflict_do_nothing(index_elements=["estate_id"]))


class SqlVisitors:
    """`desk.ports.Visitors` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, visitor_id: int) -> Visitor:
        """The visitor; raises `NotFound`."""
        found = BY_ID.first(self._link, {"sought": visitor_id})
        if found is None:
            raise NotFound
        return found

    def add(self, change: VisitChange) -> VisitChange:
        """Notes a new visitor under the estate's next number; both come back with their ids."""
        visitor = replace(change.visitor, number=self._next_number(change.visitor.estate_id))
        return self._keep(replace(visitor, id=ADD.value(self._link, written(visitor))), change.event)

    def record(self, change: VisitChange) -> VisitChange:
        """Writes the next version and its event; raises `Conflict` if somebody was quicker, or if another
        visitor of the estate has the code."""
        visitor = change.visitor
        values = {name: value for name, value in written(visitor).items() if name not in FIXED}
        values |= {"sought": visitor.id, "seen": visitor.version - 1}
        with once_only(self._link):
            changed = RECORD.change(self._link, values)
        if changed == 0:
            raise Conflict
        return self._keep(visitor, change.event)

    def events(self, visitor_id: int) -> tuple[VisitEvent, ...]:
        """What happened, oldest first."""
        return EVENTS.all(self._link, {"visitor": visitor_id})

    def of_host(self, person_id: int, limit: int = 20) -> tuple[Visitor, ...]:
        """Whom a person registered or let in, newest first."""
        return OF_HOST.all(self._link, {"person": person_id, "most": limit})

    def open_in_home(self, home_id: int) -> tuple[Visitor, ...]:
        """Who is expected or inside, by when their time ends."""
        return IN_HOME.all(self._link, {"home": home_id})

    def by_code(self, estate_id: int, code_hash: str) -> Visitor | None:
        """Whose pass has this code, good or not."""
        return BY_CODE.first(self._link, {"estate": estate_id, "hash": code_hash})

    def by_plate(self, estate_id: int, plate: str, limit: int = 5) -> tuple[Visitor, ...]:
        """Who comes with this car, newest first."""
        return BY_PLATE.all(self._link, {"estate": estate_id, "typed": plate, "most": limit})

    def at_gate(self, estate_id: int, since: datetime, until: datetime, limit: int) -> tuple[Visitor, ...]:
        """Who is expected or inside, and whose time ends after `since` and begins before `until`; the
        earliest end first."""
        wanted = {"estate": estate_id, "since": since, "until": until, "most": limit}
        return AT_GATE.all(self._link, wanted)

    def by_name(
        self, estate_id: int, wanted: str, since: datetime, until: datetime, limit: int
    ) -> tuple[Visitor, ...]:
        """Who has this in their name (as `desk.plates.comparable` writes it), and whose time ends after
        `since` and begins before `until`; good or not, the latest end first."""
        typed = "".join(f"~{sign}" if sign in "~%_" else sign for sign in wanted)
        window = {"estate": estate_id, "since": since, "until": until}
        return BY_NAME.all(self._link, {**window, "typed": typed, "most": limit})

    def forget_words(self, visitor_id: int) -> None:
        """Empties the reasons and data of what happened; who did what and when stays."""
        FORGET.change(self._link, {"sought": visitor_id})

    def key(self, estate_id: int) -> bytes:
        """The estate's secret, drawn the first time that it is asked for."""
        wanted = {"estate": estate_id}
        if not KEY.rows(self._link, wanted):
            DRAW.change(self._link, {"estate_id": estate_id, "key": secrets.token_hex(SECRET), "visitors": 0})
        return bytes.fromhex(KEY.value(self._link, wanted))

    def _next_number(self, estate_id: int) -> int:
        self.key(estate_id)  # the count stands beside it
        number: int = NEXT_NUMBER.value(self._link, {"estate": estate_id})
        return number

    def _keep(self, visitor: Visitor, event: VisitEvent) -> VisitChange:
        event = replace(event, visitor_id=visitor.id)
        event = replace(event, id=ADD_EVENT.value(self._link, written_event(event)))
        return VisitChange(visitor=visitor, event=event)


def written(visitor: Visitor) -> Values:
    """The columns of a visitor; the name is there twice, once as it is looked for."""
    return {**VISITOR.values(visitor), "name_key": comparable(visitor.name)}


def written_event(event: VisitEvent) -> Values:
    """The columns of an event; who signed it is four."""
    actor = event.actor
    return {
        **EVENT.values(event),
        "actor_role": actor.role,
        "actor_person_id": actor.person_id,
        "actor_name": actor.name,
        "actor_badge": actor.badge,
    }
