"""Where updates come in: each is one transaction, and is confirmed to Telegram only after its commit."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.faces.base import Answer, AnswerPreCheckout, AnswerTap, Incoming, Me
from bot.measures import Measures, Taking
from bot.payments import NOT_PAYABLE
from bot.said import PreCheckout, Said, Tap
from bot.sender import Sender
from bot.session import Session
from bot.turns import FAILED, SEEN, Toast, apologise, handle
from bot.writer import Writer
from desk.ports import Unavailable
from locales.languages import languages
from locales.words import nearest, words

log = structlog.get_logger()

#: how often an update that fails is tried before it is set aside
TRIES = 3
#: Telegram's most for the answer to a tap, and enough to say why something cannot be paid
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
        """One update; a tap, or somebody who is about to pay, is answered."""
        if (answer := await self.taken(incoming)) is not None:
            self._answer(answer)

    async def taken(self, incoming: Incoming) -> Answer | None:
        """One update; what somebody's app waits for is left to the caller, who may have a cheaper way than a
        call."""
        said = incoming.said
        if said is None:
            self._measures.ignored()
            return None
        with self._measures.update() as taking:
            toast = await self._handled(incoming, said, taking)
        return _answer(said, toast)

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
        return FAILED

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

    def _answer(self, answer: Answer) -> None:
        """Ends the button's spinner without holding up the update behind."""
        task = asyncio.create_task(self._sender.answer(answer))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)


def _answer(said: Said, toast: Toast) -> Answer | None:
    """What somebody's app waits for. That a payment is in order is said once, by who has just looked: a
    repeated query is left unanswered, and ends by itself."""
    match said.act:
        case Tap(id=tap):
            return AnswerTap(tap=tap, text=toast.text[:TOAST])
        case PreCheckout(id=query) if toast is FAILED:
            reader = words(nearest(said.speaker.language, languages()), "UTC")
            return AnswerPreCheckout(query=query, error=reader.plain(NOT_PAYABLE)[:TOAST])
        case PreCheckout(id=query) if toast is not SEEN:
            return AnswerPreCheckout(query=query, error=toast.text[:TOAST])
    return None
