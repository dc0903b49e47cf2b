"""Followers, incidents and announcements."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.Text().with_variant(postgresql.JSON(), "postgresql")


def where(condition: str) -> dict[str, Any]:
    """What makes an index partial, on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Makes the tables."""
    _followers()
    _incidents()
    _announcements()


def _followers() -> None:
    """Who else has a request at heart."""
    op.create_index("ix_requests_home", "requests", ["home_id", "opened_at"])
    op.create_table(
        "followers",
        sa.Column("request_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("home_id", ID),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("via_id", ID),
        sa.Column("verdict", sa.String()),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_followers_request_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_followers_person_id")),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_followers_estate_id")),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_followers_home_id")),
        sa.ForeignKeyConstraint(["via_id"], ["requests.id"], name=op.f("fk_followers_via_id")),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_followers")),
    )
    op.create_index("ix_followers_person", "followers", ["person_id", "since"])
    op.create_index("ix_followers_via", "followers", ["via_id"], **where("via_id IS NOT NULL"))


def _incidents() -> None:
    """Outages that many report at once."""
    op.create_table(
        "incidents",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("lead_id", ID),
        sa.Column("expected_at", MOMENT),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_by", ID),
        sa.Column("decided_at", MOMENT),
        sa.Column("over_at", MOMENT),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_incidents_estate_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["requests.id"], name=op.f("fk_incidents_lead_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_incidents_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    place = ["estate_id", "building", "group_code"]
    op.create_index("ix_incidents_place", "incidents", place)
    op.create_index("uq_incidents_not_over", "incidents", place, unique=True, **where("over_at IS NULL"))
    op.create_index("ix_incidents_lead", "incidents", ["lead_id"], **where("lead_id IS NOT NULL"))


def _announcements() -> None:
    """What the office tells many residents at once."""
    op.create_table(
        "announcements",
        sa.Column("id", ID, nullable=False),
        sa.Column("estate_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("media", JSON, nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("floor", sa.Integer()),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("over_at", MOMENT),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("explained", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_announcements_author_id")),
        sa.ForeignKeyConstraint(["estate_id"], ["estates.id"], name=op.f("fk_announcements_estate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    op.create_index("ix_announcements_estate_made", "announcements", ["estate_id", "made_at"])
    op.create_index(
        "ix_announcements_lasting", "announcements", ["estate_id", "id"], **where("over_at IS NULL")
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table("incidents")
    op.drop_table("followers")
    op.drop_index("ix_requests_home", "requests")
    op.drop_table("announcements")
