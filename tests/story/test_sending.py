"""The sender as a process that is killed: nothing is skipped, and another one takes over."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from desk.mail import Lane, Outgoing, Verb
from sandbox.client import Person, Sandbox
from storage.migrate import migrate
from storage.work import Database
from tests.story.nursery import SwiftStage

CHATS, NOTICES = 40, 8
#: how many calls Telegram has had when the bot is killed
KILLS = (40, 110, 180)


def put(database: Database, *mail: Outgoing) -> None:
    """Into the outbox, as another process of the product would."""
    with database.write() as work:
        for one in mail:
            work.outbox.put(one)
        work.outbox.announce(mail[0].bot_id)


def residents(stage: SwiftStage, count: int) -> list[Person]:
    """People who have opened the bot."""
    found = [stage.sandbox.person(f"P{number}", language_code="en") for number in range(count)]
    for person in found:
        person.open(stage.bot)
    return found


def notice(stage: SwiftStage, person: Person, words: str, key: str = "") -> Outgoing:
    """One piece of a broadcast."""
    verb = Verb.SHOW if key else Verb.SAY
    payload = {"html": words}
    return Outgoing(
        bot_id=stage.bot.id, chat_id=person.id, lane=Lane.BROADCAST, verb=verb, key=key, payload=payload
    )


def sent(stage: SwiftStage) -> int:
    """How many messages have reached Telegram."""
    return len(stage.sandbox.calls("sendMessage"))


@pytest.mark.crash
def test_a_broadcast_goes_on_after_a_kill(tmp_path: Path, sandbox: Sandbox, sqlite_url: str):
    """Each notice reaches each resident in its order; a kill repeats at most one of them a chat."""
    migrate(sqlite_url)
    stage = SwiftStage(sandbox, tmp_path, "aiogram", sqlite_url)
    people = residents(stage, CHATS)
    with Database(sqlite_url) as database:
        put(database, *[notice(stage, one, f"no. {n}") for n in range(NOTICES) for one in people])
        for kill in KILLS:
            stage.start()
            stage.until(lambda: sent(stage) >= kill)  # noqa: B023 - asked within the loop
            stage.kill()
        stage.start()
        stage.settle()
        stage.kill()
        with database.read() as work:
            assert work.outbox.depth(stage.bot.id) == 0
    for person in people:
        texts = [one.text for one in person.chat(stage.bot) if one.text.startswith("no. ")]
        assert [text for text, _ in groupby(texts)] == [f"no. {n}" for n in range(NOTICES)]
        assert len(texts) <= NOTICES + len(KILLS)


@pytest.mark.postgres
class TestTwoProcesses:
    """Two processes on one database: one sends, and the other takes over."""

    @pytest.fixture
    def pair(self, tmp_path: Path, sandbox: Sandbox, postgres_url: str) -> Iterator[list[SwiftStage]]:
        migrate(postgres_url)
        pair = []
        for name in ("first", "second"):
            (tmp_path / name).mkdir()
            pair.append(SwiftStage(sandbox, tmp_path / name, "aiogram", postgres_url))
            pair[-1].start()
        yield pair
        for stage in pair:
            stage.kill()

    def test_when_the_sender_dies_the_other_sends_within_five_seconds(self, pair: list[SwiftStage]):
        first, second = pair
        (ada,) = residents(first, 1)
        first.until(lambda: "sender.leading" in first.log())
        assert "sender.leading" not in second.log()
        with Database(first.database) as database:
            put(database, notice(first, ada, "one", key="card/1"))
            first.until(lambda: "one" in texts(first, ada))
            first.until(lambda: waiting(database, first) == 0)  # recorded, too
            first.kill()
            killed = first.sandbox.now()
            put(database, notice(first, ada, "two", key="card/1"), notice(first, ada, "three"))
            second.until(lambda: "three" in texts(second, ada))
            assert second.sandbox.now() - killed < 5
        assert texts(second, ada) == ["two", "three"]


def waiting(database: Database, stage: SwiftStage) -> int:
    """How much mail the bot has not settled yet."""
    with database.read() as work:
        return work.outbox.depth(stage.bot.id)


def texts(stage: SwiftStage, person: Person) -> list[str]:
    """What the test had sent to somebody."""
    found = [one.text for one in person.chat(stage.bot) if one.by_bot]
    return [text for text in found if text in {"one", "two", "three"}]
