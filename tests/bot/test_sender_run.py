"""The sender as a part of a service: failing storage, stopping, waking, measuring, a real database."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from structlog.testing import capture_logs

from bot.faces.base import AnswerTap
from bot.writer import Writer
from desk.mail import Lane, Outgoing, Verb
from storage.migrate import migrate
from storage.work import Database
from tests.faces.office import Hand, Office, strict_telegram
from tests.faces.telegram import Telegram, drain, offer, speaking


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Telegram, Hand]]:
    with strict_telegram(tmp_path_factory.mktemp("sandbox")) as found:
        yield found


@pytest.fixture
async def office(served: tuple[Telegram, Hand]) -> AsyncIterator[Office]:
    telegram, hand = served
    telegram.__post_init__()
    async with speaking("aiogram", telegram.sandbox.base) as face:
        await drain(face)
        yield Office(telegram, hand, face)


def ada_sees(office: Office) -> list[str]:
    return [message.text for message in office.telegram.ada.chat() if message.by_bot]


async def test_a_storage_that_fails_for_a_while_loses_nothing(office: Office):
    async with office.open():
        with capture_logs() as logs:
            office.failures = 3
            office.put(office.telegram.ada.id, "one")
            await office.sent_all()
            office.watched.gate.clear()
            office.put(office.telegram.ada.id, "two")
            await office.until(lambda: office.hand.busy)
            office.failures = 2
            office.watched.gate.set()
            await office.sent_all()
    assert ada_sees(office) == ["one", "two"]
    assert [line["event"] for line in logs] == ["outbox.unavailable"] * 2


async def test_what_waited_before_the_start_goes_before_what_is_written_now(office: Office):
    office.put(office.telegram.ada.id, "one")
    office.failures = 1  # the first look comes to nothing
    async with office.open():
        await office.until(lambda: not office.failures)
        office.put(office.telegram.ada.id, "two")
        await office.sent_all()
    assert ada_sees(office) == ["one", "two"]


async def test_stopping_waits_for_what_is_under_way(office: Office):
    office.watched.gate.clear()
    async with office.open() as stop:
        office.put(office.telegram.ada.id, "one")
        office.put(office.telegram.ada.id, "two")
        await office.until(lambda: office.hand.busy)
        stop.set()
        office.watched.gate.set()
    assert (ada_sees(office), office.depth()) == (["one"], 1)
    office.sender = office.new_sender()
    async with office.open():
        await office.sent_all()
    assert ada_sees(office) == ["one", "two"]


async def test_a_tap_is_answered_at_once_and_a_late_answer_does_no_harm(office: Office):
    await office.face.call(offer(office.telegram.ada.id))
    tap = office.telegram.ada.tap("Yes")
    await office.sender.answer(AnswerTap(tap=tap.id, text="Noted"))
    assert tap.answer().text == "Noted"
    await office.sender.answer(AnswerTap(tap="12345"))


async def test_mail_is_noticed_from_another_thread_and_without_a_word(office: Office):
    async with office.open():
        await office.until(lambda: office.hand.at)
        await asyncio.to_thread(office.sender.wake_from_thread)
        mail = Outgoing(
            bot_id=office.telegram.steward.id, chat_id=office.telegram.ada.id, payload={"html": "quiet"}
        )
        office.write(lambda work: work.outbox.put(mail))
        await office.sent_all()
    assert ada_sees(office) == ["quiet"]


async def test_what_waits_can_be_measured(office: Office):
    assert (office.sender.depth, office.sender.oldest_age) == (0, 0.0)
    office.telegram.faults("429", retry_after=30)
    async with office.open():
        office.put(office.telegram.ada.id, "one")
        office.put(office.telegram.ada.id, "two")
        await office.until(lambda: office.sender.oldest_age > 5)
        assert office.sender.depth == 2
        await office.sent_all()
    assert office.sender.depth == 0


async def test_mail_of_another_bot_is_left_alone(office: Office):
    other = Outgoing(bot_id=7, chat_id=office.telegram.ada.id, payload={"html": "not ours"})
    office.write(lambda work: work.outbox.put(other))
    async with office.open():
        office.put(office.telegram.ada.id, "ours")
        await office.sent_all()
    assert ada_sees(office) == ["ours"]


async def test_on_a_real_database_with_its_writer(served: tuple[Telegram, Hand], sqlite_url: str):
    telegram, hand = served
    telegram.__post_init__()
    migrate(sqlite_url)
    async with speaking("ptb", telegram.sandbox.base) as face:
        with Database(sqlite_url) as database:
            writer = Writer(database)
            writer.start()
            office = Office(telegram, hand, face, database, writer=writer)
            writer.collect = office.sender.collect
            group = telegram.group(can_manage_topics=True)
            queue = office.staffed(group)
            async with office.open():
                for html, verb in (("new", Verb.SHOW), ("claimed", Verb.SHOW), ("late", Verb.REPOST)):
                    office.put(group.id, html, key="card/1", verb=verb, queue_id=queue.id, lane=Lane.CARD)
                    await office.sent_all()
                office.put(telegram.ada.id, "done")
                await office.sent_all()
            await writer.close()
    cards = telegram.bob.chat(group, thread=group.topic("Plumbing"))
    assert [card.text for card in cards if card.by_bot and not card.raw["service"]] == ["late"]
    assert telegram.ada.last().text == "done"
