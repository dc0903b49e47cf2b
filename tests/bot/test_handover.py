"""Mail comes to the sender's hand with the commit that wrote it, and not before."""

from collections.abc import AsyncIterator, Callable

import pytest

from bot.session import Session
from bot.writer import Writer
from desk.mail import Outgoing
from storage.work import Database

MAIL = Outgoing(bot_id=1, chat_id=7, payload={"html": "x"})


class Hand:
    """Notes what was collected, and what of it was handed over."""

    def __init__(self, writer: Writer) -> None:
        self.collected: list[tuple[Outgoing, ...] | None] = []
        self.handed = 0
        writer.collect = self.collect

    def collect(self, session: Session) -> Callable[[], None]:
        self.collected.append(session.outbox.fresh())
        return self.take

    def take(self) -> None:
        self.handed += 1


@pytest.fixture
async def writer(sqlite: Database) -> AsyncIterator[Writer]:
    writer = Writer(sqlite)
    writer.start()
    yield writer
    await writer.close()


async def test_what_was_written_is_handed_over_as_it_waits(writer: Writer):
    hand = Hand(writer)
    kept = await writer.run(lambda session: session.outbox.put(MAIL))
    await writer.run(lambda _session: None)
    assert kept.id > 0
    assert hand.collected[:1] == [(kept,)]
    assert hand.handed == 2


async def test_what_was_undone_is_not_handed_over(writer: Writer):
    hand = Hand(writer)

    def fail(session: Session) -> None:
        session.outbox.put(MAIL)
        raise ValueError

    with pytest.raises(ValueError):
        await writer.run(fail)
    assert (hand.collected, hand.handed) == ([], 0)
