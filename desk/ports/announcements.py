"""Announcements, as they are kept."""

from datetime import datetime
from typing import Protocol

from desk.records import Occupancy
from desk.records.announcements import Announcement


class Announcements(Protocol):
    """What was announced, and to whom it goes."""

    def get(self, announcement_id: int) -> Announcement:
        """The announcement; raises `NotFound`."""

    def save(self, announcement: Announcement) -> Announcement:
        """Adds it (id 0) or replaces it, but for what is counted."""

    def count(self, announcement_id: int, *, reached: int = 0, explained: int = 0) -> None:
        """Adds to what is counted."""

    def lasting(self, estate_id: int) -> tuple[Announcement, ...]:
        """Those that nobody has said to be over, the newest first."""

    def recent(self, estate_id: int, since: datetime, limit: int = 20) -> tuple[Announcement, ...]:
        """Those made since then, the newest first."""

    def audience(
        self, estate_id: int, now: datetime, after: int = 0, limit: int = 200
    ) -> tuple[Occupancy, ...]:
        """Who lives in the estate now, by person with an id above `after`."""
