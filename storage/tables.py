"""The tables, and the indexes that keep every hot query as fast at a million requests as at a thousand.

Columns carry the names of the records' fields, so that a row becomes a record without a list of names. The
migrations in `storage/migrations/` build the same tables; a test compares the two.
"""

from collections.abc import Mapping

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    text,
)

from desk.mail import Fate, Lane, Verb
from desk.records import Json, Media, Opening, Priority, Promises, Role, State, SurveyRules
from dialogs.engine.answers import Answers
from dialogs.engine.runs import RunState
from storage.types import Clock, Exact, Id, Moment, Packed, Rank, Word

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

#: A database uses a partial index only for a query that says the index's condition in the same words, hence
#: these are text, written once and used by the index and by its queries.
OPEN = text("state NOT IN ('done', 'closed', 'cancelled', 'rejected', 'duplicate')")
UNSENT = text("fate IS NULL")
UNSENT_KEYED = text("fate IS NULL AND key <> ''")
REFUSED = text("fate = 'refused'")
TO_REVIEW = text("review_due IS NOT NULL AND reviewed_at IS NULL")
LIVING_THERE = text("until IS NULL")
RUN_OPEN = text("state = 'open'")
RUN_PARKED = text("state = 'parked'")
RUN_ENDED = text("state = 'ended'")
SETTLED = text("fate IS NOT NULL")
ANSWERED = text("answered_at IS NOT NULL")
#: tried as often as the reception tries
DEAD = text("failures >= 3")
ASKED = text("asked_at IS NOT NULL")


def partial(name: str, *columns: Column[object], where: TextClause, unique: bool = False) -> Index:
    """An index over only the rows that meet a condition, on both databases."""
    condition: ColumnElement[bool] | TextClause = where
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


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

requests = Table(
    "requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("resident_id", ForeignKey("people.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id")),
    Column("queue_id", ForeignKey("queues.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("problem", Text, nullable=False),
    Column("media", Packed(tuple[Media, ...]), nullable=False),
    Column("visit_start", Moment),
    Column("visit_end", Moment),
    Column("entry", Boolean, nullable=False),
    Column("language", String, nullable=False),
    Column("priority", Word(Priority), nullable=False),
    Column("channel", String, nullable=False),
    Column("state", Word(State), nullable=False),
    Column("version", Integer, nullable=False),
    Column("worker_id", ForeignKey("people.id")),
    Column("previous", Word(State)),
    Column("opened_at", Moment, nullable=False),
    Column("respond_by", Moment, nullable=False),
    Column("solve_by", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("paused_at", Moment),
    Column("hold_until", Moment),
    Column("done_at", Moment),
    Column("closed_at", Moment),
    Column("not_fixed", Integer, nullable=False),
    Column("escalation", Integer, nullable=False),
    UniqueConstraint("estate_id", "number"),
)
Index("ix_requests_estate_opened", requests.c.estate_id, requests.c.opened_at)
Index("ix_requests_estate_state", requests.c.estate_id, requests.c.state, requests.c.opened_at)
Index("ix_requests_resident", requests.c.resident_id, requests.c.opened_at)
partial("ix_requests_open_queue", requests.c.queue_id, requests.c.state, requests.c.opened_at, where=OPEN)
partial("ix_requests_open_worker", requests.c.worker_id, requests.c.opened_at, where=OPEN)

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("request_id", ForeignKey("requests.id"), nullable=False),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("name", String, nullable=False),
    Column("actor_role", Word(Role), nullable=False),
    Column("actor_person_id", ForeignKey("people.id")),
    Column("actor_name", String, nullable=False),
    Column("actor_badge", String, nullable=False),
    Column("before", Word(State)),
    Column("after", Word(State), nullable=False),
    Column("why", Text, nullable=False),
    Column("data", Packed(Mapping[str, Json]), nullable=False),
)
Index("ix_events_request", events.c.request_id, events.c.id)
Index("ix_events_estate_at", events.c.estate_id, events.c.at)

surveys = Table(
    "surveys",
    metadata,
    Column("request_id", ForeignKey("requests.id"), primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("resident_id", ForeignKey("people.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("reminded_at", Moment),
    Column("score", Integer),
    Column("reasons", Packed(tuple[str, ...]), nullable=False),
    Column("words", Text, nullable=False),
    Column("answered_at", Moment),
    Column("review_due", Moment),
    Column("reviewed_at", Moment),
    Column("reviewed_by", ForeignKey("people.id")),
)
Index("ix_surveys_estate_asked", surveys.c.estate_id, surveys.c.asked_at)
partial("ix_surveys_answered", surveys.c.estate_id, surveys.c.answered_at, where=ANSWERED)
partial("ix_surveys_to_review", surveys.c.estate_id, surveys.c.review_due, where=TO_REVIEW)

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
