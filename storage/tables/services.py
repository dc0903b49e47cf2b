"""Services of an estate, and their slots that are taken."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from desk.records import Opening
from desk.records.services import Field
from storage.tables.base import metadata
from storage.types import Id, Moment, Packed

services = Table(
    "services",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("title", Packed(Mapping[str, str]), nullable=False),
    Column("about", Packed(Mapping[str, str]), nullable=False),
    Column("fields", Packed(tuple[Field, ...]), nullable=False),
    Column("queue_id", ForeignKey("queues.id"), nullable=False),
    Column("kinds", Packed(tuple[str, ...]), nullable=False),
    Column("promise", Packed(timedelta), nullable=False),
    Column("hours", Packed(tuple[Opening, ...]), nullable=False),
    Column("length", Packed(timedelta), nullable=False),
    Column("room", Integer, nullable=False),
    Column("ticket", String, nullable=False),
    Column("open", Boolean, nullable=False),
    UniqueConstraint("estate_id", "code"),
)

bookings = Table(
    "bookings",
    metadata,
    Column("request_id", ForeignKey("requests.id"), primary_key=True),
    Column("service_id", ForeignKey("services.id"), nullable=False),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("seat", Integer, nullable=False),
)
#: one seat is given once
Index("uq_bookings_seat", bookings.c.service_id, bookings.c.start, bookings.c.seat, unique=True)
