"""The sender's side of the storage: one exchange writes down what became of mail and fetches what is new.

One transaction for all of it, so that a burst costs few commits.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

from bot import topics
from bot.lanes import Parcel
from bot.verdicts import Verdict
from desk.mail import Delivery, Fate, Outgoing, Verb
from desk.ports import Work

T = TypeVar("T")

PAGE: Final = 500
#: Ids below the highest one seen are looked at again: on PostgreSQL they become visible out of order, and
#: mail may wait for its `not_before`. A slow sweep over all that waits finds what lies deeper.
TRAIL: Final = 100
#: how much new mail is made ready to be sent at once; the rest is read when its turn comes
AT_ONCE: Final = 50
#: mail that becomes due so soon is seen in advance, to be fetched in time
SOON: Final = timedelta(seconds=1)


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """Aware, UTC."""


class Transact(Protocol):
    """Runs a function in a transaction on the writer's thread, and returns once it is committed."""

    def __call__(self, do: Callable[[Work], T], /) -> Awaitable[T]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What an exchange is to do."""

    verdicts: Sequence[Verdict] = ()
    #: in hand for too long to be sent without another look
    stale: Sequence[Parcel] = ()
    sweep: bool = False
    #: monotonic
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an exchange brought."""

    parcels: tuple[Parcel, ...]
    #: when the earliest mail becomes due that may not go yet
    due: datetime | None
    #: whether the exchange itself left new mail
    more: bool


class Postbox:
    """The outbox of one bot, as the sender sees it."""

    def __init__(
        self, bot_id: int, transact: Transact, clock: Clock, knows: Callable[[Outgoing], bool]
    ) -> None:
        """`knows` tells what the sender has in hand; it does not change while an exchange goes on."""
        self._bot_id = bot_id
        self._transact = transact
        self._clock = clock
        self._knows = knows
        self._highest = 0
        self._swept = 0
        self._topics_asked: set[int] = set()

    async def exchange(self, mandate: Mandate) -> Found:
        """Writes down the verdicts, reads the stale again, and looks for what is new."""
        now = self._clock.now()
        try:
            return await self._transact(lambda work: self._exchange(work, mandate, now))
        except Exception:
            self._start_over()
            raise

    def _start_over(self) -> None:
        """What was seen in a transaction that came to nothing has to be seen again."""
        self._highest = self._swept = 0
        self._topics_asked.clear()

    def _exchange(self, work: Work, mandate: Mandate, now: datetime) -> Found:
        self._record(work, mandate.verdicts, now)
        asked = len(self._topics_asked)
        again = [self._reread(work, parcel, now) for parcel in _to_reread(mandate)]
        listed = self._new(work, now, mandate.sweep)
        due = [mail for mail in listed if mail.may_go(now)]
        fresh = [Parcel(mail=mail, since=mandate.at) for mail in due]
        candidates = [parcel for parcel in again if parcel] + fresh
        ready = [self._ready(work, parcel, mandate.at, now) for parcel in candidates[:AT_ONCE]]
        later = [mail.not_before for mail in listed if mail.not_before and not mail.may_go(now)]
        return Found(
            parcels=(*(parcel for parcel in ready if parcel), *candidates[AT_ONCE:]),
            due=min(later, default=None),
            more=len(self._topics_asked) > asked,
        )

    def _record(self, work: Work, verdicts: Sequence[Verdict], now: datetime) -> None:
        work.outbox.settle([verdict.delivery for verdict in verdicts if verdict.delivery], now)
        for verdict in verdicts:
            if verdict.note:
                verdict.note(work)
            if verdict.delivery and verdict.parcel.mail.verb is Verb.TOPIC:
                self._look_at_all(verdict.parcel.mail.queue_id)

    def _look_at_all(self, queue_id: int | None) -> None:
        """The cards that waited for this topic, or for the end of topics, were put aside."""
        self._topics_asked.discard(queue_id or 0)
        self._highest = 0

    def _reread(self, work: Work, parcel: Parcel, now: datetime) -> Parcel | None:
        """The same mail in its newest form; None if it no longer waits."""
        mail = parcel.mail
        rows = work.outbox.waiting(self._bot_id, now + SOON, after=mail.id - 1, limit=1)
        if not rows or rows[0].id != mail.id:
            return None
        sent = parcel.sent if rows[0].revision == mail.revision else ()
        return replace(parcel, mail=rows[0], sent=sent)

    def _new(self, work: Work, now: datetime, sweep: bool) -> list[Outgoing]:
        listed = list(self._pages(work, now, max(self._highest - TRAIL, 0)))
        self._highest = max(self._highest, *(mail.id for mail in listed), 0)
        if sweep:
            page = work.outbox.waiting(self._bot_id, now + SOON, after=self._swept, limit=PAGE)
            self._swept = page[-1].id if len(page) == PAGE else 0
            listed += page
        return [mail for mail in {mail.id: mail for mail in listed}.values() if not self._knows(mail)]

    def _pages(self, work: Work, now: datetime, after: int) -> Iterable[Outgoing]:
        while page := work.outbox.waiting(self._bot_id, now + SOON, after=after, limit=PAGE):
            yield from page
            after = page[-1].id
            if len(page) < PAGE:
                return

    def _ready(self, work: Work, parcel: Parcel, at: float, now: datetime) -> Parcel | None:
        """With all that is needed to send it; None if it cannot go now."""
        mail = parcel.mail
        if not mail.may_go(now):
            return None
        where = topics.place(work, mail.queue_id)
        if mail.verb is Verb.TOPIC:
            return self._topic(work, replace(parcel, read_at=at), where, now)
        if isinstance(where, topics.NotYet):
            self._ask_for_topic(work, mail, where.title)
            return None
        known = work.outbox.message(mail.bot_id, mail.chat_id, mail.key) if mail.key else None
        return replace(parcel, read_at=at, message=known, thread=where.thread)

    def _topic(
        self, work: Work, parcel: Parcel, where: topics.Here | topics.NotYet, now: datetime
    ) -> Parcel | None:
        """A topic that was made meanwhile is not made twice."""
        if isinstance(where, topics.NotYet):
            return parcel
        work.outbox.settle([Delivery(outgoing=parcel.mail, fate=Fate.REPLACED)], now)
        self._look_at_all(parcel.mail.queue_id)
        return None

    def _ask_for_topic(self, work: Work, mail: Outgoing, title: str) -> None:
        """The mail waits; it is found again when the topic is there."""
        if mail.queue_id is not None and mail.queue_id not in self._topics_asked:
            self._topics_asked.add(mail.queue_id)
            work.outbox.put(topics.request(mail.bot_id, mail.chat_id, mail.queue_id, title))


def _to_reread(mandate: Mandate) -> Iterable[Parcel]:
    """The stale, and settled mail that newer may have taken the place of while it was under way."""
    yield from mandate.stale
    for verdict in mandate.verdicts:
        if verdict.delivery and verdict.parcel.mail.key:
            yield verdict.parcel
