"""An update that makes our code raise: tried three times, set aside, told, and never in anybody's way."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import reception as at_reception
from bot.clock import HandClock
from bot.faces.base import AnswerTap, Incoming, Me
from bot.measures import Measures
from bot.reception import TRIES, Reception
from bot.said import Act, Chat, Command, Said, Speaker, Tap
from bot.session import Session
from bot.turns import Toast, handle
from bot.writer import Writer
from dialogs.engine.heard import Words
from storage.errors import DatabaseBusy
from storage.migrate import migrate
from storage.work import Database

BOT = Me(id=4242, username="steward_bot", name="Steward")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POISON = "poison"


class Silent:
    """A sender that only notes what it was asked."""

    def __init__(self) -> None:
        self.answered: list[AnswerTap] = []

    def wake(self) -> None:
        """There may be mail."""

    async def answer(self, tap: AnswerTap) -> None:
        """A spinner ends."""
        self.answered.append(tap)


class Poisoned:
    """`handle`, which some words make raise, at first or always."""

    def __init__(self) -> None:
        self.tries = 0
        self.heals_after = 1000
        self.error: Exception = RuntimeError("bad luck")

    def __call__(self, session: Session, bot: Me, said: Said, now: datetime) -> Toast:
        toast = handle(session, bot, said, now)
        if said.act in (Words(POISON), Tap("1", POISON, 1)):
            self.tries += 1
            if self.tries <= self.heals_after:
                raise self.error
        return toast


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> Poisoned:
    """The fault in our code."""
    fault = Poisoned()
    monkeypatch.setattr(at_reception, "handle", fault)
    return fault


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A real one."""
    url = f"sqlite:///{tmp_path / 'steward.db'}"
    migrate(url)
    with Database(url) as opened:
        yield opened


@pytest.fixture
def sender() -> Silent:
    """Nothing goes out."""
    return Silent()


@pytest.fixture
async def reception(database: Database, sender: Silent, poisoned: Poisoned) -> AsyncIterator[Reception]:
    """Where updates come in."""
    writer = Writer(database)
    writer.start()
    yield Reception(BOT, writer, sender, HandClock(NOON), Measures())  # type: ignore[arg-type]
    await writer.close()


def update(number: int, who: int, act: Act) -> Incoming:
    """Somebody says something in private."""
    chat = Chat(id=who, private=True)
    said = Said(update_id=number, speaker=Speaker(id=who, name="Lin"), chat=chat, act=act, message_id=number)
    return Incoming(number, said, f'{{"update_id": {number}}}')


def letters(database: Database) -> list[tuple[int, int, str]]:
    """What was set aside: update, failures, error."""
    with database.read() as work:
        found = work.connection.exec_driver_sql("SELECT update_id, failures, error FROM dead_letters")
        return [(row.update_id, row.failures, row.error) for row in found]


def told(database: Database, who: int) -> list[str]:
    """What is written to somebody."""
    with database.read() as work:
        mail = work.outbox.waiting(BOT.id, NOON)
    return [str(one.payload["html"]) for one in mail if one.chat_id == who]


async def test_it_is_set_aside_after_three_tries_and_the_person_told(
    reception: Reception, database: Database, poisoned: Poisoned
) -> None:
    """Nothing of it is kept but the letter and the apology."""
    with capture_logs() as logs:
        await reception.take(update(7, 101, Words(POISON)))
    assert poisoned.tries == TRIES
    assert letters(database) == [(7, TRIES, "RuntimeError")]
    [apology] = told(database, 101)
    assert apology.startswith("Something went wrong on our side. It is noted")
    assert [one["update"] for one in logs if one["event"] == "update.failed"] == [7] * TRIES


async def test_those_behind_it_go_on(reception: Reception, database: Database) -> None:
    """Others in the same batch, and the same person's next words."""
    help_me = Command("help")
    batch = [
        update(1, 101, help_me),
        update(2, 101, Words(POISON)),
        update(3, 101, help_me),
        update(4, 102, help_me),
    ]
    await reception.take_all(batch)
    assert [text[:9] for text in told(database, 101)].count("<b>Stewar") == 2
    assert len(told(database, 101)) == 3
    assert len(told(database, 102)) == 1
    assert letters(database) == [(2, TRIES, "RuntimeError")]


async def test_one_that_succeeds_at_last_is_answered_and_no_apology_is_made(
    reception: Reception, database: Database, poisoned: Poisoned
) -> None:
    """A passing trouble; that it failed before stays noted."""
    poisoned.heals_after = 2
    await reception.take(update(7, 101, Words(POISON)))
    [answer] = told(database, 101)
    assert "Something went wrong" not in answer


async def test_a_tap_that_fails_loses_its_spinner(reception: Reception, sender: Silent) -> None:
    """Nobody looks at a spinner until Telegram gives up."""
    await reception.take(update(7, 101, Tap("1", POISON, 1)))
    await asyncio.sleep(0)
    assert [one.tap for one in sender.answered] == ["1"]


async def test_trouble_of_the_database_is_no_fault_of_an_update(
    reception: Reception, database: Database, poisoned: Poisoned
) -> None:
    """It is not confirmed, and is heard when it comes again."""
    poisoned.error, poisoned.heals_after = DatabaseBusy("the file"), 2  # at once, and with patience
    with pytest.raises(DatabaseBusy):
        await reception.take(update(7, 101, Words(POISON)))
    assert letters(database) == []
    await reception.take(update(7, 101, Words(POISON)))
    assert len(told(database, 101)) == 1


async def test_delivered_again_it_is_tried_again_and_the_person_not_told_twice(
    reception: Reception, database: Database
) -> None:
    """Killed before it could confirm: Telegram brings it again."""
    for _ in range(2):
        await reception.take(update(7, 101, Words(POISON)))
    assert len(told(database, 101)) == 1


async def test_an_apology_that_fails_as_well_holds_up_nobody(
    reception: Reception, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update is set aside all the same."""

    def fails(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(at_reception, "apologise", fails)
    await reception.take_all([update(1, 101, Words(POISON)), update(2, 102, Command("help"))])
    assert letters(database) == [(1, TRIES, "RuntimeError")]
    assert len(told(database, 102)) == 1
