"""What the office tells many residents at once."""

from collections.abc import Mapping

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from desk.records import Media
from storage.tables.base import metadata, partial
from storage.types import Id, Moment, Packed

LASTING = text("over_at IS NULL")

announcements = Table(
    "announcements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("author_id", ForeignKey("people.id"), nullable=False),
    Column("words", Packed(Mapping[str, str]), nullable=False),
    Column("media", Packed(tuple[Media, ...]), nullable=False),
    Column("building", String, nullable=False),
    Column("floor", Integer),
    Column("kinds", Packed(tuple[str, ...]), nullable=False),
    Column("start", Moment, nullable=False),
    Column("until", Moment),
    Column("made_at", Moment, nullable=False),
    Column("over_at", Moment),
    Column("reached", Integer, nullable=False),
    Column("explained", Integer, nullable=False),
)
Index("ix_announcements_estate_made", announcements.c.estate_id, announcements.c.made_at)
partial("ix_announcements_lasting", announcements.c.estate_id, announcements.c.id, where=LASTING)
