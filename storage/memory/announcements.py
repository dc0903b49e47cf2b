"""Announcements, in memory."""

from dataclasses import replace
from datetime import datetime

from desk.errors import NotFound
from desk.records import Occupancy
from desk.records.announcements import Announcement
from storage.memory.people import in_force
from storage.memory.shelves import Room, Shelf


class MemoryAnnouncements:
    """`desk.ports.Announcements` in memory."""

    def __init__(self, room: Room) -> None:
        self._shelf = Shelf(room, "announcements", Announcement, ["estate_id"])
        self._occupancies = Shelf(room, "occupancies", Occupancy, ["person_id", "home_id", "until"])

    def get(self, announcement_id: int) -> Announcement:
        """The announcement; raises `NotFound`."""
        if found := self._shelf.get(announcement_id):
            return found
        raise NotFound

    def save(self, announcement: Announcement) -> Announcement:
        """Adds it (id 0) or replaces it, but for what is counted."""
        if announcement.id:
            there = self.get(announcement.id)
            announcement = replace(announcement, reached=there.reached, explained=there.explained)
        kept = replace(announcement, id=announcement.id or self._shelf.next_id())
        self._shelf.put(kept.id, kept)
        return kept

    def count(self, announcement_id: int, *, reached: int = 0, explained: int = 0) -> None:
        """Adds to what is counted."""
        there = self.get(announcement_id)
        counted = replace(there, reached=there.reached + reached, explained=there.explained + explained)
        self._shelf.put(there.id, counted)

    def lasting(self, estate_id: int) -> tuple[Announcement, ...]:
        """Those that nobody has said to be over, the newest first."""
        found = [one for one in self._shelf.where(estate_id=estate_id) if one.over_at is None]
        return tuple(sorted(found, key=lambda one: -one.id))

    def recent(self, estate_id: int, since: datetime, limit: int = 20) -> tuple[Announcement, ...]:
        """Those made since then, the newest first."""
        found = [one for one in self._shelf.where(estate_id=estate_id) if one.made_at >= since]
        return tuple(sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)[:limit])

    def audience(
        self, estate_id: int, now: datetime, after: int = 0, limit: int = 200
    ) -> tuple[Occupancy, ...]:
        """Who lives in the estate now, by person with an id above `after`."""
        living = [
            one
            for one in self._occupancies.all()
            if one.estate_id == estate_id and one.person_id > after and in_force(one, now)
        ]
        return tuple(sorted(living, key=lambda one: (one.person_id, one.id))[:limit])
