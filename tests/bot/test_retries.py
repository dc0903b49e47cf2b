"""Updates played again: once, and what fails once more waits for somebody to ask."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import retries
from bot.clock import HandClock
from bot.faces.base import Incoming
from bot.retries import Retries
from bot.writer import Writer
from storage.errors import DatabaseBusy
from storage.work import Database
from tests.bot.counter import ME, MONDAY
from tests.bot.test_reception import Bell, update


class Readers:
    """A face that reads bodies of one word."""

    def read(self, body: bytes) -> Incoming:
        if body == b"garbage":
            raise ValueError("not an update of Telegram")
        found = update(7, body.decode())
        return found if body != b"nothing" else Incoming(7, None, "")


class Desk:
    """Retries at work on a file with one dead letter."""

    def __init__(self, store: Database) -> None:
        self.store, self.bell, self.writer = store, Bell(), Writer(store)
        face: Any = Readers()
        sender: Any = self.bell
        self.retries = Retries(ME, face, self.writer, sender, HandClock(MONDAY))

    def set_aside(self, body: str = "/help") -> None:
        with self.store.write() as work:
            for _ in range(3):
                work.inbox.failed(ME.id, 7, "RuntimeError", body, MONDAY)
            work.dead_letters.ask(ME.id, 7, MONDAY)

    def waiting(self) -> list[tuple[int, str, bool]]:
        """The letters: failures, error, whether asked for."""
        with self.store.read() as work:
            found = work.dead_letters.waiting(ME.id)
        return [(one.failures, one.error, one.asked_at is not None) for one in found]

    def depth(self) -> int:
        with self.store.read() as work:
            return work.outbox.depth(ME.id)


@pytest.fixture
async def desk(sqlite: Database) -> AsyncIterator[Desk]:
    desk = Desk(sqlite)
    desk.writer.start()
    yield desk
    await desk.writer.close()


async def test_it_is_answered_and_the_letter_gone(desk: Desk):
    desk.set_aside()
    await desk.retries.try_asked()
    assert (desk.waiting(), desk.depth(), desk.bell.woken) == ([], 1, 1)
    await desk.retries.try_asked()
    assert desk.depth() == 1


async def test_one_that_fails_again_waits_until_somebody_asks(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.set_aside()

    def fails(session: Any, *_given: Any) -> None:
        session.inbox.first_time(ME.id, 7, MONDAY)
        raise KeyError("still a mistake of ours")

    with monkeypatch.context() as patched, capture_logs() as logged:
        patched.setattr(retries, "handle", fails)
        await desk.retries.try_asked()
    assert [(one["event"], one["update"]) for one in logged] == [("update.failed", 7)]
    assert desk.waiting() == [(4, "KeyError", False)]
    desk.set_aside()
    await desk.retries.try_asked()
    assert (desk.waiting(), desk.depth()) == ([], 1)


async def test_one_that_nobody_can_read_stays(desk: Desk):
    desk.set_aside("garbage")
    with capture_logs():
        await desk.retries.try_asked()
    assert desk.waiting() == [(4, "ValueError", False)]


async def test_one_that_means_nothing_to_us_any_more_goes(desk: Desk):
    desk.set_aside("nothing")
    await desk.retries.try_asked()
    assert (desk.waiting(), desk.depth()) == ([], 0)


async def test_one_dropped_meanwhile_is_not_played(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.set_aside()
    read = Readers.read

    def dropped_meanwhile(face: Readers, body: bytes) -> Incoming:
        with desk.store.write() as work:
            work.dead_letters.drop(ME.id, 7)
        return read(face, body)

    monkeypatch.setattr(Readers, "read", dropped_meanwhile)
    await desk.retries.try_asked()
    assert desk.depth() == 0


async def test_a_database_that_is_away_leaves_it_asked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.set_aside()

    def busy(*_given: Any) -> None:
        raise DatabaseBusy("the file")

    monkeypatch.setattr(retries, "handle", busy)
    with pytest.raises(DatabaseBusy):
        await desk.retries.try_asked()
    assert desk.waiting() == [(3, "RuntimeError", True)]


async def test_it_looks_less_often_while_the_database_is_away():
    waited: list[float] = []

    async def wait(stop: asyncio.Event, seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            stop.set()

    class Away:
        async def run(self, *_given: Any) -> None:
            raise OSError("no database")

    away: Any = Away()
    idle: Any = None
    with capture_logs():
        await Retries(ME, idle, away, idle, HandClock(MONDAY), wait=wait).run(asyncio.Event())
    assert waited == [2, 4, 8]
