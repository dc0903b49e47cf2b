"""What a request is about, where, and to what it belongs; rules of an estate; floors."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.Text().with_variant(postgresql.JSON(), "postgresql")

#: what was filed before, by the kinds of that time
TYPES = {
    "complaint": "kind LIKE 'c~_%' ESCAPE '~'",
    "suggestion": "kind = 'suggestion'",
    "praise": "kind = 'praise'",
    "question": "kind = 'enquiry'",
}


def where(condition: str) -> dict[str, Any]:
    """What makes an index partial, on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def filled(name: str, kind: Any, default: str) -> sa.Column[Any]:
    """A column that rows already there have a value for."""
    return sa.Column(name, kind, nullable=False, server_default=default)


def upgrade() -> None:
    """Adds columns; what is there already stays, told apart by its kind."""
    op.add_column("estates", filled("rules", JSON, "{}"))
    op.add_column("homes", filled("building", sa.String(), ""))
    op.add_column("homes", sa.Column("floor", sa.Integer()))
    with op.batch_alter_table("requests") as batch:
        batch.add_column(filled("type", sa.String(), "repair"))
        batch.add_column(filled("place", sa.String(), "home"))
        batch.add_column(filled("building", sa.String(), ""))
        batch.add_column(filled("details", JSON, "{}"))
        batch.add_column(sa.Column("accused_id", ID))
        batch.add_column(sa.Column("linked_id", ID))
        batch.add_column(sa.Column("link", sa.String()))
        batch.add_column(filled("weight", sa.Integer(), "1"))
        batch.add_column(filled("hurried", sa.Integer(), "0"))
        batch.add_column(sa.Column("hurried_at", MOMENT))
        batch.create_foreign_key(op.f("fk_requests_accused_id"), "people", ["accused_id"], ["id"])
        batch.create_foreign_key(op.f("fk_requests_linked_id"), "requests", ["linked_id"], ["id"])
    op.create_index("ix_requests_estate_kind", "requests", ["estate_id", "kind", "opened_at"])
    op.create_index("ix_requests_linked", "requests", ["linked_id"], **where("linked_id IS NOT NULL"))
    for name, kinds in TYPES.items():
        op.execute(f"UPDATE requests SET type = '{name}' WHERE {kinds}")  # noqa: S608 - no words of others


def downgrade() -> None:
    """Takes them away again."""
    for name in ("linked", "estate_kind"):
        op.drop_index(f"ix_requests_{name}", "requests")
    with op.batch_alter_table("requests") as batch:
        for name in ("accused_id", "linked_id"):
            batch.drop_constraint(op.f(f"fk_requests_{name}"), type_="foreignkey")
        for name in ("hurried_at", "hurried", "weight", "link", "linked_id", "accused_id"):
            batch.drop_column(name)
        for name in ("details", "building", "place", "type"):
            batch.drop_column(name)
    for name in ("floor", "building"):
        op.drop_column("homes", name)
    op.drop_column("estates", "rules")
