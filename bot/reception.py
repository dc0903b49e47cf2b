"""Where updates come in: each is one transaction, and is confirmed to Telegram only after its commit."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.faces.base import AnswerTap, Incoming, Me
from bot.measures import Measures, Taking
from bot.said import Said, Tap
from bot.sender import Sender
from bot.session import Session
from bot.turns import SEEN, Toast, apologise, handle
from bot.writer import Writer
from desk.ports import Unavailable

log = structlog.get_logger()

#: how often an update that fails is tried before it is set aside
TRIES = 3
#: Telegram's most for the answer to a tap
TOAST = 200


class Reception:
    """Takes updates in. `take` returns after the commit; it raises only where nothing could be kept,
    so that Telegram delivers the update again."""

    def __init__(self, bot: Me, writer: Writer, sender: Sender, clock: Clock, measures: Measures) -> None:
        self._bot = bot
        self._writer = writer
        self._sender = sender
        self._clock = clock
        self._measures = measures
        self._answers: set[asyncio.Task[None]] = set()

    async def take_all(self, batch: Sequence[Incoming]) -> None:
        """A poll's worth of updates, committed together; handed in in their order."""
        await asyncio.gather(*(self.take(incoming) for incoming in batch))

    async def take(self, incoming: Incoming) -> None:
        """One update; if it is a tap, it is answered."""
        if (answer := await self.taken(incoming)) is not None:
            self._answer(answer)

    async def taken(self, incoming: Incoming) -> AnswerTap | None:
        """One update; the answer to a tap is left to the caller, who may have a cheaper way than a call."""
        said = incoming.said
        if said is None:
            self._measures.ignored()
            return None
        with self._measures.update() as taking:
            toast = await self._handled(incoming, said, taking)
        return AnswerTap(tap=said.act.id, text=toast.text[:TOAST]) if isinstance(said.act, Tap) else None

    async def _handled(self, incoming: Incoming, said: Said, taking: Taking) -> Toast:
        for _attempt in range(TRIES):
            try:
                toast = await self._writer.run(
                    lambda session: handle(session, self._bot, said, self._clock.now()), said.chat.id
                )
                if toast is SEEN:
                    taking.outcome = "repeated"
                return toast
            except Unavailable:
                raise
            except Exception as error:
                await self._count_failure(incoming, said, error)
        taking.outcome = "set_aside"
        return Toast()

    async def _count_failure(self, incoming: Incoming, said: Said, error: Exception) -> None:
        """Keeps a failing update aside; raises if not even that can be written."""
        log.exception("update.failed", update=incoming.update_id, exc_info=error)
        self._measures.failed()
        now = self._clock.now()
        kind = type(error).__name__

        def note(session: Session) -> None:
            failures = session.inbox.failed(self._bot.id, incoming.update_id, kind, incoming.raw, now)
            if failures == TRIES:
                self._apologise(session, said, now)

        await self._writer.run(note)

    def _apologise(self, session: Session, said: Said, now: datetime) -> None:
        """Where not even that works the update is still set aside, or it would hold up all others."""
        try:
            with session.savepoint():
                apologise(session, self._bot, said, now)
        except Unavailable:
            raise
        except Exception:
            log.exception("update.no_apology", update=said.update_id)

    def _answer(self, tap: AnswerTap) -> None:
        """Ends the button's spinner without holding up the update behind."""
        task = asyncio.create_task(self._sender.answer_tap(tap))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)
