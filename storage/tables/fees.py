"""Fees: tariffs, meters, charges and payments."""

from collections.abc import Mapping

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, text

from desk.records.fees import Basis, FeeType
from storage.tables.base import metadata, partial
from storage.types import Day, Exact, Id, Moment, Packed, Sum, Word

DISPUTED = text("dispute_id IS NOT NULL")

tariffs = Table(
    "tariffs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("title", Packed(Mapping[str, str]), nullable=False),
    Column("type", Word(FeeType), nullable=False),
    Column("basis", Word(Basis), nullable=False),
    Column("measure", String, nullable=False),
    Column("price", Exact, nullable=False),
    Column("since", Day, nullable=False),
    UniqueConstraint("estate_id", "code", "since"),
)

meters = Table(
    "meters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("tariff", String, nullable=False),
    UniqueConstraint("estate_id", "code"),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meter_id", ForeignKey("meters.id"), nullable=False),
    Column("at", Day, nullable=False),
    Column("value", Exact, nullable=False),
    UniqueConstraint("meter_id", "at"),
)

charges = Table(
    "charges",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id"), nullable=False),
    Column("period", String, nullable=False),
    Column("tariff", String, nullable=False),
    Column("line", String, nullable=False),
    Column("type", Word(FeeType), nullable=False),
    Column("title", Packed(Mapping[str, str]), nullable=False),
    Column("quantity", Exact),
    Column("measure", String, nullable=False),
    Column("price", Exact),
    Column("start", Exact),
    Column("end", Exact),
    Column("amount", Sum, nullable=False),
    Column("due", Day, nullable=False),
    Column("once", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("dispute_id", ForeignKey("requests.id")),
    UniqueConstraint("home_id", "period", "tariff", "line"),
)
Index("ix_charges_estate", charges.c.estate_id, charges.c.period)
partial("ix_charges_dispute", charges.c.dispute_id, where=DISPUTED)

payments = Table(
    "payments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("amount", Sum, nullable=False),
    Column("method", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("provider", String, nullable=False),
    UniqueConstraint("estate_id", "reference"),
)
Index("ix_payments_home", payments.c.home_id, payments.c.at)
