"""Fees."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.Text().with_variant(postgresql.JSON(), "postgresql")


def word(name: str) -> sa.Column[Any]:
    """A column of text that always says something."""
    return sa.Column(name, sa.String(), nullable=False)


def keys(table: str, **others: str) -> list[Any]:
    """The constraints: its own key, and those of other tables by column."""
    pointing = (
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"))
        for name, other in others.items()
    )
    return [sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")), *pointing]


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    """What can be there once only."""
    return sa.UniqueConstraint(*names, name=op.f(f"uq_{table}_{'_'.join(names)}"))


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "tariffs",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        word("code"),
        sa.Column("title", JSON, nullable=False),
        word("type"),
        word("basis"),
        word("measure"),
        word("price"),
        word("since"),
        *keys("tariffs", estate_id="estates"),
        unique("tariffs", "estate_id", "code", "since"),
    )
    op.create_table(
        "meters",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("home_id", ID, nullable=False),
        word("code"),
        word("tariff"),
        *keys("meters", estate_id="estates", home_id="homes"),
        unique("meters", "estate_id", "code"),
    )
    op.create_table(
        "readings",
        sa.Column("id", ID, nullable=False),
        sa.Column("meter_id", ID, nullable=False),
        word("at"),
        word("value"),
        *keys("readings", meter_id="meters"),
        unique("readings", "meter_id", "at"),
    )
    op.create_table(
        "charges",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("home_id", ID, nullable=False),
        word("period"),
        word("tariff"),
        word("line"),
        word("type"),
        sa.Column("title", JSON, nullable=False),
        sa.Column("quantity", sa.String()),
        word("measure"),
        sa.Column("price", sa.String()),
        sa.Column("start", sa.String()),
        sa.Column("end", sa.String()),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        word("due"),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("dispute_id", ID),
        *keys("charges", estate_id="estates", home_id="homes", dispute_id="requests"),
        unique("charges", "home_id", "period", "tariff", "line"),
    )
    op.create_index("ix_charges_estate", "charges", ["estate_id", "period"])
    disputed = sa.text("dispute_id IS NOT NULL")
    op.create_index(
        "ix_charges_dispute",
        "charges",
        ["dispute_id"],
        sqlite_where=disputed,
        postgresql_where=disputed,
    )
    op.create_table(
        "payments",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("home_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        word("method"),
        word("reference"),
        sa.Column("person_id", ID),
        word("provider"),
        *keys("payments", estate_id="estates", home_id="homes", person_id="people"),
        unique("payments", "estate_id", "reference"),
    )
    op.create_index("ix_payments_home", "payments", ["home_id", "at"])


def downgrade() -> None:
    """Takes them away again."""
    for name in ("payments", "charges", "readings", "meters", "tariffs"):
        op.drop_table(name)
