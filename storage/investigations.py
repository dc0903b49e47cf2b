"""Investigations, in SQL."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update

from desk.errors import Conflict
from desk.records.investigations import Investigation
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Keeper
from storage.tables import OPEN_INVESTIGATION, investigated, investigations

INVESTIGATION = Keeper(Investigation, investigations)
#: what closing one writes
CLOSING = ("finding", "measure", "closed_by", "closed_at")

FIND = Query(
    select(*INVESTIGATION.columns).where(
        investigations.c.estate_id == bindparam("estate"),
        investigations.c.kind == bindparam("about"),
        investigations.c.spot == bindparam("place"),
        OPEN_INVESTIGATION,
    ),
    INVESTIGATION.read,
)
OF = Query(
    select(*INVESTIGATION.columns)
    .where(investigations.c.estate_id == bindparam("estate"))
    .order_by(
        investigations.c.closed_at.is_not(None),
        investigations.c.closed_at.desc(),
        investigations.c.opened_at,
        investigations.c.id,
    )
    .limit(bindparam("most")),
    INVESTIGATION.read,
)
JOIN = Prepared(lambda into: into(investigated).on_conflict_do_nothing())
REQUESTS = Prepared(
    select(investigated.c.request_id)
    .where(investigated.c.investigation_id == bindparam("sought"))
    .order_by(investigated.c.request_id)
)
CLOSE = Prepared(update(investigations).where(investigations.c.id == bindparam("sought"), OPEN_INVESTIGATION))


class SqlInvestigations:
    """`desk.ports.Investigations` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, investigation_id: int) -> Investigation:
        """The investigation; raises `NotFound`."""
        return INVESTIGATION.get(self._link, investigation_id)

    def open(self, investigation: Investigation) -> Investigation:
        """Opens it, or answers with the one that is open for this kind and spot already."""
        try:
            return INVESTIGATION.save(self._link, investigation)
        except Conflict:
            there = self.find(investigation.estate_id, investigation.kind, investigation.spot)
            if there is None:
                raise
            return there

    def find(self, estate_id: int, kind: str, spot: str) -> Investigation | None:
        """The one that is open for this kind and spot."""
        return FIND.first(self._link, {"estate": estate_id, "about": kind, "place": spot})

    def of(self, estate_id: int, limit: int = 50) -> tuple[Investigation, ...]:
        """The open ones of an estate, the oldest first, then those closed, the latest first."""
        return OF.all(self._link, {"estate": estate_id, "most": limit})

    def join(self, investigation_id: int, request_ids: Sequence[int]) -> None:
        """Complaints belong to it from now on; those that do already are no matter."""
        JOIN.many(
            self._link,
            [{"investigation_id": investigation_id, "request_id": request} for request in request_ids],
        )

    def requests(self, investigation_id: int) -> tuple[int, ...]:
        """The ids of its complaints, the oldest first."""
        return tuple(row[0] for row in REQUESTS.rows(self._link, {"sought": investigation_id}))

    def close(self, investigation: Investigation) -> bool:
        """Keeps what was found, in one conditional update; False if somebody has closed it before."""
        values = {name: getattr(investigation, name) for name in CLOSING}
        return CLOSE.change(self._link, {**values, "sought": investigation.id}) == 1
