"""Persons, where they live, their posts, and the codes they came in by."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table, UniqueConstraint, text

from desk.records import Role
from storage.tables.base import metadata, partial
from storage.types import Id, Moment, Packed, Word

LIVING_THERE = text("until IS NULL")

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("language", String),
    Column("telegram_language", String, nullable=False),
    Column("blocked", Boolean, nullable=False),
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
)
