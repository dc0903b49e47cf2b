"""Persons, where they live, their posts, and the codes they came in by."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from desk.records import HomeRole, Role, Wishes
from storage.tables.base import metadata, partial
from storage.types import Id, Moment, Packed, Word

LIVING_THERE = text("until IS NULL")
KNOCKING = text("settled_at IS NULL")
ANSWERED_KNOCK = text("settled_at IS NOT NULL")

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("language", String),
    Column("telegram_language", String, nullable=False),
    Column("blocked", Boolean, nullable=False),
    Column("wishes", Packed(Wishes), nullable=False, server_default="{}"),
)

occupancies = Table(
    "occupancies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id"), nullable=False),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("role", Word(HomeRole), nullable=False, server_default="owner"),
    Column("added_by", ForeignKey("people.id")),
    Column("ended_by", ForeignKey("people.id")),
)
Index("ix_occupancies_person", occupancies.c.person_id, occupancies.c.since)
Index("ix_occupancies_home", occupancies.c.home_id)
partial(
    "uq_occupancies_living_there",
    occupancies.c.person_id,
    occupancies.c.home_id,
    where=LIVING_THERE,
    unique=True,
)

knocks = Table(
    "knocks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id")),
    Column("door", String, nullable=False),
    Column("role", Word(HomeRole), nullable=False),
    Column("words", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", ForeignKey("people.id")),
    Column("granted", Boolean, nullable=False),
)
Index("ix_knocks_person", knocks.c.person_id, knocks.c.asked_at)
partial("ix_knocks_settled", knocks.c.settled_at, where=ANSWERED_KNOCK)
partial("ix_knocks_open", knocks.c.estate_id, knocks.c.asked_at, where=KNOCKING)

staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("badge", String, nullable=False),
    Column("queues", Packed(tuple[int, ...]), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    UniqueConstraint("person_id", "estate_id", "role"),
)
Index("ix_staff_estate", staff.c.estate_id, staff.c.role)

codes = Table(
    "codes",
    metadata,
    Column("hash", String, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id")),
    Column("role", Word(Role)),
    Column("queue_id", ForeignKey("queues.id")),
    Column("badge", String, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("spent_at", Moment),
    Column("spent_by", ForeignKey("people.id")),
    Column("home_role", Word(HomeRole), nullable=False, server_default="owner"),
    Column("lives_until", Moment),
    Column("issued_by", ForeignKey("people.id")),
)
Index("ix_codes_home", codes.c.home_id)
