"""Who lives and works at the demo's estate: three buildings with 120 homes, half of them known to the bot."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from bot.setup.past.stories import Book, Colleague, language_of
from desk.ports import Work
from desk.records import Estate, Home, Occupancy, Person, Role, Staff

#: as many as a medium estate: three buildings, two entrances, ten floors, two doors
BUILDINGS, ENTRANCES, FLOORS, DOORS = 3, 2, 10, 2
AREAS: Final = (Decimal("89.50"), Decimal("112.00"))
#: accounts of people who are not in the local Telegram
ABSENT: Final = 9_000_000_000
LANGUAGES: Final = {"zh": "zh_CN", "en": "en"}


def all_homes(work: Work, estate: Estate) -> tuple[Home, ...]:
    """Every home; those that the estate's file does not name are added."""
    known = {home.code for home in work.estates.homes(estate.id)}
    for building in range(1, BUILDINGS + 1):
        for door in _doors(building):
            if door.code not in known:
                work.estates.save_home(
                    Home(estate_id=estate.id, code=door.code, area=door.area, floor=door.floor)
                )
    return work.estates.homes(estate.id)


def _doors(building: int) -> list[Home]:
    return [
        Home(
            estate_id=0,
            code=f"{building}-{entrance}-{floor}{door:02}",
            area=AREAS[door - 1],
            floor=floor,
        )
        for entrance in range(1, ENTRANCES + 1)
        for floor in range(1, FLOORS + 1)
        for door in range(1, DOORS + 1)
    ]


def neighbours(work: Work, homes: tuple[Home, ...], book: Book, since: datetime) -> tuple[Person, ...]:
    """Somebody in every third home; they are known to the bot, and not in this Telegram."""
    moved_in = []
    for number, name in enumerate(book.residents):
        home = homes[number * 3 % len(homes)]
        person = _absent(work, name, number)
        work.people.occupy(
            Occupancy(person_id=person.id, home_id=home.id, estate_id=home.estate_id, since=since)
        )
        moved_in.append(person)
    return tuple(moved_in)


def colleagues(work: Work, estate: Estate, book: Book, since: datetime) -> None:
    """Workers of the queues that nobody in the demo plays."""
    queues = {queue.code: queue.id for queue in work.estates.queues(estate.id)}
    for number, one in enumerate(book.colleagues):
        person = _absent(work, one.name, 500 + number)
        work.people.hire(_post(estate, person, one, queues, since))


def _post(
    estate: Estate, person: Person, one: Colleague, queues: Mapping[str, int], since: datetime
) -> Staff:
    return Staff(
        person_id=person.id,
        estate_id=estate.id,
        role=Role.WORKER,
        badge=one.badge,
        queues=(queues[one.queue],),
        since=since,
    )


def _absent(work: Work, name: str, number: int) -> Person:
    return work.people.save(
        Person(
            telegram_id=ABSENT + number,
            name=name,
            language=LANGUAGES[language_of(name)],
            telegram_language=language_of(name),
            blocked=True,
        )
    )


def hours_later(moment: datetime, hours: float) -> datetime:
    """Some hours after a moment."""
    return moment + timedelta(hours=hours)
