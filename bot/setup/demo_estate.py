"""What the demo keeps: the example estate with its past, and a link for everybody who plays."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Final

from bot.clock import SystemClock
from bot.setup import codes
from bot.setup.cast import PARTS, Part
from bot.setup.children import ROOT
from bot.setup.estate_file import read_estate_file
from bot.setup.import_estate import import_estate
from bot.setup.past import people
from bot.setup.past.feedback import play_feedback
from bot.setup.past.fees import play_fees
from bot.setup.past.repairs import DAYS, Past, play_repairs
from bot.setup.past.stories import Book
from desk.ports import Work
from desk.records import Estate, Occupancy, Person, Role, Staff
from storage.migrate import migrate
from storage.work import Database

ESTATE: Final = ROOT / "examples/sunny-court.toml"
#: the same past for everybody who tries the demo
SEED: Final = 7


def prepare_estate(url: str, accounts: Mapping[Part, int]) -> tuple[dict[Part, str], int]:
    """Imports the example and plays its past; a code for everybody, and how many queues want a topic."""
    migrate(url)
    file = read_estate_file(ESTATE)
    with Database(url, durable=False, pool_size=1) as database, database.write() as work:
        now = SystemClock().now()
        import_estate(work, file, now)
        estate = codes.find_estate(work, "")
        _past(work, estate, accounts, now)
        return {part: _code(work, estate, part, now) for part in PARTS}, len(file.queues)


def _past(work: Work, estate: Estate, accounts: Mapping[Part, int], now: datetime) -> None:
    """Everybody has lived or worked here for a while: the cast, and others who are only known by name."""
    dice = Random(SEED)
    book, since = Book(dice), now - timedelta(days=DAYS + 30)
    homes = people.all_homes(work, estate)
    people.colleagues(work, estate, book, since)
    residents = [*people.neighbours(work, homes, book, since)]
    cast = {part.name: _settled(work, estate, part, account, since) for part, account in accounts.items()}
    residents += cast.values()
    living = [one for one in residents if work.people.occupancies(one.id, now)]
    play_repairs(Past(work, estate, living, book, dice, now))
    play_feedback(work, estate, cast, now)
    play_fees(work, estate, homes, dice, now)


def _settled(work: Work, estate: Estate, part: Part, account: int, since: datetime) -> Person:
    """Somebody of the cast, who opens their link only when the demo begins. The bot is at work already, and
    may have met them when they added it to their group."""
    met = Person(telegram_id=account, name=part.name, telegram_language=part.phone_language)
    person = work.people.by_telegram(account) or work.people.save(met)
    if part.role is Role.RESIDENT:
        home = codes.find_home(work, estate, part.home)
        work.people.occupy(Occupancy(person_id=person.id, home_id=home.id, estate_id=estate.id, since=since))
    else:
        queues = (codes.find_queue(work, estate, part.queue).id,) if part.queue else ()
        work.people.hire(
            Staff(
                person_id=person.id,
                estate_id=estate.id,
                role=part.role,
                badge=part.badge,
                queues=queues,
                since=since,
            )
        )
    return person


def _code(work: Work, estate: Estate, part: Part, now: datetime) -> str:
    if part.role is Role.RESIDENT:
        return codes.home_code(work, estate, part.home, now)
    return codes.invite(work, estate, part.role, part.queue, part.badge, now)
