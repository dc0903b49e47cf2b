"""Who lives in a home, and who asks to, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from desk.records import Knock, Occupancy
from storage.link import Link
from storage.people import OCCUPANCY, in_force
from storage.prepared import Prepared, Query
from storage.rows import Keeper
from storage.tables import KNOCKING, codes, knocks, occupancies

KNOCK = Keeper(Knock, knocks)

LIVING_IN = Query(
    select(*OCCUPANCY.columns)
    .where(occupancies.c.home_id == bindparam("home"), in_force(occupancies))
    .order_by(occupancies.c.since, occupancies.c.id),
    OCCUPANCY.read,
)
OF_PERSON = Query(
    select(*OCCUPANCY.columns)
    .where(occupancies.c.person_id == bindparam("person"))
    .order_by(occupancies.c.since, occupancies.c.id),
    OCCUPANCY.read,
)
SETTLE = Prepared(
    update(knocks)
    .where(knocks.c.id == bindparam("sought"), knocks.c.settled_at.is_(None))
    .values(settled_at=bindparam("now"), settled_by=bindparam("who"), granted=bindparam("yes"))
)
KNOCKED = Query(
    select(*KNOCK.columns)
    .where(knocks.c.person_id == bindparam("person"), knocks.c.asked_at >= bindparam("since"))
    .order_by(knocks.c.asked_at, knocks.c.id),
    KNOCK.read,
)
WAITING = Query(
    select(*KNOCK.columns)
    .where(knocks.c.estate_id == bindparam("estate"), KNOCKING)
    .order_by(knocks.c.asked_at, knocks.c.id)
    .limit(bindparam("most")),
    KNOCK.read,
)
VOID = Prepared(
    update(codes)
    .where(codes.c.home_id == bindparam("home"), codes.c.issued_by == bindparam("who"))
    .where(codes.c.spent_at.is_(None), codes.c.expires_at > bindparam("now"))
    .values(expires_at=bindparam("now"))
)


class SqlHouseholds:
    """`desk.ports.Households` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def living_in(self, home_id: int, now: datetime) -> tuple[Occupancy, ...]:
        """Who belongs to a home now, the longest first."""
        return LIVING_IN.all(self._link, {"home": home_id, "now": now})

    def occupancy(self, occupancy_id: int) -> Occupancy:
        """One person's link to one home, ended or not; raises `NotFound`."""
        return OCCUPANCY.get(self._link, occupancy_id)

    def of_person(self, person_id: int) -> tuple[Occupancy, ...]:
        """Every link that a person has or had, the oldest first."""
        return OF_PERSON.all(self._link, {"person": person_id})

    def knock(self, knock: Knock) -> Knock:
        """Notes that somebody asks to be linked."""
        return KNOCK.save(self._link, knock)

    def knock_of(self, knock_id: int) -> Knock:
        """The one with this number; raises `NotFound`."""
        return KNOCK.get(self._link, knock_id)

    def settle(self, knock_id: int, by: int | None, granted: bool, now: datetime) -> bool:
        """Answers it, in one conditional update; False if somebody was quicker."""
        values = {"sought": knock_id, "who": by, "yes": granted, "now": now}
        return SETTLE.change(self._link, values) == 1

    def knocked(self, person_id: int, since: datetime) -> tuple[Knock, ...]:
        """What a person asked since then, the oldest first."""
        return KNOCKED.all(self._link, {"person": person_id, "since": since})

    def waiting(self, estate_id: int, limit: int = 50) -> tuple[Knock, ...]:
        """What nobody has answered yet, the longest waiting first."""
        return WAITING.all(self._link, {"estate": estate_id, "most": limit})

    def void_codes(self, home_id: int, issued_by: int, now: datetime) -> int:
        """Makes the unspent codes worthless that somebody made for a home; how many they were."""
        return VOID.change(self._link, {"home": home_id, "who": issued_by, "now": now})
