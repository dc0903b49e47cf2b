"""Conversations, updates taken in, and those set aside."""

from collections.abc import Mapping

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from desk.records import Json
from dialogs.engine.answers import Answers
from dialogs.engine.runs import RunState
from storage.tables.base import metadata, partial
from storage.types import Moment, Packed, Word

RUN_OPEN = text("state = 'open'")
RUN_PARKED = text("state = 'parked'")
RUN_ENDED = text("state = 'ended'")
#: tried as often as the reception tries
DEAD = text("failures >= 3")
ASKED = text("asked_at IS NOT NULL")

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("script", String, nullable=False),
    Column("subject", Packed(Mapping[str, Json]), nullable=False),
    Column("answers", Packed(Answers), nullable=False),
    Column("state", Word(RunState), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("touched_at", Moment, nullable=False),
)
partial("uq_runs_open", runs.c.person_id, where=RUN_OPEN, unique=True)
partial("uq_runs_parked", runs.c.person_id, where=RUN_PARKED, unique=True)
partial("ix_runs_ended", runs.c.touched_at, where=RUN_ENDED)

updates = Table(
    "updates",
    metadata,
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("bot_id", "update_id"),
    sqlite_with_rowid=False,
)
Index("ix_updates_at", updates.c.at)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("asked_at", Moment),
    PrimaryKeyConstraint("bot_id", "update_id"),
)
Index("ix_dead_letters_last", dead_letters.c.last_at)
partial("ix_dead_letters_dead", dead_letters.c.bot_id, dead_letters.c.update_id, where=DEAD)
partial("ix_dead_letters_asked", dead_letters.c.bot_id, dead_letters.c.asked_at, where=ASKED)
