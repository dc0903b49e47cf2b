"""Persons, as they are kept."""

from datetime import datetime
from typing import Protocol

from desk.records import Code, Occupancy, Person, Role, Staff


class People(Protocol):
    """Persons, where they live, and what they may do."""

    def get(self, person_id: int) -> Person:
        """The person; raises `NotFound`."""

    def by_telegram(self, telegram_id: int) -> Person | None:
        """Who writes from this Telegram account."""

    def save(self, person: Person) -> Person:
        """Adds (id 0) or replaces."""

    def occupancies(self, person_id: int, now: datetime) -> tuple[Occupancy, ...]:
        """The homes a person lives in now, the longest first."""

    def occupy(self, occupancy: Occupancy) -> Occupancy:
        """Adds (id 0) or replaces; living there already changes nothing."""

    def staff(self, estate_id: int, now: datetime, role: Role | None = None) -> tuple[Staff, ...]:
        """Who works for an estate now (in a role)."""

    def staff_of(self, person_id: int, now: datetime) -> tuple[Staff, ...]:
        """Which posts a person holds now."""

    def hire(self, staff: Staff) -> Staff:
        """Adds (id 0) or replaces; the same person, estate and role is one post."""

    def issue(self, code: Code) -> None:
        """Keeps the hash of a new code."""

    def code(self, hash: str) -> Code | None:
        """The code with this hash, spent or not."""

    def spend(self, hash: str, person_id: int, now: datetime) -> bool:
        """Marks an unspent, unexpired code as spent in one conditional update; False if it was not."""
