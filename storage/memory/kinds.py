"""What estates make of the taxonomy, in memory."""

from dataclasses import replace

from desk.errors import Conflict, NotFound
from desk.records.kinds import EstateKind
from storage.memory.shelves import Room, Shelf


class MemoryKinds:
    """`desk.ports.Kinds` in memory."""

    def __init__(self, room: Room) -> None:
        self._kinds = Shelf(room, "estate_kinds", EstateKind, ["estate_id", "code"])

    def all(self, estate_id: int) -> tuple[EstateKind, ...]:
        """All of an estate, in the order they were added."""
        return tuple(self._kinds.where(estate_id=estate_id))

    def save(self, kind: EstateKind) -> EstateKind:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        if kind.id and self._kinds.get(kind.id) is None:
            raise NotFound
        same = self._kinds.where(estate_id=kind.estate_id, code=kind.code)
        if any(other.id != kind.id for other in same):
            raise Conflict
        kind = replace(kind, id=kind.id or self._kinds.next_id())
        self._kinds.put(kind.id, kind)
        return kind
