"""When mail was written, and dead letters to be tried again."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def where(condition: str) -> dict[str, Any]:
    """What makes an index partial, on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Adds two columns; what is there already stays, without them."""
    op.add_column("outbox", sa.Column("since", MOMENT))
    op.add_column("dead_letters", sa.Column("asked_at", MOMENT))
    op.create_index("ix_dead_letters_last", "dead_letters", ["last_at"])
    op.create_index("ix_dead_letters_dead", "dead_letters", ["bot_id", "update_id"], **where("failures >= 3"))
    op.create_index(
        "ix_dead_letters_asked", "dead_letters", ["bot_id", "asked_at"], **where("asked_at IS NOT NULL")
    )


def downgrade() -> None:
    """Takes them away again."""
    for name in ("asked", "dead", "last"):
        op.drop_index(f"ix_dead_letters_{name}", "dead_letters")
    op.drop_column("dead_letters", "asked_at")
    op.drop_column("outbox", "since")
