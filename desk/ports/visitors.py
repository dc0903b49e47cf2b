"""Visitors, as they are kept."""

from datetime import datetime
from typing import Protocol

from desk.records.visitors import VisitChange, VisitEvent, Visitor


class Visitors(Protocol):
    """Visitors, what happened to them, and the secret that an estate's passes are made with."""

    def get(self, visitor_id: int) -> Visitor:
        """The visitor; raises `NotFound`."""

    def add(self, change: VisitChange) -> VisitChange:
        """Notes a new visitor under the estate's next number; both come back with their ids."""

    def record(self, change: VisitChange) -> VisitChange:
        """Writes the next version and its event; raises `Conflict` if somebody was quicker, or if another
        visitor of the estate has the code."""

    def events(self, visitor_id: int) -> tuple[VisitEvent, ...]:
        """What happened, oldest first."""

    def of_host(self, person_id: int, limit: int = 20) -> tuple[Visitor, ...]:
        """Whom a person registered or let in, newest first."""

    def open_in_home(self, home_id: int) -> tuple[Visitor, ...]:
        """Who is expected or inside, by when their time ends."""

    def by_code(self, estate_id: int, code_hash: str) -> Visitor | None:
        """Whose pass has this code, good or not."""

    def by_plate(self, estate_id: int, plate: str, limit: int = 5) -> tuple[Visitor, ...]:
        """Who comes with this car, newest first."""

    def at_gate(self, estate_id: int, since: datetime, until: datetime, limit: int) -> tuple[Visitor, ...]:
        """Who is expected or inside, and whose time ends after `since` and begins before `until`; the
        earliest end first."""

    def by_name(
        self, estate_id: int, wanted: str, since: datetime, until: datetime, limit: int
    ) -> tuple[Visitor, ...]:
        """Who has this in their name (as `desk.plates.comparable` writes it), and whose time ends after
        `since` and begins before `until`; good or not, the latest end first."""

    def forget_words(self, visitor_id: int) -> None:
        """Empties the reasons and data of what happened; who did what and when stays."""

    def key(self, estate_id: int) -> bytes:
        """The estate's secret, drawn the first time that it is asked for."""
