"""Updates that fail: undone, tried three times, set aside, and the person is told; the others go on."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import reception
from bot.clock import HandClock
from bot.faces.base import Answer, AnswerPreCheckout, Incoming
from bot.measures import Measures
from bot.reception import TRIES, Reception
from bot.said import Chat, PreCheckout, Said, Speaker, Tap
from bot.turns import handle
from bot.writer import Writer
from dialogs.engine.heard import Words
from storage.work import Database, SqlWork
from tests.bot.counter import ME, MONDAY
from tests.bot.postman import Postman

ANN = Speaker(id=7, name="Ann", language="en")


class Bell:
    """A sender that only notes what it is asked for."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.woken = 0

    def wake(self) -> None:
        self.woken += 1

    async def answer(self, tap: Answer) -> None:
        self.answers.append(tap)


class Hall:
    """A reception with its doors open, on SQLite."""

    def __init__(self, store: Any) -> None:
        self.store, self.bell, self.measures = store, Bell(), Measures()
        self.writer, self.postman = Writer(store), Postman(ME.id)
        clock: Any = HandClock(MONDAY)
        sender: Any = self.bell
        self.reception = Reception(ME, self.writer, sender, clock, self.measures)

    def told(self) -> list[str]:
        """What Ann got to read."""
        with self.store.write() as work:
            self.postman.deliver(work, MONDAY)
        return [post.text for post in self.postman.chat(ANN.id)]

    def counted(self, outcome: str) -> float:
        """How many updates came to this end."""
        return self.measures.registry.get_sample_value("steward_updates_total", {"outcome": outcome}) or 0

    def failures(self) -> float:
        """How many tries failed."""
        return self.measures.registry.get_sample_value("steward_update_failures_total") or 0


@pytest.fixture
async def hall(sqlite: Database) -> AsyncIterator[Hall]:
    hall = Hall(sqlite)
    hall.writer.start()
    yield hall
    await hall.writer.close()


def update(number: int, words: str = "hello", tap: str | None = None) -> Incoming:
    """Words or a tap of Ann's."""
    act = Words(words) if tap is None else Tap(id=f"tap{number}", data=tap, message_id=None)
    chat = Chat(id=ANN.id, private=True)
    return Incoming(number, Said(update_id=number, speaker=ANN, chat=chat, act=act), "{}")


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Updates of these numbers fail, after they have written something; each failure takes one away."""
    numbers: list[int] = []

    def fragile(session: Any, bot: Any, said: Said, now: Any) -> Any:
        toast = handle(session, bot, said, now)
        if said.update_id in numbers:
            numbers.remove(said.update_id)
            raise RuntimeError("a mistake of ours")
        return toast

    monkeypatch.setattr(reception, "handle", fragile)
    with capture_logs():
        yield numbers


async def test_an_update_is_kept_and_counted(hall: Hall):
    await hall.reception.take(update(1))
    assert len(hall.told()) == 1
    assert hall.counted("kept") == 1


async def test_an_update_without_meaning_is_passed_over(hall: Hall):
    await hall.reception.take(Incoming(1, None, "{}"))
    assert hall.told() == []


async def test_an_update_that_fails_once_is_tried_again(hall: Hall, poison: list[int]):
    poison += [1]
    await hall.reception.take(update(1))
    assert len(hall.told()) == 1
    assert (hall.counted("kept"), hall.failures()) == (1, 1)


async def test_an_update_that_keeps_failing_is_set_aside_with_an_apology_and_blocks_nobody(
    hall: Hall, poison: list[int]
):
    poison += [2] * TRIES
    await hall.reception.take_all([update(1, "/help"), update(2), update(3, "/help")])
    apologies = [text for text in hall.told() if "Something went wrong on our side" in text]
    assert (len(hall.told()), len(apologies)) == (3, 1)
    assert (hall.counted("kept"), hall.counted("set_aside"), hall.failures()) == (2, 1, TRIES)
    with hall.store.read() as work:
        rows = work.connection.exec_driver_sql("SELECT update_id, failures, error, body FROM dead_letters")
        assert [tuple(row) for row in rows] == [(2, TRIES, "RuntimeError", "{}")]


async def test_the_answer_to_a_tap_goes_out_at_once_and_fits(hall: Hall):
    await hall.reception.take(update(1, tap="nonsense"))
    await asyncio.sleep(0)
    assert [(one.tap, one.text) for one in hall.bell.answers] == [
        ("tap1", "This button is too old. /help shows what I can do.")
    ]


async def test_a_tap_that_fails_is_answered_all_the_same(hall: Hall, poison: list[int]):
    poison += [1] * TRIES
    await hall.reception.take(update(1, tap="nonsense"))
    await asyncio.sleep(0)
    assert [one.tap for one in hall.bell.answers] == ["tap1"]


def about_to_pay(number: int) -> Incoming:
    """Ann taps Pay."""
    act = PreCheckout(id=f"q{number}", currency="CNY", amount=1700, payload="nothing:1")
    said = Said(update_id=number, speaker=ANN, chat=Chat(id=ANN.id, private=True), act=act)
    return Incoming(number, said, "{}")


async def test_who_is_about_to_pay_is_answered_at_once_and_once(hall: Hall):
    await hall.reception.take_all([about_to_pay(1), about_to_pay(1)])
    await asyncio.sleep(0)
    (answer,) = hall.bell.answers
    assert isinstance(answer, AnswerPreCheckout)
    assert (answer.query, "cannot be paid" in answer.error) == ("q1", True)


async def test_a_payment_that_cannot_be_looked_into_is_not_made(hall: Hall, poison: list[int]):
    poison += [1] * TRIES
    await hall.reception.take(about_to_pay(1))
    await asyncio.sleep(0)
    assert [bool(one.error) for one in hall.bell.answers] == [True]


async def test_an_update_of_which_nothing_can_be_kept_is_not_confirmed(sqlite: Database):
    class Gone:
        """A database whose disk is gone."""

        is_sqlite = True

        @contextmanager
        def write(self, *, wait: bool = True) -> Iterator[SqlWork]:
            with sqlite.write() as work:
                yield work
                raise OSError("the disk is gone")

    hall = Hall(Gone())
    hall.writer.start()
    with capture_logs(), pytest.raises(OSError, match="the disk is gone"):
        await hall.reception.take(update(1))
    await hall.writer.close()
    assert hall.counted("not_kept") == 1
    assert hall.bell.woken == 0
    assert Hall(sqlite).told() == []


async def test_the_same_update_twice_in_one_poll_counts_once(hall: Hall):
    await hall.reception.take_all([update(1), update(1)])
    assert len(hall.told()) == 1
