"""Households and what people wish."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.Text().with_variant(postgresql.JSON(), "postgresql")
FADING = "faded_at IS NULL AND closed_at IS NOT NULL"
KNOCKING = "settled_at IS NULL"
ANSWERED = "settled_at IS NOT NULL"


def where(condition: str) -> dict[str, Any]:
    """What makes an index partial, on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """That a column of a new table names a row of another one."""
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Who came in before, came by a slip of the office, which is for owners."""
    op.add_column("people", sa.Column("wishes", JSON, nullable=False, server_default="{}"))
    op.add_column("requests", sa.Column("faded_at", MOMENT))
    op.create_index("ix_requests_fading", "requests", ["estate_id", "closed_at"], **where(FADING))
    with op.batch_alter_table("occupancies") as batch:
        batch.add_column(sa.Column("role", sa.String(), nullable=False, server_default="owner"))
        for name in ("added_by", "ended_by"):
            batch.add_column(sa.Column(name, ID))
            batch.create_foreign_key(op.f(f"fk_occupancies_{name}"), "people", [name], ["id"])
    with op.batch_alter_table("codes") as batch:
        batch.add_column(sa.Column("home_role", sa.String(), nullable=False, server_default="owner"))
        batch.add_column(sa.Column("lives_until", MOMENT))
        batch.add_column(sa.Column("issued_by", ID))
        batch.create_foreign_key(op.f("fk_codes_issued_by"), "people", ["issued_by"], ["id"])
    op.create_index("ix_codes_home", "codes", ["home_id"])
    op.create_table(
        "knocks",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("home_id", ID),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_by", ID),
        sa.Column("granted", sa.Boolean(), nullable=False),
        reference("knocks", "estate_id", "estates"),
        reference("knocks", "person_id", "people"),
        reference("knocks", "home_id", "homes"),
        reference("knocks", "settled_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knocks")),
    )
    op.create_index("ix_knocks_person", "knocks", ["person_id", "asked_at"])
    op.create_index("ix_knocks_settled", "knocks", ["settled_at"], **where(ANSWERED))
    op.create_index("ix_knocks_open", "knocks", ["estate_id", "asked_at"], **where(KNOCKING))


def downgrade() -> None:
    """Takes them away again."""
    op.drop_table("knocks")
    op.drop_index("ix_codes_home", "codes")
    with op.batch_alter_table("codes") as batch:
        batch.drop_constraint(op.f("fk_codes_issued_by"), type_="foreignkey")
        for name in ("issued_by", "lives_until", "home_role"):
            batch.drop_column(name)
    with op.batch_alter_table("occupancies") as batch:
        for name in ("added_by", "ended_by"):
            batch.drop_constraint(op.f(f"fk_occupancies_{name}"), type_="foreignkey")
            batch.drop_column(name)
        batch.drop_column("role")
    op.drop_index("ix_requests_fading", "requests")
    op.drop_column("requests", "faded_at")
    op.drop_column("people", "wishes")
