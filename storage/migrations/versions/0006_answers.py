"""Answers and investigations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.Text().with_variant(postgresql.JSON(), "postgresql")
OPEN = "closed_at IS NULL"
ACCUSED = "accused_id IS NOT NULL"


def upgrade() -> None:
    """What an estate answers by itself, what its managers look into, and whom complaints are against."""
    op.create_table(
        "answers",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("questions", JSON, nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("changed_by", ID),
        sa.Column("changed_at", MOMENT),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_answers_estate_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_answers_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("estate_id", "code", name=op.f("uq_answers_estate_id_code")),
    )
    op.create_table(
        "investigations",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("spot", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("closed_by", ID),
        sa.Column("closed_at", MOMENT),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_investigations_estate_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_investigations_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investigations")),
    )
    op.create_index("ix_investigations_estate", "investigations", ["estate_id", "opened_at"])
    op.create_index(
        "uq_investigations_open",
        "investigations",
        ["estate_id", "kind", "spot"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.create_table(
        "investigated",
        sa.Column("investigation_id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["investigation_id"], ["investigations.id"], name=op.f("fk_investigated_investigation_id")
        ),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_investigated_request_id")),
        sa.PrimaryKeyConstraint("investigation_id", "request_id", name=op.f("pk_investigated")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_investigated_request", "investigated", ["request_id"])
    op.create_index(
        "ix_requests_accused",
        "requests",
        ["accused_id"],
        sqlite_where=sa.text(ACCUSED),
        postgresql_where=sa.text(ACCUSED),
    )


def downgrade() -> None:
    """Takes them away again."""
    op.drop_index("ix_requests_accused", "requests")
    op.drop_table("investigated")
    op.drop_table("investigations")
    op.drop_table("answers")
