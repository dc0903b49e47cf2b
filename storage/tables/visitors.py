"""Visitors, their audit trail, and the secrets that passes are made with."""

from collections.abc import Mapping

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from desk.records import Json, Role
from desk.records.visitors import Days, Mode, Stay
from storage.tables.base import metadata, partial
from storage.types import Id, Moment, Packed, Word

#: as in `storage.tables.requests`: the same words in the index and in its queries
STILL_OPEN = text("state IN ('requested', 'approved', 'active', 'arrived')")
HAS_CODE = text("code_hash IS NOT NULL")
HAS_PLATE = text("plate <> ''")

visitors = Table(
    "visitors",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id"), nullable=False),
    Column("host_id", ForeignKey("people.id")),
    Column("guard_id", ForeignKey("people.id")),
    Column("name", String, nullable=False),
    #: the name as it is looked for
    Column("name_key", String, nullable=False),
    Column("plate", String, nullable=False),
    Column("people", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("mode", Word(Mode), nullable=False),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("days", Packed(Days)),
    Column("gate", String, nullable=False),
    Column("state", Word(Stay), nullable=False),
    Column("version", Integer, nullable=False),
    Column("issue", Integer, nullable=False),
    Column("code_hash", String),
    Column("registered_at", Moment, nullable=False),
    Column("arrived_at", Moment),
    Column("left_at", Moment),
    Column("entries", Integer, nullable=False),
    Column("purged_at", Moment),
    UniqueConstraint("estate_id", "number"),
)
partial("uq_visitors_code", visitors.c.estate_id, visitors.c.code_hash, where=HAS_CODE, unique=True)
partial("ix_visitors_plate", visitors.c.estate_id, visitors.c.plate, visitors.c.id, where=HAS_PLATE)
Index("ix_visitors_estate_end", visitors.c.estate_id, visitors.c.end)
partial("ix_visitors_open_home", visitors.c.home_id, visitors.c.end, where=STILL_OPEN)
Index("ix_visitors_host", visitors.c.host_id, visitors.c.registered_at)

visitor_events = Table(
    "visitor_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("visitor_id", ForeignKey("visitors.id"), nullable=False),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("name", String, nullable=False),
    Column("actor_role", Word(Role), nullable=False),
    Column("actor_person_id", ForeignKey("people.id")),
    Column("actor_name", String, nullable=False),
    Column("actor_badge", String, nullable=False),
    Column("before", Word(Stay)),
    Column("after", Word(Stay), nullable=False),
    Column("why", Text, nullable=False),
    Column("data", Packed(Mapping[str, Json]), nullable=False),
)
Index("ix_visitor_events_visitor", visitor_events.c.visitor_id, visitor_events.c.id)

pass_keys = Table(
    "pass_keys",
    metadata,
    Column("estate_id", ForeignKey("estates.id"), primary_key=True, autoincrement=False),
    Column("key", String, nullable=False),
    #: how many visitors the estate has numbered
    Column("visitors", Integer, nullable=False),
)
