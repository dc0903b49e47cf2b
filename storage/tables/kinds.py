"""What estates make of the taxonomy."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, UniqueConstraint

from desk.records import Place, Priority, Terms
from storage.tables.base import metadata
from storage.types import Id, Packed, Word

estate_kinds = Table(
    "estate_kinds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("group", String, nullable=False),
    Column("title", Packed(Mapping[str, str]), nullable=False),
    Column("off", Boolean, nullable=False),
    Column("queue", String, nullable=False),
    Column("priority", Word(Priority)),
    Column("respond", Packed(timedelta)),
    Column("solve", Packed(timedelta)),
    Column("terms", Packed(Terms)),
    Column("photo", Boolean, nullable=False),
    Column("place", Word(Place)),
    UniqueConstraint("estate_id", "code"),
)
