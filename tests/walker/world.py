"""Sunny Court and its people: one small estate a story, so that many can be played side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from bot.session import Session
from bot.setup.estate_file import EstateFile, read_estate_file
from desk.records import Estate, Home, Occupancy, Person, Queue, Role, Staff
from desk.service_levels import digest
from sandbox import groups
from sandbox.emulator import Emulator
from sandbox.records import Bot, Person as Account, Place, PrivateChat

#: a Monday, 10:00 in Shanghai, far enough ahead that a clock which only runs ahead can show it; and some
#: seconds, so that a clock which is a little fast or slow shows the same minute
MONDAY: Final = datetime(2037, 3, 2, 2, 0, 20, tzinfo=UTC)
TOKEN: Final = "4242:walker-walker-walker-walker"
BOT: Final = Bot(id=4242, token=TOKEN, username="steward_bot", name="Steward")
NAME: Final = "Sunny Court"
EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "sunny-court.toml"

#: who works here, in which role and queue
STAFF: Final = {
    "Olga": (Role.OWNER, "01", ""),
    "Dai": (Role.DISPATCHER, "02", ""),
    "Mo": (Role.MANAGER, "03", ""),
    "Wang": (Role.WORKER, "07", "plumbing"),
    "Zhao": (Role.WORKER, "08", "plumbing"),
    "Gu": (Role.GUARD, "21", ""),
    "Fei": (Role.FEES, "31", ""),
}
HOMES: Final = {"Lin": ("1-1-101",), "Mei": ("1-1-102",)}
#: whom nobody here knows
STRANGER: Final = "Sun"


@dataclass
class World:
    """One estate with its people, as the desk and Telegram know them."""

    number: int
    estate: Estate
    #: Telegram's ids, by name
    people: dict[str, int] = field(default_factory=dict)
    #: the desk's ids, by name
    persons: dict[str, Person] = field(default_factory=dict)
    homes: dict[str, Home] = field(default_factory=dict)
    queues: dict[str, Queue] = field(default_factory=dict)
    group: int = 0

    @property
    def chats(self) -> set[int]:
        """Every chat that belongs to it."""
        return {self.group, *self.people.values()}


Prepare = Callable[[Session, World], None]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is different here from the usual Sunny Court."""

    homes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: HOMES)
    #: language chosen, by name; None for somebody who has not chosen yet; "en" for all others
    languages: Mapping[str, str | None] = field(default_factory=dict)
    prepare: Prepare = lambda work, world: None


def found(home: Emulator, work: Session, number: int, setting: Setting, now: datetime) -> World:
    """A new estate with everybody in it, in Telegram and at the desk."""
    world = World(number, Estate(name=f"{NAME} {number}", time_zone="Asia/Shanghai"))
    names = [*setting.homes, *STAFF, STRANGER]
    for name in names:
        world.people[name] = _account(home, name)
    world.group = _staff_group(home, world)
    _open_estate(work, world, now)
    _move_in(work, world, setting, now)
    _hire(work, world, setting, now)
    setting.prepare(work, world)
    return world


def _account(home: Emulator, name: str) -> int:
    number = home.world.person_id()
    home.world.people[number] = Account(id=number, first_name=name, language_code="en")
    home.world.private[Place(number, BOT.id)] = PrivateChat()
    return number


def _staff_group(home: Emulator, world: World) -> int:
    members = [world.people[name] for name in STAFF if name != "Olga"]
    group = groups.found_group(home, "Staff", "supergroup", True, world.people["Olga"], members)
    groups.set_member(home, group, BOT.id, "administrator", None)
    return group.id


def _open_estate(work: Session, world: World, now: datetime) -> None:
    """What the example's file says, in a group that is set up."""
    file = example()
    estate = replace(file.estate, name=world.estate.name, languages=("en", "zh_CN"))
    world.estate = work.estates.save(replace(estate, staff_chat=world.group, staff_forum=True))
    number = world.estate.id
    for queue in file.queues:
        world.queues[queue.code] = work.estates.save_queue(replace(queue, estate_id=number))
    for home in file.homes:
        world.homes[home.code] = work.estates.save_home(replace(home, estate_id=number))
    for code, service in file.services:
        work.services.save(replace(service, estate_id=number, queue_id=world.queues[code].id))
    for answer in file.answers:
        work.answers.save(replace(answer, estate_id=number))
    work.timers.set(digest(world.estate, now))


@cache
def example() -> EstateFile:
    """The example estate's file."""
    return read_estate_file(EXAMPLE)


def _person(work: Session, world: World, name: str, setting: Setting) -> Person:
    language = setting.languages.get(name, "en")
    person = Person(telegram_id=world.people[name], name=name, language=language, telegram_language="en")
    world.persons[name] = work.people.save(person)
    return world.persons[name]


def _move_in(work: Session, world: World, setting: Setting, now: datetime) -> None:
    for name, codes in setting.homes.items():
        person = _person(work, world, name, setting)
        for code in codes:
            living = Occupancy(
                person_id=person.id,
                home_id=world.homes[code].id,
                estate_id=world.estate.id,
                since=now - timedelta(days=400),
            )
            work.people.occupy(living)


def _hire(work: Session, world: World, setting: Setting, now: datetime) -> None:
    for name, (role, badge, queue) in STAFF.items():
        person = _person(work, world, name, setting)
        post = Staff(
            person_id=person.id,
            estate_id=world.estate.id,
            role=role,
            badge=badge,
            queues=(world.queues[queue].id,) if queue else (),
            since=now - timedelta(days=400),
        )
        work.people.hire(post)
