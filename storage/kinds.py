"""What estates make of the taxonomy, in SQL."""

from sqlalchemy import bindparam, select

from desk.records.kinds import EstateKind
from storage.link import Link
from storage.prepared import Query
from storage.rows import Keeper
from storage.tables.kinds import estate_kinds

KIND = Keeper(EstateKind, estate_kinds)

ALL = Query(
    select(*KIND.columns).where(estate_kinds.c.estate_id == bindparam("estate")).order_by(estate_kinds.c.id),
    KIND.read,
)


class SqlKinds:
    """`desk.ports.Kinds` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def all(self, estate_id: int) -> tuple[EstateKind, ...]:
        """All of an estate, in the order they were added."""
        return ALL.all(self._link, {"estate": estate_id})

    def save(self, kind: EstateKind) -> EstateKind:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        return KIND.save(self._link, kind)
