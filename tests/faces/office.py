"""A sender at work: real storage, real faces, a strict sandbox, and a time that flies while nobody acts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.courier import Arrive, nobody
from bot.faces.base import Call, Face, Outcome
from bot.sender import Sender
from bot.writer import Writer
from desk.mail import Outgoing, Verb
from desk.ports import Work
from desk.records import Estate, Json, Queue
from sandbox.client import Group, Sandbox
from sandbox.clock import Clock
from sandbox.pictures import png
from sandbox.running import running
from storage.memory.work import MemoryDatabase
from tests.faces.telegram import Telegram

T = TypeVar("T")


@dataclass
class Hand:
    """The time, for the sender and for Telegram alike. It stands still while a call is under way."""

    at: float = 1_800_000_000.0
    busy: int = 0
    #: how many began
    acts: int = 0

    def __call__(self) -> float:
        return self.at

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)

    def monotonic(self) -> float:
        return self.at

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """What would be waited for has passed, unless Telegram has yet to answer."""
        before, quiet = self.acts, not self.busy
        await asyncio.sleep(0.001)
        if quiet and not self.busy and self.acts == before and not event.is_set():
            self.at += seconds

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Time stands still meanwhile."""
        self.busy += 1
        self.acts += 1
        try:
            yield
        finally:
            self.busy -= 1


@dataclass
class Watched:
    """A face whose calls are counted while they are under way."""

    face: Face
    hand: Hand
    most: int = 0
    #: Telegram is slow until somebody opens it
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def call(self, call: Call) -> Outcome:
        with self.hand.acting():
            self.most = max(self.most, self.hand.busy)
            await self.gate.wait()
            return await self.face.call(call)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.face, name)


@contextmanager
def strict_telegram(directory: Path) -> Iterator[tuple[Telegram, Hand]]:
    """A Telegram that runs in the hand's time."""
    hand = Hand()
    with running(clock=Clock(directory / "clock", hand)) as base:
        yield Telegram(Sandbox(base, timeout=5)), hand


@dataclass
class Office:
    """An estate with a queue, and the sender of its bot."""

    telegram: Telegram
    hand: Hand
    face: Face
    database: Any = field(default_factory=MemoryDatabase)
    pictures: list[Mapping[str, Json]] = field(default_factory=list)
    arrive: Arrive = nobody
    failures: int = 0
    #: mail is handed to the sender after its commit; else the sender has to look for it, as where another
    #: process writes it
    handing: bool = True
    writer: Writer | None = None

    def __post_init__(self) -> None:
        self.watched = Watched(self.face, self.hand)
        self.sender = self.new_sender()

    def new_sender(self, *, alone: bool = False) -> Sender:
        """One that knows nothing yet, as after a restart."""
        return Sender(
            self.watched,
            self.telegram.steward.id,
            self.transact,
            self.hand,
            self.draw,
            arrive=self.arrive,
            alone=alone,
            monotonic=self.hand,
            wait=self.hand.wait,
        )

    async def draw(self, wanted: Mapping[str, Json]) -> bytes | None:
        self.pictures.append(wanted)
        if "broken" in wanted:
            raise ValueError("no such chart")
        return png()

    async def transact(self, do: Callable[[Work], T], /) -> T:
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        if self.writer is None:
            return self.write(do)
        with self.hand.acting():
            return await self.writer.run(do)

    def write(self, do: Callable[[Work], T]) -> T:
        with self.database.write() as work:
            result = do(work)
            then = self.sender.collect(work) if self.handing else None
        if then:
            then()
        return result

    def put(
        self, chat: int, html: str = "", *, key: str = "", verb: Verb | None = None, **fields: Any
    ) -> None:
        """Mail into the outbox, and a word to the sender after the commit."""
        payload = fields.pop("payload", {"html": html})
        chosen = verb or (Verb.SHOW if key else Verb.SAY)
        mail = Outgoing(
            bot_id=self.telegram.steward.id, chat_id=chat, key=key, verb=chosen, payload=payload, **fields
        )
        self.write(lambda work: work.outbox.put(mail))
        if not self.handing:
            self.sender.wake()

    def depth(self) -> int:
        return self.read(lambda work: work.outbox.depth(self.telegram.steward.id))

    def read(self, look: Callable[[Work], T]) -> T:
        with self.database.read() as work:
            return look(work)

    async def sent_all(self) -> None:
        """Waits until nothing waits any more."""
        await self.until(lambda: not self.depth())

    async def until(self, happened: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not happened():  # noqa: ASYNC110 - what happens in Telegram sets no event of ours
                await asyncio.sleep(0.002)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[asyncio.Event]:
        """While the sender runs."""
        stop = asyncio.Event()
        running = asyncio.create_task(self.sender.run(stop))
        try:
            yield stop
        finally:
            stop.set()
            await running

    def staffed(self, group: Group, *, forum: bool = True) -> Queue:
        """Binds the staff group, and gives it a queue without a topic yet."""

        def bind(work: Work) -> Queue:
            estate = work.estates.save(
                Estate(
                    name="Sunny Court",
                    time_zone="Asia/Shanghai",
                    languages=("en", "zh"),
                    staff_chat=group.id,
                    staff_forum=forum,
                )
            )
            title = {"zh": "水电", "en": "Plumbing"}
            return work.estates.save_queue(Queue(estate_id=estate.id, code="plumbing", title=title))

        return self.write(bind)

    def message(self, chat: int, key: str) -> int | None:
        return self.write(lambda work: work.outbox.message(self.telegram.steward.id, chat, key))

    def queue(self, queue_id: int) -> Queue:
        return self.write(lambda work: work.estates.queue(queue_id))

    def estate(self) -> Estate:
        return self.write(lambda work: work.estates.all()[0])

    def later(self, seconds: float) -> datetime:
        return self.hand.now() + timedelta(seconds=seconds)
