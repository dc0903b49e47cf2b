"""The weather between bot and Telegram: errors, floods, lost answers, updates that come twice or too late."""

import asyncio
from random import Random
from typing import Any

from tests.simulation.phones import Phones

Order = dict[str, Any]


def forecast(chance: Random) -> list[Order]:
    """What goes wrong in the next moments."""
    skip = chance.randrange(12)
    troubles: list[list[Order]] = [
        [{"do": "500", "skip": skip, "times": chance.randint(1, 3)}],
        [{"do": "429", "retry_after": 1, "skip": skip}],
        [{"do": "drop", "skip": skip}],
        [{"do": "hang", "seconds": 1.5, "skip": skip}],
        [{"do": "lose", "method": "sendMessage", "skip": chance.randrange(6), "times": chance.randint(1, 3)}],
        [{"do": "lose", "method": "editMessageText", "skip": chance.randrange(6)}],
        [{"do": "lose", "method": "sendPhoto"}, {"do": "500", "method": "sendMessage", "skip": skip}],
        [{"do": "lose", "method": "answerCallbackQuery"}],
        [
            {
                "do": chance.choice(("500", "drop", "lose")),
                "method": "getUpdates",
                "times": chance.randint(1, 2),
            }
        ],
        [],
    ]
    mail: list[Order] = [
        {"do": "duplicate", "skip": chance.randrange(5), "times": chance.randint(1, 6)},
        {"do": "late", "seconds": chance.uniform(0.02, 0.6), "skip": chance.randrange(5), "times": 3},
    ]
    return [*chance.choice(troubles), *chance.choice(troubles), *mail]


async def weather(phones: Phones, chance: Random) -> None:
    """Bad weather until cancelled; then the sky clears."""
    try:
        while True:
            await order(phones, forecast(chance))
            await asyncio.sleep(chance.uniform(0.2, 0.8))
    finally:
        await order(phones, [])


async def order(phones: Phones, orders: list[Order]) -> None:
    """Tells the sandbox what is to go wrong."""
    await phones.control("faults", orders)
