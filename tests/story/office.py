"""An estate at work, for tests of single situations: everybody has come in, and more can come at any time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.clock import open_clock
from bot.setup import codes
from desk.actions.perform import perform
from desk.actions.reporting import ReportRepair
from desk.records import Change, Role
from sandbox.client import Message, Person, Sandbox
from sandbox.running import running
from storage.work import Database
from tests.story.forwarder import forwarding
from tests.story.nursery import SwiftStage
from tests.story.repair import OPENING, Cast, import_estate
from tests.story.stage import free_port


@dataclass
class Office:
    """The story's people after its opening, the bot, and its database."""

    cast: Cast
    database: Database
    #: a second process of the bot, if there is one
    twin: SwiftStage | None = None

    @property
    def stage(self) -> SwiftStage:
        """Where it all happens."""
        assert isinstance(self.cast.stage, SwiftStage)
        return self.cast.stage

    @property
    def sandbox(self) -> Sandbox:
        """The local Telegram."""
        return self.stage.sandbox

    def home_code(self) -> str:
        """A code for a resident of the first home."""
        with self.database.write() as work:
            now = open_clock(self.stage.folder / "clock").now()
            return codes.home_code(work, codes.find_estate(work, ""), "1-1-101", now)

    def resident(self, name: str = "Ma", **fields: str) -> Person:
        """A new resident, who has come in and chosen English."""
        return self._comes(self.sandbox.person(name, language_code="en", **fields), self.home_code())

    def worker(self, name: str, badge: str) -> Person:
        """A new plumber in the staff group, who has come in and chosen English."""
        person = self.sandbox.person(name, language_code="en")
        self.cast.group.add(person, by=self.cast.owner)
        with self.database.write() as work:
            now = open_clock(self.stage.folder / "clock").now()
            estate = codes.find_estate(work, "")
            code = codes.invite(work, estate, Role.WORKER, "plumbing", badge, now)
        return self._comes(person, code)

    def _comes(self, person: Person, code: str) -> Person:
        person.open(self.stage.bot, code)
        self.stage.settle()
        person.tap("English", chat=self.stage.bot)
        self.stage.settle()
        return person

    def filed(self, resident: Person) -> int:
        """A request of this resident that waits for a worker; its id."""
        with self.database.write() as work:
            known = work.people.by_telegram(resident.id)
            assert known is not None
            now = open_clock(self.stage.folder / "clock").now()
            home = work.people.occupancies(known.id, now)[0].home_id
            order = ReportRepair(resident_id=known.id, home_id=home, kind="leak", problem="Drip")
            change = perform(work, known, order, now)
            assert isinstance(change, Change)
            return change.request.id

    def ask(self, sql: str, **values: object) -> list[tuple[object, ...]]:
        """What the database says."""
        with self.database.read() as work:
            return [tuple(row) for row in work.connection.execute(text(sql), values)]

    def said(self, person: Person) -> list[Message]:
        """What the bot said to a person, oldest first."""
        self.stage.settle()
        return [one for one in person.chat(self.stage.bot) if one.by_bot]


@contextmanager
def office(folder: Path, face: str) -> Iterator[Office]:
    """A new world with an estate at work: one bot that polls, on SQLite."""
    with running(clock=folder / "clock") as base:
        stage = SwiftStage(Sandbox(base), folder, face, f"sqlite:///{folder / 'steward.db'}")
        with at_work(stage) as found:
            yield found


@contextmanager
def shared_office(folder: Path, face: str, url: str) -> Iterator[Office]:
    """The same with two processes of one bot that share the work, on PostgreSQL: Telegram calls a proxy."""
    ports = (free_port(), free_port())
    with running(clock=folder / "clock") as base, forwarding(ports) as address:
        one, two = (
            SwiftStage(Sandbox(base), folder, face, url, mode="webhook", port=port, address=address)
            for port in ports
        )
        with at_work(one) as found:
            two.start()
            found.twin = two
            yield found
            two.kill()


@contextmanager
def at_work(stage: SwiftStage) -> Iterator[Office]:
    """The estate on a stage of one's own, after its opening."""
    cast = Cast(stage)
    import_estate(cast)
    try:
        stage.start()
        for scene in OPENING:
            scene(cast)
            stage.settle()
        with Database(stage.database) as database:
            yield Office(cast, database)
    finally:
        stage.kill()
