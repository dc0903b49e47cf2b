"""Persons, where they live, what they may do, and the codes that let them in; in memory."""

from dataclasses import replace
from datetime import datetime

from desk.errors import Conflict, NotFound
from desk.records import Code, Occupancy, Person, Role, Staff
from storage.memory.shelves import Room, Shelf


class MemoryPeople:
    """`desk.ports.People` in memory."""

    def __init__(self, room: Room) -> None:
        self._people = Shelf(room, "people", Person, ["telegram_id"])
        self._occupancies = Shelf(room, "occupancies", Occupancy, ["person_id", "home_id", "until"])
        self._staff = Shelf(room, "staff", Staff, ["person_id", "estate_id", "role"])
        self._codes = Shelf(room, "codes", Code)

    def get(self, person_id: int) -> Person:
        """The person; raises `NotFound`."""
        if person := self._people.get(person_id):
            return person
        raise NotFound

    def by_telegram(self, telegram_id: int) -> Person | None:
        """Who writes from this Telegram account."""
        return next(iter(self._people.where(telegram_id=telegram_id)), None)

    def save(self, person: Person) -> Person:
        """Adds (id 0) or replaces; raises `Conflict` if somebody else has the Telegram account."""
        if person.id:
            self.get(person.id)
        there = self.by_telegram(person.telegram_id)
        if there is not None and there.id != person.id:
            raise Conflict
        person = replace(person, id=person.id or self._people.next_id())
        self._people.put(person.id, person)
        return person

    def occupancies(self, person_id: int, now: datetime) -> tuple[Occupancy, ...]:
        """The homes a person lives in now, the longest first."""
        here = [one for one in self._occupancies.where(person_id=person_id) if in_force(one, now)]
        return tuple(sorted(here, key=lambda one: (one.since, one.id)))

    def occupy(self, occupancy: Occupancy) -> Occupancy:
        """Adds (id 0) or replaces; living there already changes nothing."""
        same = self._occupancies.where(person_id=occupancy.person_id, home_id=occupancy.home_id, until=None)
        if not occupancy.id and same and occupancy.until is None:
            return same[0]
        check_there(occupancy.id, self._occupancies)
        occupancy = replace(occupancy, id=occupancy.id or self._occupancies.next_id())
        self._occupancies.put(occupancy.id, occupancy)
        return occupancy

    def staff(self, estate_id: int, now: datetime, role: Role | None = None) -> tuple[Staff, ...]:
        """Who works for an estate now (in a role), in the order they were hired."""
        posts = self._staff.where(estate_id=estate_id)
        return tuple(post for post in posts if role in (None, post.role) and in_force(post, now))

    def staff_of(self, person_id: int, now: datetime) -> tuple[Staff, ...]:
        """Which posts a person holds now, the longest first."""
        posts = [post for post in self._staff.where(person_id=person_id) if in_force(post, now)]
        return tuple(sorted(posts, key=lambda post: (post.since, post.id)))

    def hire(self, staff: Staff) -> Staff:
        """Adds (id 0) or replaces; the same person, estate and role is one post, also after a break."""
        check_there(staff.id, self._staff)
        same = self._staff.where(person_id=staff.person_id, estate_id=staff.estate_id, role=staff.role)
        staff = replace(staff, id=staff.id or (same[0].id if same else self._staff.next_id()))
        if any(post.id != staff.id for post in same):
            raise Conflict
        self._staff.put(staff.id, staff)
        return staff

    def issue(self, code: Code) -> None:
        """Keeps the hash of a new code."""
        self._codes.put(code.hash, code)

    def code(self, hash: str) -> Code | None:
        """The code with this hash, spent or not."""
        return self._codes.get(hash)

    def spend(self, hash: str, person_id: int, now: datetime) -> bool:
        """Marks an unspent, unexpired code as spent; False if it was not."""
        code = self._codes.get(hash)
        if code is None or code.spent_at is not None or code.expires_at <= now:
            return False
        self._codes.put(hash, replace(code, spent_at=now, spent_by=person_id))
        return True


def in_force(span: Occupancy | Staff, now: datetime) -> bool:
    """What holds now: from when it is written, as a clock that is set back must shut nobody out; the end is
    exclusive."""
    return span.until is None or span.until > now


def check_there(number: int, shelf: Shelf[Staff] | Shelf[Occupancy]) -> None:
    """Raises `NotFound` for a record to replace that is not there."""
    if number and shelf.get(number) is None:
        raise NotFound
