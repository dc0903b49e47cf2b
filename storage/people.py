"""Persons, where they live, what they may do, and the codes that let them in; in SQL."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, bindparam, insert, or_, select, update

from desk.records import Code, Occupancy, Person, Role, Staff
from storage.rows import Keeper, Shape, Upsert, Values
from storage.tables import LIVING_THERE, codes, occupancies, people, staff

PERSON = Keeper(Person, people)
OCCUPANCY = Keeper(Occupancy, occupancies)
STAFF = Keeper(Staff, staff)
CODE = Shape(Code, codes)


def in_force(table: Table) -> ColumnElement[bool]:
    """What holds at `:now`; the end is exclusive."""
    until = table.c.until
    return (table.c.since <= bindparam("now")) & or_(until.is_(None), until > bindparam("now"))


BY_TELEGRAM = select(*PERSON.columns).where(people.c.telegram_id == bindparam("telegram"))
OCCUPANCIES = (
    select(*OCCUPANCY.columns)
    .where(occupancies.c.person_id == bindparam("person"), in_force(occupancies))
    .order_by(occupancies.c.since, occupancies.c.id)
)
STAFF_OF = (
    select(*STAFF.columns)
    .where(staff.c.person_id == bindparam("person"), in_force(staff))
    .order_by(staff.c.since, staff.c.id)
)
STAFF_HERE = (
    select(*STAFF.columns)
    .where(staff.c.estate_id == bindparam("estate"), in_force(staff))
    .order_by(staff.c.id)
)
STAFF_IN_ROLE = STAFF_HERE.where(staff.c.role == bindparam("role"))
CODE_BY_HASH = select(*CODE.columns).where(codes.c.hash == bindparam("sought"))
SPEND = (
    update(codes)
    .where(codes.c.hash == bindparam("sought"), codes.c.spent_at.is_(None))
    .where(codes.c.expires_at > bindparam("now"))
    .values(spent_at=bindparam("now"), spent_by=bindparam("person"))
)

#: Naming the home again makes the row that is there come back
OCCUPY = Upsert(
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
HIRE = Upsert(
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
        return PERSON.maybe(self._connection.execute(BY_TELEGRAM, {"telegram": telegram_id}).first())

    def save(self, person: Person) -> Person:
        """Adds (id 0) or replaces; raises `Conflict` if somebody else has the Telegram account."""
        return PERSON.save(self._connection, person)

    def occupancies(self, person_id: int, now: datetime) -> tuple[Occupancy, ...]:
        """The homes a person lives in now, the longest first."""
        rows = self._connection.execute(OCCUPANCIES, {"person": person_id, "now": now}).all()
        return OCCUPANCY.all(rows)

    def occupy(self, occupancy: Occupancy) -> Occupancy:
        """Adds (id 0) or replaces; living there already changes nothing."""
        if occupancy.id:
            return OCCUPANCY.save(self._connection, occupancy)
        statement = OCCUPY.on(self._connection)
        return OCCUPANCY.read(self._connection.execute(statement, OCCUPANCY.values(occupancy)).one())

    def staff(self, estate_id: int, now: datetime, role: Role | None = None) -> tuple[Staff, ...]:
        """Who works for an estate now (in a role), in the order they were hired."""
        wanted: Values = {"estate": estate_id, "now": now}
        if role is None:
            return STAFF.all(self._connection.execute(STAFF_HERE, wanted).all())
        return STAFF.all(self._connection.execute(STAFF_IN_ROLE, {**wanted, "role": role}).all())

    def staff_of(self, person_id: int, now: datetime) -> tuple[Staff, ...]:
        """Which posts a person holds now, the longest first."""
        return STAFF.all(self._connection.execute(STAFF_OF, {"person": person_id, "now": now}).all())

    def hire(self, staff: Staff) -> Staff:
        """Adds (id 0) or replaces; the same person, estate and role is one post, also after a break."""
        if staff.id:
            return STAFF.save(self._connection, staff)
        result = self._connection.execute(HIRE.on(self._connection), STAFF.values(staff))
        return replace(staff, id=result.scalar_one())

    def issue(self, code: Code) -> None:
        """Keeps the hash of a new code."""
        self._connection.execute(insert(codes), CODE.values(code))

    def code(self, hash: str) -> Code | None:
        """The code with this hash, spent or not."""
        return CODE.maybe(self._connection.execute(CODE_BY_HASH, {"sought": hash}).first())

    def spend(self, hash: str, person_id: int, now: datetime) -> bool:
        """Marks an unspent, unexpired code as spent in one conditional update; False if it was not."""
        wanted = {"sought": hash, "person": person_id, "now": now}
        return self._connection.execute(SPEND, wanted).rowcount == 1
