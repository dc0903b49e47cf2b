"""Estates, their homes, queues and counters."""

from collections.abc import Mapping

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from desk.records import Opening, Promises, Rules, SurveyRules
from storage.tables.base import metadata
from storage.types import Clock, Exact, Id, Packed

estates = Table(
    "estates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("time_zone", String, nullable=False),
    Column("languages", Packed(tuple[str, ...]), nullable=False),
    Column("country", String, nullable=False),
    Column("currency", String, nullable=False),
    Column("hours", Packed(tuple[Opening, ...]), nullable=False),
    Column("promises", Packed(Promises), nullable=False),
    Column("survey", Packed(SurveyRules), nullable=False),
    Column("digest_at", Clock, nullable=False),
    Column("staff_chat", BigInteger),
    Column("staff_forum", Boolean, nullable=False),
    Column("rules", Packed(Rules), nullable=False, server_default="{}"),
)

#: The last number given out in an estate; its row is the lock that keeps two requests from getting the same.
counters = Table(
    "counters",
    metadata,
    Column("estate_id", ForeignKey("estates.id"), primary_key=True),
    Column("requests", Integer, nullable=False),
)

homes = Table(
    "homes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("area", Exact),
    Column("building", String, nullable=False, server_default=""),
    Column("floor", Integer),
    UniqueConstraint("estate_id", "code"),
)

queues = Table(
    "queues",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("title", Packed(Mapping[str, str]), nullable=False),
    Column("kinds", Packed(tuple[str, ...]), nullable=False),
    Column("hours", Packed(tuple[Opening, ...]), nullable=False),
    Column("topic", BigInteger),
    UniqueConstraint("estate_id", "code"),
)
