"""Visitors, what happened to them, and the secrets that passes are made with; in memory."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from desk.errors import Conflict, NotFound
from desk.plates import comparable
from desk.records.visitors import VisitChange, VisitEvent, Visitor
from storage.memory.shelves import Room, Shelf
from storage.visitors import SECRET


@dataclass(frozen=True, slots=True, kw_only=True)
class PassKey:
    """An estate's secret, in hex, and how many visitors it has numbered."""

    key: str
    visitors: int = 0


class MemoryVisitors:
    """`desk.ports.Visitors` in memory."""

    def __init__(self, room: Room) -> None:
        marks = ["estate_id", "home_id", "host_id", "plate", "code_hash"]
        self._visitors = Shelf(room, "visitors", Visitor, marks)
        self._events = Shelf(room, "visitor_events", VisitEvent, ["visitor_id"])
        self._keys = Shelf(room, "pass_keys", PassKey)

    def get(self, visitor_id: int) -> Visitor:
        """The visitor; raises `NotFound`."""
        if visitor := self._visitors.get(visitor_id):
            return visitor
        raise NotFound

    def add(self, change: VisitChange) -> VisitChange:
        """Notes a new visitor under the estate's next number; both come back with their ids."""
        estate = change.visitor.estate_id
        kept = PassKey(key=self.key(estate).hex(), visitors=self._numbered(estate) + 1)
        self._keys.put(estate, kept)
        visitor = replace(change.visitor, id=self._visitors.next_id(), number=kept.visitors)
        return self._keep(visitor, change.event)

    def _numbered(self, estate_id: int) -> int:
        kept = self._keys.get(estate_id)
        return kept.visitors if kept else 0

    def record(self, change: VisitChange) -> VisitChange:
        """Writes the next version and its event; raises `Conflict` if somebody was quicker, or if another
        visitor of the estate has the code."""
        visitor, there = change.visitor, self._visitors.get(change.visitor.id)
        if there is None or there.version != visitor.version - 1:
            raise Conflict
        same = self.by_code(visitor.estate_id, visitor.code_hash) if visitor.code_hash else None
        if same is not None and same.id != visitor.id:
            raise Conflict
        return self._keep(visitor, change.event)

    def events(self, visitor_id: int) -> tuple[VisitEvent, ...]:
        """What happened, oldest first."""
        return tuple(self._events.where(visitor_id=visitor_id))

    def of_host(self, person_id: int, limit: int = 20) -> tuple[Visitor, ...]:
        """Whom a person registered or let in, newest first."""
        found = self._visitors.where(host_id=person_id)
        return tuple(sorted(found, key=lambda one: (one.registered_at, one.id), reverse=True)[:limit])

    def open_in_home(self, home_id: int) -> tuple[Visitor, ...]:
        """Who is expected or inside, by when their time ends."""
        return tuple(
            sorted((one for one in self._visitors.where(home_id=home_id) if one.state.open), key=end)
        )

    def by_code(self, estate_id: int, code_hash: str) -> Visitor | None:
        """Whose pass has this code, good or not."""
        return next(iter(self._visitors.where(estate_id=estate_id, code_hash=code_hash)), None)

    def by_plate(self, estate_id: int, plate: str, limit: int = 5) -> tuple[Visitor, ...]:
        """Who comes with this car, newest first."""
        found = self._visitors.where(estate_id=estate_id, plate=plate) if plate else []
        return tuple(sorted(found, key=lambda one: one.id, reverse=True)[:limit])

    def at_gate(self, estate_id: int, since: datetime, until: datetime, limit: int) -> tuple[Visitor, ...]:
        """Who is expected or inside, and whose time ends after `since` and begins before `until`; the
        earliest end first."""
        found = [one for one in self._visitors.where(estate_id=estate_id) if one.state.open]
        return tuple(sorted((one for one in found if one.end > since and one.start < until), key=end)[:limit])

    def by_name(
        self, estate_id: int, wanted: str, since: datetime, until: datetime, limit: int
    ) -> tuple[Visitor, ...]:
        """Who has this in their name (as `desk.plates.comparable` writes it), and whose time ends after
        `since` and begins before `until`; good or not, the latest end first."""
        there = (one for one in self._visitors.where(estate_id=estate_id) if wanted in comparable(one.name))
        found = (one for one in there if one.end > since and one.start < until)
        return tuple(sorted(found, key=end, reverse=True)[:limit])

    def forget_words(self, visitor_id: int) -> None:
        """Empties the reasons and data of what happened; who did what and when stays."""
        for event in self.events(visitor_id):
            self._events.put(event.id, replace(event, why="", data={}))

    def key(self, estate_id: int) -> bytes:
        """The estate's secret, drawn the first time that it is asked for."""
        kept = self._keys.get(estate_id)
        if kept is None:
            kept = PassKey(key=secrets.token_hex(SECRET))
            self._keys.put(estate_id, kept)
        return bytes.fromhex(kept.key)

    def _keep(self, visitor: Visitor, event: VisitEvent) -> VisitChange:
        event = replace(event, id=self._events.next_id(), visitor_id=visitor.id)
        self._visitors.put(visitor.id, visitor)
        self._events.put(event.id, event)
        return VisitChange(visitor=visitor, event=event)


def end(visitor: Visitor) -> tuple[datetime, int]:
    """Whose time is over first."""
    return visitor.end, visitor.id
