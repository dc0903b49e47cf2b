"""What sending costs besides the call itself: python -m benchmarks.sending [--mail 20000].

Turns that write two pieces of mail each are committed by the real writer; once with nobody to send them, once
with the sender and a Telegram that takes everything at once. The difference is the sender's own share.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final

from bot.clock import SystemClock
from bot.faces.base import Button, Call, Ok, Outcome, SendText, Sent
from bot.limits import NoLimits
from bot.mail import Letter
from bot.sender import Sender
from bot.session import Session
from bot.writer import Writer
from desk.mail import Outgoing, Verb
from storage.migrate import migrate
from storage.work import Database

CHATS: Final = 200
#: turns that wait for their commit at once, as with so many busy residents
AT_ONCE: Final = 20
LETTER: Final = Letter(html="What is wrong? Words, photos…", rows=((Button("Done", "r:q:d"),),))


class Telegram:
    """Takes everything at once."""

    def __init__(self) -> None:
        self._ids = count(1)
        self.calls = 0

    async def call(self, call: Call) -> Outcome:
        """Done."""
        self.calls += 1
        return Sent(next(self._ids)) if isinstance(call, SendText) else Ok()


def turn(chat: int, session: Session) -> None:
    """What an update leaves in the outbox: the question as it was answered, and a word."""
    said = Outgoing(bot_id=1, chat_id=chat, payload=LETTER.payload(), since=datetime.now(UTC))
    session.outbox.put(replace(said, key="run/1", verb=Verb.SHOW))
    session.outbox.put(said)


async def measure(database: Database, mail: int, *, sending: bool) -> tuple[float, int]:
    """CPU seconds, and how many calls were made."""
    telegram: Any = Telegram()
    writer = Writer(database)
    writer.start()
    sender = Sender(telegram, 1, writer.run, SystemClock(), _draw, limits=NoLimits(), alone=True)
    stop, running = asyncio.Event(), None
    if sending:
        writer.collect = sender.collect
        running = asyncio.create_task(sender.run(stop))
        await asyncio.sleep(0.1)
    chats = count(1)
    begun = time.process_time()

    async def resident() -> None:
        for _ in range(mail // 2 // AT_ONCE):
            chat = 1 + next(chats) % CHATS
            await writer.run(partial(turn, chat), chat)

    await asyncio.gather(*(resident() for _ in range(AT_ONCE)))
    while sender.depth:  # noqa: ASYNC110 - an hourglass, not a signal
        await asyncio.sleep(0.001)
    stop.set()
    if running:
        await running
    await writer.close()
    return time.process_time() - begun, telegram.calls


async def _draw(_wanted: Any) -> bytes | None:
    return None


def main() -> None:
    """Measures and tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mail", type=int, default=20000)
    chosen = parser.parse_args()
    found = {}
    for sending in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'steward.db'}"
            migrate(url)
            with Database(url) as database:
                found[sending] = asyncio.run(measure(database, chosen.mail, sending=sending))
    (without, _), (with_it, calls) = found[False], found[True]
    apart = [seconds / chosen.mail * 1e6 for seconds in (without, with_it)]
    sys.stdout.write(
        f"written only {apart[0]:.0f} µs a mail; sent {apart[1]:.0f} µs; "
        f"the sender {(with_it - without) / calls * 1e6:.0f} µs a call\n"
    )


if __name__ == "__main__":
    main()
