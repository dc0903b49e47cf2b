"""Persons, where they live, what they may do, and the codes that let them in; in SQL."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, bindparam, insert, or_, select, update

from desk.records import Code, Occupancy, Person, Role, Staff
from storage.prepared import Prepared
from storage.rows import Keeper, Shape, Values
from storage.tables import LIVING_THERE, codes, occupancies, people, staff

PERSON = Keeper(Person, people)
OCCUPANCY = Keeper(Occupancy, occupancies)
STAFF = Keeper(Staff, staff)
CODE = Shape(Code, codes)


def in_force(table: Table) -> ColumnElement[bool]:
    """What holds at `:now`; the end is exclusive."""
    until = table.c.until
    return (table.c.since <= bindparam("now")) & or_(until.is_(None), until > bindparam("now"))


BY_TELEGRAM = Prepared(select(*PERSON.columns).where(people.c.telegram_id == bindparam("telegram")))
OCCUPANCIES = Prepared(
    select(*OCCUPANCY.columns)
    .where(occupancies.c.person_id == bindparam("person"), in_force(occupancies))
    .order_by(occupancies.c.since, occupancies.c.id)
)
STAFF_OF = Prepared(
    select(*STAFF.columns)
    .where(staff.c.person_id == bindparam("person"), in_force(staff))
    .order_by(staff.c.since, staff.c.id)
)
_HERE = (
    select(*STAFF.columns)
    .where(staff.c.estate_id == bindparam("estate"), in_force(staff))
    .order_by(staff.c.id)
)
STAFF_HERE = Prepared(_HERE)
STAFF_IN_ROLE = Prepared(_HERE.where(staff.c.role == bindparam("role")))
ISSUE = Prepared(insert(codes))
CODE_BY_HASH = Prepared(select(*CODE.columns).where(codes.c.hash == bindparam("sought")))
SPEND = Prepared(
    update(codes)
    .where(codes.c.hash == bindparam("sought"), codes.c.spent_at.is_(None))
    .where(codes.c.expires_at > bindparam("now"))
    .values(spent_at=bindparam("now"), spent_by=bindparam("person"))
)

#: Naming the home again makes the row that is there come back
OCCUPY = Prepared(
    lambda into: (
        (add := into(occupancies))
        .on_conflict_do_update(
            index_elements=["person_id", "home_id"],
            index_where=LIVING_THERE,
            set_={"home_id": add.excluded.home_id},
        )
        .returning(*OCCUPANCY.columns)
    )
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
    """`desk.ports.People` over a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, person_id: int) -> Person:
        """The person; raises `NotFound`."""
        return PERSON.get(self._connection, person_id)

    def by_telegram(self, telegram_id: int) -> Person | None:
        """Who writes from this Telegram account."""
        return PERSON.maybe(BY_TELEGRAM.row(self._connection, {"telegram": telegram_id}))

    def save(self, person: Person) -> Person:
        """Adds (id 0) or replaces; raises `Conflict` if somebody else has the Telegram account."""
        return PERSON.save(self._connection, person)

    def occupancies(self, person_id: int, now: datetime) -> tuple[Occupancy, ...]:
        """The homes a person lives in now, the longest first."""
        rows = OCCUPANCIES.rows(self._connection, {"person": person_id, "now": now})
        return OCCUPANCY.all(rows)

    def occupy(self, occupancy: Occupancy) -> Occupancy:
        """Adds (id 0) or replaces; living there already changes nothing."""
        if occupancy.id:
            return OCCUPANCY.save(self._connection, occupancy)
        return OCCUPANCY.all(OCCUPY.rows(self._connection, OCCUPANCY.values(occupancy)))[0]

    def staff(self, estate_id: int, now: datetime, role: Role | None = None) -> tuple[Staff, ...]:
        """Who works for an estate now (in a role), in the order they were hired."""
        wanted: Values = {"estate": estate_id, "now": now}
        if role is None:
            return STAFF.all(STAFF_HERE.rows(self._connection, wanted))
        return STAFF.all(STAFF_IN_ROLE.rows(self._connection, {**wanted, "role": role}))

    def staff_of(self, person_id: int, now: datetime) -> tuple[Staff, ...]:
        """Which posts a person holds now, the longest first."""
        return STAFF.all(STAFF_OF.rows(self._connection, {"person": person_id, "now": now}))

    def hire(self, staff: Staff) -> Staff:
        """Adds (id 0) or replaces; the same person, estate and role is one post, also after a break."""
        if staff.id:
            return STAFF.save(self._connection, staff)
        return replace(staff, id=HIRE.value(self._connection, STAFF.values(staff)))

    def issue(self, code: Code) -> None:
        """Keeps the hash of a new code."""
        ISSUE.change(self._connection, CODE.values(code))

    def code(self, hash: str) -> Code | None:
        """The code with this hash, spent or not."""
        return CODE.maybe(CODE_BY_HASH.row(self._connection, {"sought": hash}))

    def spend(self, hash: str, person_id: int, now: datetime) -> bool:
        """Marks an unspent, unexpired code as spent in one conditional update; False if it was not."""
        wanted = {"sought": hash, "person": person_id, "now": now}
        return SPEND.change(self._connection, wanted) == 1
