"""At Telegram's limit: a broadcast, conversations and a busy staff group at once, on a strict Telegram.

A tenth of the real thing, which is `python -m benchmarks.flood`; in the hand's time, so that Telegram and the
sender count the same seconds, and a minute of them takes a few of ours.
"""

import asyncio
from collections.abc import AsyncIterator
from itertools import groupby
from pathlib import Path
from random import Random

import pytest

from bot.writer import Writer
from desk.mail import Lane
from storage.migrate import migrate
from storage.work import Database
from tests.faces.office import Office, strict_telegram
from tests.faces.telegram import speaking

NOTICES, CHATS, TALKERS = 1000, 200, 20
#: seconds between two turns of all the talkers together, and between two changes of cards
TURN, CHANGE = 0.5, 1.0
CARDS = 12
ALLOWED = 30.0


@pytest.fixture
async def office(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Office]:
    """An office on a real database, with the writer that hands mail over."""
    migrate(sqlite_url)
    with strict_telegram(tmp_path) as (telegram, hand), Database(sqlite_url, durable=False) as database:
        async with speaking("aiogram", telegram.sandbox.base) as face:
            writer = Writer(database)
            writer.start()
            office = Office(telegram, hand, face, database, writer=writer)
            office.sender = office.new_sender(alone=True)
            writer.collect = office.sender.collect
            yield office
            await writer.close()


def broadcasting(office: Office) -> bool:
    """Whether any of the broadcast is still to go."""
    waiting = office.read(lambda work: work.outbox.backlog(office.telegram.steward.id, office.hand.now()))
    return any(one.lane is Lane.BROADCAST and one.depth for one in waiting)


async def test_nearly_all_that_is_allowed_is_used_and_answers_do_not_wait(office: Office):
    telegram, hand = office.telegram, office.hand
    people = [telegram.sandbox.person(f"P{number}") for number in range(CHATS)]
    for person in people:
        person.open(telegram.steward)
    group = telegram.group(forum=False)
    telegram.sandbox.flood(True)
    for number in range(NOTICES):
        office.put(people[number % CHATS].id, f"notice {number // CHATS}", lane=Lane.BROADCAST)
    random, written = Random(1), dict[str, float]()
    begun, seen, state = hand.at, 0.0, 0
    async with office.open():
        while hand.at == seen or broadcasting(office):
            seen = hand.at
            if seen - begun >= len(written) * TURN:
                words = f"answer {len(written)}"
                written[words] = seen
                office.put(random.choice(people[:TALKERS]).id, words)
            if seen - begun >= state * CHANGE:
                state += 1
                card = state % CARDS
                office.put(group.id, f"card {card}: {state}", key=f"card/{card}", lane=Lane.CARD)
            await asyncio.sleep(0.001)
        sent_in = hand.at - begun
        await office.sent_all()
    telegram.sandbox.flood(False)
    calls = [call for method in ("sendMessage", "editMessageText") for call in telegram.sandbox.calls(method)]
    assert {call["status"] for call in calls} == {200}
    within = [call for call in calls if call["at"] <= begun + sent_in]
    assert len(within) >= 0.95 * ALLOWED * sent_in
    waits = sorted(
        call["at"] - written[call["params"]["text"]] for call in calls if call["params"]["text"] in written
    )
    assert len(waits) == len(written)
    assert waits[int(len(waits) * 0.99)] <= 1.5
    cards = [message.text for message in telegram.bob.chat(group) if message.text.startswith("card")]
    assert sorted(cards) == sorted(f"card {n % CARDS}: {n}" for n in range(state - CARDS + 1, state + 1))
    for person in people:
        texts = [one.text for one in person.chat(telegram.steward) if one.text.startswith("notice")]
        assert [text for text, _ in groupby(texts)] == [f"notice {n}" for n in range(NOTICES // CHATS)]
