"""Carries one piece of mail to Telegram and comes back with the verdict, whatever happens on the way."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeAlias

import structlog

from bot.calls import call, needs_picture
from bot.clock import Clock
from bot.faces.base import Denied, Face, Fetch, Flood, Outcome, Unreachable
from bot.lanes import Parcel
from bot.mail import letter
from bot.measures import Measures
from bot.verdicts import Verdict, judge
from desk.mail import Fate, Outgoing, Verb
from desk.records import Json

log = structlog.get_logger()

#: draws what a letter asks for, as PNG; None if it cannot be drawn
Draw: TypeAlias = Callable[[Mapping[str, Json]], Awaitable[bytes | None]]

#: takes in what a download ended in; how the mail that asked for it ends
Arrive: TypeAlias = Callable[[Outgoing, Outcome], Awaitable[Outcome]]


async def nobody(mail: Outgoing, outcome: Outcome) -> Outcome:
    """Where no files are taken in."""
    return Denied("nothing here reads files")


class Courier:
    """The way to Telegram of one bot."""

    def __init__(self, face: Face, clock: Clock, draw: Draw, arrive: Arrive, measures: Measures) -> None:
        self._face = face
        self._clock = clock
        self._draw = draw
        self._arrive = arrive
        self._measures = measures
        #: why Telegram does not take anything at the moment: each reason is told once
        self._silence: set[str] = set()

    async def carry(self, parcel: Parcel) -> tuple[Outcome, Verdict]:
        """Makes one call. An error of ours must not stop the mail behind it."""
        try:
            asked = call(parcel, await self._picture(parcel))
        except Exception as error:
            log.exception("mail.unwritable", mail=parcel.mail.id)
            outcome: Outcome = Denied(f"cannot be written: {type(error).__name__}")
        else:
            outcome = await self._face.call(asked)
            if isinstance(asked, Fetch):
                outcome = await self._arrive(parcel.mail, outcome)
        now = self._clock.now()
        verdict = judge(parcel, outcome, now)
        self._measure(verdict, now)
        self._tell(outcome, verdict)
        return outcome, verdict

    async def _picture(self, parcel: Parcel) -> bytes | None:
        """Without its picture a letter still says what it has to say."""
        wanted = letter(parcel.mail.payload).picture if needs_picture(parcel) else None
        if wanted is None:
            return None
        try:
            return await self._draw(wanted)
        except Exception:
            log.exception("picture.failed", mail=parcel.mail.id)
            return None

    def _measure(self, verdict: Verdict, now: datetime) -> None:
        """How long it took from the transaction that wrote the mail, or from when it was to go."""
        mail = verdict.parcel.mail
        if mail.verb is Verb.FETCH:
            return  # nobody waits for it as for an answer, and taking it in may last
        if verdict.delivery and verdict.delivery.fate is Fate.SENT and mail.since:
            put_off = mail.not_before if not mail.attempts else None
            self._measures.sent(mail, (now - max(mail.since, put_off or mail.since)).total_seconds())

    def _tell(self, outcome: Outcome, verdict: Verdict) -> None:
        """One line for what somebody may want to look into; network trouble only when it begins and ends."""
        mail = verdict.parcel.mail
        if verdict.delivery and verdict.delivery.fate is not Fate.SENT:
            log.warning(
                f"mail.{verdict.delivery.fate}", mail=mail.id, chat=mail.chat_id, why=verdict.delivery.why
            )
        if isinstance(outcome, Flood):
            log.warning("telegram.flood", chat=mail.chat_id, seconds=outcome.seconds)
        self._listen(outcome)

    def _listen(self, outcome: Outcome) -> None:
        if not isinstance(outcome, Unreachable):
            if self._silence:
                log.info("telegram.answers")
            self._silence.clear()
        elif outcome.why not in self._silence:
            log.warning("telegram.silent", why=outcome.why)
            self._silence.add(outcome.why)
