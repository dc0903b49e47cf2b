"""Announcements, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from desk.records import Occupancy
from desk.records.announcements import Announcement
from storage.link import Link
from storage.people import OCCUPANCY, in_force
from storage.prepared import Prepared, Query
from storage.rows import Keeper
from storage.tables.announcements import LASTING, announcements
from storage.tables.people import occupancies

ANNOUNCEMENT = Keeper(Announcement, announcements)
#: counted by the database, so that two who count at once are both counted
COUNTED = ("reached", "explained")

REPLACE = Prepared(update(announcements).where(announcements.c.id == bindparam("sought")))
COUNT = Prepared(
    update(announcements)
    .where(announcements.c.id == bindparam("sought"))
    .values({name: announcements.c[name] + bindparam(f"more_{name}") for name in COUNTED})
)
LAST = Query(
    select(*ANNOUNCEMENT.columns)
    .where(announcements.c.estate_id == bindparam("estate"), LASTING)
    .order_by(announcements.c.id.desc()),
    ANNOUNCEMENT.read,
)
RECENT = Query(
    select(*ANNOUNCEMENT.columns)
    .where(announcements.c.estate_id == bindparam("estate"), announcements.c.made_at >= bindparam("since"))
    .order_by(announcements.c.made_at.desc(), announcements.c.id.desc())
    .limit(bindparam("most")),
    ANNOUNCEMENT.read,
)
AUDIENCE = Query(
    select(*OCCUPANCY.columns)
    .where(
        occupancies.c.estate_id == bindparam("estate"),
        occupancies.c.person_id > bindparam("after"),
        in_force(occupancies),
    )
    .order_by(occupancies.c.person_id, occupancies.c.id)
    .limit(bindparam("most")),
    OCCUPANCY.read,
)


class SqlAnnouncements:
    """`desk.ports.Announcements` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, announcement_id: int) -> Announcement:
        """The announcement; raises `NotFound`."""
        return ANNOUNCEMENT.get(self._link, announcement_id)

    def save(self, announcement: Announcement) -> Announcement:
        """Adds it (id 0) or replaces it, but for what is counted."""
        if not announcement.id:
            return ANNOUNCEMENT.save(self._link, announcement)
        values = {
            name: value for name, value in ANNOUNCEMENT.values(announcement).items() if name not in COUNTED
        }
        REPLACE.change(self._link, {**values, "sought": announcement.id})
        return self.get(announcement.id)

    def count(self, announcement_id: int, *, reached: int = 0, explained: int = 0) -> None:
        """Adds to what is counted."""
        COUNT.change(
            self._link, {"sought": announcement_id, "more_reached": reached, "more_explained": explained}
        )

    def lasting(self, estate_id: int) -> tuple[Announcement, ...]:
        """Those that nobody has said to be over, the newest first."""
        return LAST.all(self._link, {"estate": estate_id})

    def recent(self, estate_id: int, since: datetime, limit: int = 20) -> tuple[Announcement, ...]:
        """Those made since then, the newest first."""
        return RECENT.all(self._link, {"estate": estate_id, "since": since, "most": limit})

    def audience(
        self, estate_id: int, now: datetime, after: int = 0, limit: int = 200
    ) -> tuple[Occupancy, ...]:
        """Who lives in the estate now, by person with an id above `after`."""
        return AUDIENCE.all(self._link, {"estate": estate_id, "now": now, "after": after, "most": limit})
