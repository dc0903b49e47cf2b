"""Visitors."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.Text().with_variant(postgresql.JSON(), "postgresql")

STILL_OPEN = "state IN ('requested', 'approved', 'active', 'arrived')"


def where(condition: str) -> dict[str, Any]:
    """What makes an index partial, on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def key(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    """A reference, under its name."""
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Makes the tables."""
    _visitors()
    _events()
    op.create_table(
        "pass_keys",
        sa.Column("estate_id", ID, nullable=False, autoincrement=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visitors", sa.Integer(), nullable=False),
        key("pass_keys", "estate_id", "estates"),
        sa.PrimaryKeyConstraint("estate_id", name=op.f("pk_pass_keys")),
    )


def _visitors() -> None:
    op.create_table(
        "visitors",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("home_id", ID, nullable=False),
        sa.Column("host_id", ID),
        sa.Column("guard_id", ID),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("plate", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.Column("days", JSON),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String()),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("arrived_at", MOMENT),
        sa.Column("left_at", MOMENT),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("purged_at", MOMENT),
        key("visitors", "estate_id", "estates"),
        key("visitors", "home_id", "homes"),
        key("visitors", "host_id", "people"),
        key("visitors", "guard_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitors")),
        sa.UniqueConstraint("estate_id", "number", name=op.f("uq_visitors_estate_id_number")),
    )
    with_code, with_plate, still_open = (
        where("code_hash IS NOT NULL"),
        where("plate <> ''"),
        where(STILL_OPEN),
    )
    op.create_index("uq_visitors_code", "visitors", ["estate_id", "code_hash"], unique=True, **with_code)
    op.create_index("ix_visitors_plate", "visitors", ["estate_id", "plate", "id"], **with_plate)
    op.create_index("ix_visitors_estate_end", "visitors", ["estate_id", "end"])
    op.create_index("ix_visitors_open_home", "visitors", ["home_id", "end"], **still_open)
    op.create_index("ix_visitors_host", "visitors", ["host_id", "registered_at"])


def _events() -> None:
    op.create_table(
        "visitor_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("visitor_id", ID, nullable=False),
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
        key("visitor_events", "visitor_id", "visitors"),
        key("visitor_events", "estate_id", "estates"),
        key("visitor_events", "actor_person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor_events")),
    )
    op.create_index("ix_visitor_events_visitor", "visitor_events", ["visitor_id", "id"])


def downgrade() -> None:
    """Takes them away again, with everything in them."""
    for table in ("pass_keys", "visitor_events", "visitors"):
        op.drop_table(table)
