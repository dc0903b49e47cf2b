"""Dead letters that somebody asked to be tried again: each is played once more, as if Telegram sent it.

`python -m bot dead-letters retry` only marks the letter. The process at work reads the update again through
its own face and plays it in a transaction in which the letter goes, too: so it counts once, whoever is killed
when, and the bot need not stop for it.
"""

import asyncio

import structlog

from bot.clock import Clock
from bot.faces.base import Face, Me
from bot.pause import Pause, pause
from bot.said import Said
from bot.sender import Sender
from bot.session import Session
from bot.turns import handle
from bot.writer import Writer
from desk.ports import Unavailable
from dialogs.engine.runs import DeadLetter

log = structlog.get_logger()

#: seconds between looks at what is asked for, and at the most while the database is away
EVERY, AWAY = 1.0, 15.0


class Retries:
    """Plays dead letters again. At work in the process that sends for the bot, so in one at a time."""

    def __init__(
        self, bot: Me, face: Face, writer: Writer, sender: Sender, clock: Clock, *, wait: Pause = pause
    ) -> None:
        self._bot = bot
        self._face = face
        self._writer = writer
        self._sender = sender
        self._clock = clock
        self._wait = wait

    async def run(self, stop: asyncio.Event) -> None:
        """Looks for letters asked for until told to stop."""
        rest = EVERY
        while not stop.is_set():
            try:
                await self.try_asked()
                rest = EVERY
            except Exception as error:
                log.warning("retries.failed", why=type(error).__name__)
                rest = min(2 * rest, AWAY)
            await self._wait(stop, rest)

    async def try_asked(self) -> None:
        """Plays every letter that is asked for, once."""
        for letter in await self._writer.run(lambda session: session.dead_letters.asked(self._bot.id)):
            try:
                await self._again(letter)
            except Unavailable:
                raise
            except Exception as error:
                await self._failed(letter, error)

    async def _again(self, letter: DeadLetter) -> None:
        said = self._face.read(letter.body.encode()).said
        chat = said.chat.id if said else 0
        if await self._writer.run(lambda session: self._play(session, letter, said), chat):
            log.info("update.retried", update=letter.update_id)
            self._sender.wake()

    def _play(self, session: Session, letter: DeadLetter, said: Said | None) -> bool:
        """False if somebody else played or dropped it meanwhile."""
        if not session.dead_letters.drop(letter.bot_id, letter.update_id):
            return False
        if said is not None:
            handle(session, self._bot, said, self._clock.now())
        return True

    async def _failed(self, letter: DeadLetter, error: Exception) -> None:
        """It waits again, until somebody asks once more."""
        log.exception("update.failed", update=letter.update_id, exc_info=error)
        kind, now = type(error).__name__, self._clock.now()
        await self._writer.run(
            lambda session: session.inbox.failed(letter.bot_id, letter.update_id, kind, letter.body, now)
        )
