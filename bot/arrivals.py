"""Files that people sent and a flow reads: downloaded by the sender, taken in here.

What a file says is read in a thread, outside of any transaction. What follows from it, and that the mail
which asked for it is settled, is one transaction: a kill before it has the file fetched again, one after it
does not.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from bot import conversation
from bot.clock import Clock
from bot.doings import Doing
from bot.faces.base import Blocked, Denied, Fetched, Me, Ok, Outcome, Unreachable
from bot.flows.base import Reads
from bot.mail import Wanted, wanted_from
from bot.scene import Scene
from bot.session import Session
from bot.writer import Writer
from desk.mail import LONGEST_PUT_OFF, Delivery, Fate, Outgoing
from desk.ports import Unavailable
from desk.records import Person
from locales.text import Value, _

log = structlog.get_logger()

NOT_GIVEN = _(
    "Telegram does not give me this file any more, or it is larger than 20 MB. Please send it again, "
    "in parts if need be."
)
BROKEN = _("I could not take this file in: something went wrong on our side. It is noted.")


class Arrivals:
    """Takes in what was fetched for one bot."""

    def __init__(self, bot: Me, writer: Writer, clock: Clock, readers: Mapping[str, Reads]) -> None:
        self._bot = bot
        self._writer = writer
        self._clock = clock
        self._readers = readers

    async def __call__(self, mail: Outgoing, outcome: Outcome) -> Outcome:
        """How the mail that asked for the file ends; what is to be tried again is left as it is."""
        match outcome:
            case Fetched(content):
                return await self._taken_in(mail, content)
            case Denied(why) | Blocked(why):
                log.info("file.not_given", mail=mail.id, why=why)
                return await self._told(mail, _apology(NOT_GIVEN), Ok())
        return outcome

    async def _taken_in(self, mail: Outgoing, content: bytes) -> Outcome:
        try:
            reads = self._readers[str(mail.payload["purpose"])]
            found = await asyncio.to_thread(reads.read, content)
            return await self._told(mail, _follow(reads, found), Ok())
        except Unavailable as error:
            return Unreachable(type(error).__name__)
        except Exception as error:
            log.exception("file.failed", mail=mail.id, exc_info=error)
            return await self._told(mail, _apology(BROKEN), Denied(f"failed: {type(error).__name__}"))

    async def _told(self, mail: Outgoing, then: "Then", outcome: Outcome) -> Outcome:
        """Settles the mail and does what follows; the outcome once that is committed."""
        try:
            await self._writer.run(
                lambda session: self._settle(session, mail, then, outcome), mail.chat_id, long=True
            )
        except Unavailable as error:
            return Unreachable(type(error).__name__)
        return outcome

    def _settle(self, session: Session, mail: Outgoing, then: "Then", outcome: Outcome) -> None:
        now = self._clock.now()
        waiting = session.outbox.waiting(self._bot.id, now + LONGEST_PUT_OFF, after=mail.id - 1, limit=1)
        if not waiting or waiting[0].id != mail.id:
            return  # taken in before
        fate, why = (Fate.REFUSED, outcome.why) if isinstance(outcome, Denied) else (Fate.SENT, "")
        session.outbox.settle([Delivery(outgoing=mail, fate=fate, why=why)], now)
        wanted = wanted_from(mail.payload)
        person = session.people.get(wanted.person)
        with Doing(mail=mail.id):
            then(Scene(session, self._bot, session.estates.get(wanted.estate), now), person, wanted)


Then = Callable[[Scene, Person, Wanted], None]


def _apology(text: Value) -> Then:
    return lambda scene, person, wanted: scene.tell(person, text)


def _follow(reads: Reads, found: Any) -> Then:
    def follow(scene: Scene, person: Person, wanted: Wanted) -> None:
        then = reads.take(scene, person, wanted.subject, found)
        if then is not None:
            conversation.begin(scene, person, then.script, then.subject)

    return follow
