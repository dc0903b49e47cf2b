"""What is to be sent and when: outbox, messages, timers."""

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

from desk.mail import Fate, Lane, Verb
from desk.records import Json
from storage.tables.base import metadata, partial
from storage.types import Id, Moment, Packed, Rank, Word

UNSENT = text("fate IS NULL")
UNSENT_KEYED = text("fate IS NULL AND key <> ''")
REFUSED = text("fate = 'refused'")
SETTLED = text("fate IS NOT NULL")

#: A timer leaves the table when it has fired, so the index over all of them is one over what is to come.
timers = Table(
    "timers",
    metadata,
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("payload", Packed(Mapping[str, Json]), nullable=False),
    Column("attempts", Integer, nullable=False),
)
Index("ix_timers_due", timers.c.due_at, timers.c.key)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("queue_id", ForeignKey("queues.id")),
    Column("lane", Rank(Lane), nullable=False),
    Column("verb", Word(Verb), nullable=False),
    Column("key", String, nullable=False),
    Column("payload", Packed(Mapping[str, Json]), nullable=False),
    Column("not_before", Moment),
    Column("attempts", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    #: the revision that last asked for a new message; once that one is out, later ones are edits
    Column("reposted", Integer, nullable=False),
    Column("fate", Word(Fate)),
    Column("why", Text, nullable=False),
    Column("settled_at", Moment),
    Column("since", Moment),
    sqlite_autoincrement=True,  # the sender walks by id: a number must not come back after a sweep
)
partial("ix_outbox_unsent", outbox.c.bot_id, outbox.c.id, where=UNSENT)
partial(
    "uq_outbox_unsent_key",
    outbox.c.bot_id,
    outbox.c.chat_id,
    outbox.c.key,
    where=UNSENT_KEYED,
    unique=True,
)
partial("ix_outbox_refused", outbox.c.bot_id, outbox.c.id, where=REFUSED)
partial("ix_outbox_settled", outbox.c.settled_at, where=SETTLED)

messages = Table(
    "messages",
    metadata,
    Column("bot_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("key", String, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("bot_id", "chat_id", "key"),
    sqlite_with_rowid=False,
)
