"""An estate's own answers, and what its managers look into."""

from collections.abc import Mapping

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import metadata, partial
from storage.types import Id, Moment, Packed

OPEN_INVESTIGATION = text("closed_at IS NULL")

answers = Table(
    "answers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("questions", Packed(Mapping[str, tuple[str, ...]]), nullable=False),
    Column("words", Packed(Mapping[str, str]), nullable=False),
    Column("changed_by", ForeignKey("people.id")),
    Column("changed_at", Moment),
    UniqueConstraint("estate_id", "code"),
)

investigations = Table(
    "investigations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("spot", String, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("finding", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("closed_by", ForeignKey("people.id")),
    Column("closed_at", Moment),
)
Index("ix_investigations_estate", investigations.c.estate_id, investigations.c.opened_at)
partial(
    "uq_investigations_open",
    investigations.c.estate_id,
    investigations.c.kind,
    investigations.c.spot,
    where=OPEN_INVESTIGATION,
    unique=True,
)

#: which complaints an investigation is about
investigated = Table(
    "investigated",
    metadata,
    Column("investigation_id", ForeignKey("investigations.id"), nullable=False),
    Column("request_id", ForeignKey("requests.id"), nullable=False),
    PrimaryKeyConstraint("investigation_id", "request_id"),
    sqlite_with_rowid=False,
)
Index("ix_investigated_request", investigated.c.request_id)
