"""The people of a benchmark: estates whose residents live there already, and staff who are hired already.

They are numbered as the driver numbers them: a resident's estate is their number modulo the estates.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

from benchmarks.history import fill
from desk.records import AgainRules, Estate, Home, Occupancy, Opening, Person, Queue, Role, Rules, Staff
from storage.migrate import migrate
from storage.work import Database, SqlWork

#: Everybody reports the same tap again and again, and each time it shall be taken as a report of its own.
NOTHING_TWICE: Final = Rules(again=AgainRules(within=timedelta(days=-1), outage_homes=1_000_000))
#: how the driver numbers its people, and the first of those who leave a conversation open
RESIDENTS, WORKERS, PASSERS_BY = 1_000_000_000, 2_000_000_000, 1_000_000
STAFF_CHAT: Final = -1_001_234_567_890
HOURS: Final = tuple(Opening(weekday=day, start=time(8), end=time(18)) for day in range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """How many of each."""

    estates: int = 1
    residents: int = 500
    #: who each leave a conversation open
    passers_by: int = 0
    #: in each estate
    workers: int = 50
    managers: int = 0
    #: requests of the past
    past: int = 0
    #: when people moved in, and the past ends; None is now
    today: datetime | None = None


def build(path: Path, town: Town) -> None:
    """A database file with the town in it."""
    url = f"sqlite:///{path}"
    migrate(url)
    today = town.today or datetime.now(UTC)
    with Database(url, durable=False) as database:
        with database.write() as work:
            settle(work, town, today)
        if town.past:
            people, estates = town.residents, town.estates
            fill(database, town.past, people=people, homes=people, estates=estates, until=today)


def settle(work: SqlWork, town: Town, now: datetime) -> None:
    """Fills the town."""
    estates = [_estate(work, number) for number in range(town.estates)]
    for number in (*range(town.residents), *range(PASSERS_BY, PASSERS_BY + town.passers_by)):
        _resident(work, estates[number % town.estates], number, now)
    for place, estate in enumerate(estates):
        for number in range(town.workers + town.managers):
            role = Role.WORKER if number < town.workers else Role.MANAGER
            _hire(work, estate, place * town.workers + number, role, now)


def _estate(work: SqlWork, number: int) -> Estate:
    """One in China, where the clock is the same everywhere and never changes."""
    name = f"Lotus Garden {number + 1}"
    estate = work.estates.save(
        Estate(
            name=name,
            time_zone="Asia/Shanghai",
            hours=HOURS,
            staff_chat=STAFF_CHAT - number,
            rules=NOTHING_TWICE,
        )
    )
    queue = Queue(estate_id=estate.id, code="plumbing", title={"en": "Plumbing"}, kinds=("plumbing",))
    work.estates.save_queue(queue)
    return estate


def _resident(work: SqlWork, estate: Estate, number: int, now: datetime) -> None:
    person = _person(work, RESIDENTS + number, f"Resident N{number}")
    home = work.estates.save_home(Home(estate_id=estate.id, code=f"1-1-{number}"))
    work.people.occupy(Occupancy(person_id=person.id, home_id=home.id, estate_id=estate.id, since=now))


def _hire(work: SqlWork, estate: Estate, number: int, role: Role, now: datetime) -> None:
    """Managers are numbered past all workers, since the driver's staff tap as workers."""
    apart = 500_000 if role is Role.MANAGER else 0
    person = _person(work, WORKERS + apart + number, f"Staff N{number}")
    work.people.hire(Staff(person_id=person.id, estate_id=estate.id, role=role, badge=str(number), since=now))


def _person(work: SqlWork, telegram_id: int, name: str) -> Person:
    return work.people.save(Person(telegram_id=telegram_id, name=name, language="en", telegram_language="en"))
