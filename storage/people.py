"""Persons, where they live, what they may do, and the codes that let them in; in SQL."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Table, bindparam, insert, or_, select, update

from desk.records import Code, Occupancy, Person, Role, Staff
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Keeper, Shape, Values
from storage.tables import LIVING_THERE, codes, occupancies, people, staff

PERSON = Keeper(Person, people)
OCCUPANCY = Keeper(Occupancy, occupancies)
STAFF = Keeper(Staff, staff)
CODE = Shape(Code, codes)


def in_force(table: Table) -> ColumnElement[bool]:
    """What holds at `:now`: from when it is written, as a clock that is set back must shut nobody out; the
    end is exclusive."""
    return or_(table.c.until.is_(None), table.c.until > bindparam("now"))


BY_TELEGRAM = Query(select(*PERSON.columns).where(people.c.telegram_id == bindparam("telegram")), PERSON.read)
OCCUPANCIES = Query(
    select(*OCCUPANCY.columns)
    .where(occupancies.c.person_id == bindparam("person"), in_force(occupancies))
    .order_by(occupancies.c.since, occupancies.c.id),
    OCCUPANCY.read,
)
STAFF_OF = Query(
    select(*STAFF.columns)
    .where(staff.c.person_id == bindparam("person"), in_force(staff))
    .order_by(staff.c.since, staff.c.id),
    STAFF.read,
)
_HERE = (
    select(*STAFF.columns)
    .where(staff.c.estate_id == bindparam("estate"), in_force(staff))
    .order_by(staff.c.id)
)
STAFF_HERE = Query(_HERE, STAFF.read)
STAFF_IN_ROLE = Query(_HERE.where(staff.c.role == bindparam("role")), STAFF.read)
ISSUE = Prepared(insert(codes))
CODE_BY_HASH = Query(select(*CODE.columns).where(codes.c.hash == bindparam("sought")), CODE.read)
SPEND = Prepared(
    update(codes)
    .where(codes.c.hash == bindparam("sought"), codes.c.spent_at.is_(None))
    .where(codes.c.expires_at > bindparam("now"))
    .values(spent_at=bindparam("now"), spent_by=bindparam("person"))
)

#: Naming the home again makes the row that is there come back
OCCUPY = Query(
    lambda into: (
        (add := into(occupancies))
        .on_conflict_do_update(
            index_elements=["person_id", "home_id"],
            index_where=LIVING_THERE,
            set_={"home_id": add.excluded.home_id},
        )
        .returning(*OCCUPANCY.columns)
    ),
    OCCUPANCY.read,
)
HIRE = Prepared(
    lambda into: (
        (add := into(staff))
        .on_conflict_do_update(
            index_elements=["person_id", "estate_id", "role"],
            set_={name: add.excluded[name] for name in ("badge", "queues", "since", "until")},
        )
        .returning(staff.c.id)
    )
)


class SqlPeople:
    """`desk.ports.People` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, person_id: int) -> Person:
        """The person; raises `NotFound`."""
        return PERSON.get(self._link, person_id)

    def by_telegram(self, telegram_id: int) -> Person | None:
        """Who writes from this Telegram account."""
        return BY_TELEGRAM.first(self._link, {"telegram": telegram_id})

    def save(self, person: Person) -> Person:
        """Adds (id 0) or replaces; raises `Conflict` if somebody else has the Telegram account."""
        return PERSON.save(self._link, person)

    def occupancies(self, person_id: int, now: datetime) -> tuple[Occupancy, ...]:
        """The homes a person lives in now, the longest first."""
        return OCCUPANCIES.all(self._link, {"person": person_id, "now": now})

    def occupy(self, occupancy: Occupancy) -> Occupancy:
        """Adds (id 0) or replaces; living there already changes nothing."""
        if occupancy.id:
            return OCCUPANCY.save(self._link, occupancy)
        return OCCUPY.all(self._link, OCCUPANCY.values(occupancy))[0]

    def staff(self, estate_id: int, now: datetime, role: Role | None = None) -> tuple[Staff, ...]:
        """Who works for an estate now (in a role), in the order they were hired."""
        wanted: Values = {"estate": estate_id, "now": now}
        if role is None:
            return STAFF_HERE.all(self._link, wanted)
        return STAFF_IN_ROLE.all(self._link, {**wanted, "role": role})

    def staff_of(self, person_id: int, now: datetime) -> tuple[Staff, ...]:
        """Which posts a person holds now, the longest first."""
        return STAFF_OF.all(self._link, {"person": person_id, "now": now})

    def hire(self, staff: Staff) -> Staff:
        """Adds (id 0) or replaces; the same person, estate and role is one post, also after a break."""
        if staff.id:
            return STAFF.save(self._link, staff)
        return replace(staff, id=HIRE.value(self._link, STAFF.values(staff)))

    def issue(self, code: Code) -> None:
        """Keeps the hash of a new code."""
        ISSUE.change(self._link, CODE.values(code))

    def code(self, hash: str) -> Code | None:
        """The code with this hash, spent or not."""
        return CODE_BY_HASH.first(self._link, {"sought": hash})

    def spend(self, hash: str, person_id: int, now: datetime) -> bool:
        """Marks an unspent, unexpired code as spent in one conditional update; False if it was not."""
        wanted = {"sought": hash, "person": person_id, "now": now}
        return SPEND.change(self._link, wanted) == 1
