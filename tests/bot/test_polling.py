"""The poll against a real getUpdates: nothing is confirmed before it is committed."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence

import pytest
from structlog.testing import capture_logs

from bot.faces.base import Face, Incoming, OtherPoller, WrongToken
from bot.polling import CONFLICT_GRACE, LONGEST_BACKOFF, poll
from bot.said import Command
from dialogs.engine.heard import Words
from sandbox.client import Sandbox
from tests.faces.telegram import FACES, Telegram, serving, speaking


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with serving() as found:
        yield found


@pytest.fixture
def telegram(sandbox: Sandbox) -> Telegram:
    return Telegram(sandbox)


@pytest.fixture(params=FACES)
async def face(request: pytest.FixtureRequest, telegram: Telegram) -> AsyncIterator[Face]:
    async with speaking(request.param, telegram.sandbox.base) as found:
        yield found


class Reception:
    """Takes updates in, and can be slow or broken."""

    def __init__(self) -> None:
        self.acts: list[object] = []
        self.failures = 0
        self.open = asyncio.Event()
        self.open.set()
        self.news = asyncio.Event()

    async def receive(self, batch: Sequence[Incoming]) -> None:
        self.news.set()
        await self.open.wait()
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        self.acts += [incoming.said and incoming.said.act for incoming in batch]
        self.news.set()


class Patience:
    """A time that passes as fast as it is waited for."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        self.waited.append(seconds)
        await asyncio.sleep(0)

    def __call__(self) -> float:
        return sum(self.waited)


async def polling(face: Face, reception: Reception, stop: asyncio.Event, patience: Patience) -> None:
    await poll(face, reception.receive, stop, wait=patience.wait, monotonic=patience)


async def heard(reception: Reception, count: int) -> None:
    async with asyncio.timeout(10):
        while len(reception.acts) < count:
            reception.news.clear()
            await reception.news.wait()


async def test_updates_are_handed_over_and_then_confirmed(face: Face, telegram: Telegram):
    reception, stop = Reception(), asyncio.Event()
    task = asyncio.create_task(polling(face, reception, stop, Patience()))
    await heard(reception, 1)
    telegram.ada.say("one")
    await heard(reception, 2)
    await asyncio.to_thread(telegram.sandbox.settled, telegram.steward)
    stop.set()
    await task
    assert reception.acts == [Command("start"), Words("one")]


async def test_nothing_is_confirmed_before_the_commit(face: Face, telegram: Telegram):
    reception, stop = Reception(), asyncio.Event()
    reception.open.clear()
    task = asyncio.create_task(polling(face, reception, stop, Patience()))
    await reception.news.wait()
    assert telegram.sandbox.waiting(telegram.steward) == 1
    stop.set()
    await asyncio.sleep(0)
    assert not task.done()
    reception.open.set()
    await task
    assert reception.acts == [Command("start")]


async def test_what_could_not_be_committed_is_asked_for_again(face: Face, telegram: Telegram):
    reception, stop, patience = Reception(), asyncio.Event(), Patience()
    reception.failures = 2
    with capture_logs() as logs:
        task = asyncio.create_task(polling(face, reception, stop, patience))
        await heard(reception, 1)
        stop.set()
        await task
    assert reception.acts == [Command("start")]
    assert patience.waited == [0.5, 1.0]
    assert [line["event"] for line in logs].count("updates.failed") == 2


async def test_silence_is_met_with_growing_patience_and_one_line(face: Face, telegram: Telegram):
    telegram.faults("500", method="getUpdates", times=7)
    reception, stop, patience = Reception(), asyncio.Event(), Patience()
    with capture_logs() as logs:
        task = asyncio.create_task(polling(face, reception, stop, patience))
        await heard(reception, 1)
        stop.set()
        await task
    assert patience.waited == [0.5, 1, 2, 4, 8, LONGEST_BACKOFF, LONGEST_BACKOFF]
    assert [line["event"] for line in logs] == ["polling.trouble", "polling.back"]


async def test_another_poller_is_given_some_seconds_to_go(face: Face, telegram: Telegram):
    await face.set_webhook("https://example.org/hook", "s3cret")
    patience = Patience()
    with pytest.raises(OtherPoller):
        await polling(face, Reception(), asyncio.Event(), patience)
    assert sum(patience.waited) == CONFLICT_GRACE
    await face.set_webhook("", "")


async def test_stopping_does_not_wait_for_the_long_poll(face: Face, telegram: Telegram):
    reception, stop = Reception(), asyncio.Event()
    task = asyncio.create_task(polling(face, reception, stop, Patience()))
    await heard(reception, 1)
    await asyncio.to_thread(telegram.sandbox.settled, telegram.steward)
    stop.set()
    async with asyncio.timeout(5):
        await task


async def test_a_token_that_is_withdrawn_ends_it(face: Face, telegram: Telegram):
    telegram.sandbox.reset()
    with pytest.raises(WrongToken):
        await polling(face, Reception(), asyncio.Event(), Patience())
