"""First tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

# The types as they were at this revision; what `storage.types` becomes later must not change this step.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.Text().with_variant(postgresql.JSON(), "postgresql")

#: parents before children
TABLES = (
    "estates",
    "counters",
    "homes",
    "queues",
    "people",
    "occupancies",
    "staff",
    "codes",
    "requests",
    "events",
    "surveys",
    "timers",
    "outbox",
    "messages",
    "runs",
    "updates",
    "dead_letters",
)


def where(condition: str) -> dict[str, Any]:
    """What makes an index partial, on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Makes all tables."""
    _estates()
    _counters()
    _homes()
    _queues()
    _people()
    _occupancies()
    _staff()
    _codes()
    _requests()
    _events()
    _surveys()
    _timers()
    _outbox()
    _messages()
    _runs()
    _updates()
    _dead_letters()


def downgrade() -> None:
    """Drops all tables, children first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _estates() -> None:
    """Whose desk this is."""
    op.create_table(
        "estates",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("languages", JSON, nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("hours", JSON, nullable=False),
        sa.Column("promises", JSON, nullable=False),
        sa.Column("survey", JSON, nullable=False),
        sa.Column("digest_at", sa.String(), nullable=False),
        sa.Column("staff_chat", sa.BigInteger()),
        sa.Column("staff_forum", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estates")),
        sa.UniqueConstraint("name", name=op.f("uq_estates_name")),
    )


def _counters() -> None:
    """The numbers that people quote."""
    op.create_table(
        "counters",
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_counters_estate_id")),
        sa.PrimaryKeyConstraint("estate_id", name=op.f("pk_counters")),
    )


def _homes() -> None:
    """Dwellings."""
    op.create_table(
        "homes",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("area", sa.String()),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_homes_estate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homes")),
        sa.UniqueConstraint("estate_id", "code", name=op.f("uq_homes_estate_id_code")),
    )


def _queues() -> None:
    """Lines of work."""
    op.create_table(
        "queues",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("hours", JSON, nullable=False),
        sa.Column("topic", sa.BigInteger()),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_queues_estate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queues")),
        sa.UniqueConstraint("estate_id", "code", name=op.f("uq_queues_estate_id_code")),
    )


def _people() -> None:
    """Who writes."""
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("telegram_language", sa.String(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_people_telegram_id")),
    )


def _occupancies() -> None:
    """Who lives where."""
    op.create_table(
        "occupancies",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("home_id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_occupancies_estate_id")),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_occupancies_home_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_occupancies_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupancies")),
    )
    op.create_index("ix_occupancies_home", "occupancies", ["home_id"])
    op.create_index("ix_occupancies_person", "occupancies", ["person_id", "since"])
    op.create_index(
        "uq_occupancies_living_there",
        "occupancies",
        ["person_id", "home_id"],
        unique=True,
        **where("until IS NULL"),
    )


def _staff() -> None:
    """Who works in which role."""
    op.create_table(
        "staff",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("badge", sa.String(), nullable=False),
        sa.Column("queues", JSON, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_staff_estate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_staff_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("person_id", "estate_id", "role", name=op.f("uq_staff_person_id_estate_id_role")),
    )
    op.create_index("ix_staff_estate", "staff", ["estate_id", "role"])


def _codes() -> None:
    """Single-use start parameters."""
    op.create_table(
        "codes",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("home_id", ID),
        sa.Column("role", sa.String()),
        sa.Column("queue_id", ID),
        sa.Column("badge", sa.String(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("spent_at", MOMENT),
        sa.Column("spent_by", ID),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_codes_estate_id")),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_codes_home_id")),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_codes_queue_id")),
        sa.ForeignKeyConstraint(["spent_by"], ["people.id"], name=op.f("fk_codes_spent_by")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_codes")),
    )


def _requests() -> None:
    """What residents need; indexed by whose it is and what is open."""
    op.create_table(
        "requests",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("home_id", ID),
        sa.Column("queue_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("media", JSON, nullable=False),
        sa.Column("visit_start", MOMENT),
        sa.Column("visit_end", MOMENT),
        sa.Column("entry", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("worker_id", ID),
        sa.Column("previous", sa.String()),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("respond_by", MOMENT, nullable=False),
        sa.Column("solve_by", MOMENT, nullable=False),
        sa.Column("claimed_at", MOMENT),
        sa.Column("paused_at", MOMENT),
        sa.Column("hold_until", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("not_fixed", sa.Integer(), nullable=False),
        sa.Column("escalation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_requests_estate_id")),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_requests_home_id")),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_requests_queue_id")),
        sa.ForeignKeyConstraint(["resident_id"], ["people.id"], name=op.f("fk_requests_resident_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["people.id"], name=op.f("fk_requests_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sa.UniqueConstraint("estate_id", "number", name=op.f("uq_requests_estate_id_number")),
    )
    op.create_index("ix_requests_estate_opened", "requests", ["estate_id", "opened_at"])
    op.create_index("ix_requests_estate_state", "requests", ["estate_id", "state", "opened_at"])
    op.create_index(
        "ix_requests_open_queue",
        "requests",
        ["queue_id", "state", "opened_at"],
        **where("state NOT IN ('done', 'closed', 'cancelled', 'rejected', 'duplicate')"),
    )
    op.create_index(
        "ix_requests_open_worker",
        "requests",
        ["worker_id", "opened_at"],
        **where("state NOT IN ('done', 'closed', 'cancelled', 'rejected', 'duplicate')"),
    )
    op.create_index("ix_requests_resident", "requests", ["resident_id", "opened_at"])


def _events() -> None:
    """The audit trail."""
    op.create_table(
        "events",
        sa.Column("id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_person_id", ID),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_badge", sa.String(), nullable=False),
        sa.Column("before", sa.String()),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.ForeignKeyConstraint(["actor_person_id"], ["people.id"], name=op.f("fk_events_actor_person_id")),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_events_estate_id")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_events_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_estate_at", "events", ["estate_id", "at"])
    op.create_index("ix_events_request", "events", ["request_id", "id"])


def _surveys() -> None:
    """How it was."""
    op.create_table(
        "surveys",
        sa.Column("request_id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("reminded_at", MOMENT),
        sa.Column("score", sa.Integer()),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("review_due", MOMENT),
        sa.Column("reviewed_at", MOMENT),
        sa.Column("reviewed_by", ID),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_surveys_estate_id")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_surveys_request_id")),
        sa.ForeignKeyConstraint(["resident_id"], ["people.id"], name=op.f("fk_surveys_resident_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["people.id"], name=op.f("fk_surveys_reviewed_by")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_surveys")),
    )
    op.create_index(
        "ix_surveys_answered", "surveys", ["estate_id", "answered_at"], **where("answered_at IS NOT NULL")
    )
    op.create_index("ix_surveys_estate_asked", "surveys", ["estate_id", "asked_at"])
    op.create_index(
        "ix_surveys_to_review",
        "surveys",
        ["estate_id", "review_due"],
        **where("review_due IS NOT NULL AND reviewed_at IS NULL"),
    )


def _timers() -> None:
    """What is to come."""
    op.create_table(
        "timers",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_timers")),
    )
    op.create_index("ix_timers_due", "timers", ["due_at", "key"])


def _outbox() -> None:
    """Mail; indexed by what is not sent yet."""
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("queue_id", ID),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("not_before", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reposted", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_outbox_queue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_refused", "outbox", ["bot_id", "id"], **where("fate = 'refused'"))
    op.create_index("ix_outbox_settled", "outbox", ["settled_at"], **where("fate IS NOT NULL"))
    op.create_index("ix_outbox_unsent", "outbox", ["bot_id", "id"], **where("fate IS NULL"))
    op.create_index(
        "uq_outbox_unsent_key",
        "outbox",
        ["bot_id", "chat_id", "key"],
        unique=True,
        **where("fate IS NULL AND key <> ''"),
    )


def _messages() -> None:
    """Where delivered messages are."""
    op.create_table(
        "messages",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "chat_id", "key", name=op.f("pk_messages")),
        sqlite_with_rowid=False,
    )


def _runs() -> None:
    """Conversations; one open and one parked a person."""
    op.create_table(
        "runs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("subject", JSON, nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("touched_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_runs_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index("ix_runs_ended", "runs", ["touched_at"], **where("state = 'ended'"))
    op.create_index("uq_runs_open", "runs", ["person_id"], unique=True, **where("state = 'open'"))
    op.create_index("uq_runs_parked", "runs", ["person_id"], unique=True, **where("state = 'parked'"))


def _updates() -> None:
    """What was taken in."""
    op.create_table(
        "updates",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name=op.f("pk_updates")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_updates_at", "updates", ["at"])


def _dead_letters() -> None:
    """Updates that failed."""
    op.create_table(
        "dead_letters",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name=op.f("pk_dead_letters")),
    )
