"""Kinds and services of an estate."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.Text().with_variant(postgresql.JSON(), "postgresql")


def upgrade() -> None:
    """Makes the tables."""
    _kinds()
    _services()
    _bookings()


def _kinds() -> None:
    """What an estate makes of the taxonomy."""
    op.create_table(
        "estate_kinds",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("priority", sa.String()),
        sa.Column("respond", JSON),
        sa.Column("solve", JSON),
        sa.Column("terms", JSON),
        sa.Column("photo", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String()),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_estate_kinds_estate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estate_kinds")),
        sa.UniqueConstraint("estate_id", "code", name=op.f("uq_estate_kinds_estate_id_code")),
    )


def _services() -> None:
    """What an estate offers besides repairs."""
    op.create_table(
        "services",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("about", JSON, nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("queue_id", ID, nullable=False),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("promise", JSON, nullable=False),
        sa.Column("hours", JSON, nullable=False),
        sa.Column("length", JSON, nullable=False),
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_services_estate_id")),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_services_queue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("estate_id", "code", name=op.f("uq_services_estate_id_code")),
    )


def _bookings() -> None:
    """Slots that are taken; a seat is given once."""
    op.create_table(
        "bookings",
        sa.Column("request_id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_bookings_request_id")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_bookings_service_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_bookings")),
    )
    op.create_index("uq_bookings_seat", "bookings", ["service_id", "start", "seat"], unique=True)


def downgrade() -> None:
    """Drops them, children first."""
    op.drop_index("uq_bookings_seat", "bookings")
    op.drop_table("bookings")
    op.drop_table("services")
    op.drop_table("estate_kinds")
