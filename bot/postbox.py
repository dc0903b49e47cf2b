"""The sender's side of the storage: one exchange writes down what became of mail and fetches what is new.

One transaction for all of it, so that a burst costs few commits.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

from bot import topics
from bot.clock import Clock
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


class Transact(Protocol):
    """Runs a function in a transaction on the writer's thread, and returns once it is committed."""

    def __call__(self, do: Callable[[Work], T], /) -> Awaitable[T]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What an exchange is to do."""

    verdicts: Sequence[Verdict] = ()
    #: in hand, and to be read again before they are sent
    stale: Sequence[Parcel] = ()
    #: for new mail; deeply: also for what lies far below the newest
    look: bool = False
    deep: bool = False
    #: monotonic
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an exchange brought, or a transaction that wrote mail."""

    parcels: tuple[Parcel, ...]
    #: when there is something to look for: mail that becomes due, or that could not all be taken along
    look: datetime | None


class Postbox:
    """The outbox of one bot, as the sender sees it."""

    def __init__(
        self,
        bot_id: int,
        transact: Transact,
        clock: Clock,
        knows: Callable[[Outgoing], bool],
        *,
        alone: bool,
    ) -> None:
        """`knows` tells what the sender has in hand. `alone`: no other process writes mail."""
        self._bot_id = bot_id
        self._transact = transact
        self._clock = clock
        self._knows = knows
        self._alone = alone
        self._highest = 0
        self._swept = 0
        #: whether mail that was seen and put aside is to be looked at again
        self._put_aside = False
        self._topics_asked: set[int] = set()

    async def exchange(self, mandate: Mandate) -> Found:
        """Writes down the verdicts, reads the stale again, and looks for what is new."""
        now = self._clock.now()
        try:
            return await self._transact(lambda work: self._exchange(work, mandate, now))
        except Exception:
            self.start_over()
            raise

    def start_over(self) -> None:
        """Everything is to be seen again: after a transaction that came to nothing, or after somebody else
        did the sending."""
        self._highest = self._swept = 0
        self._topics_asked.clear()

    def written(self, work: Work, at: float) -> Found:
        """The mail that a transaction is about to commit, ready to be sent when it has."""
        now = self._clock.now()
        fresh = work.outbox.fresh()
        newest = {mail.id: mail for mail in fresh or () if mail.bot_id == self._bot_id}
        ready = [self._simple(work, mail, at, now) for _, mail in sorted(newest.items())[:AT_ONCE]]
        left = fresh is None or None in ready or len(newest) > AT_ONCE
        return Found(parcels=tuple(one for one in ready if one), look=now if left else None)

    def _simple(self, work: Work, mail: Outgoing, at: float, now: datetime) -> Parcel | None:
        """With all that is needed to send it; None if there is more to it, which takes a look."""
        if mail.verb is Verb.TOPIC or not mail.may_go(now):
            return None
        where = topics.place(work, mail.queue_id)
        if isinstance(where, topics.NotYet):
            return None
        return Parcel(mail=mail, since=at, read_at=at, message=self._message(work, mail), thread=where.thread)

    def _exchange(self, work: Work, mandate: Mandate, now: datetime) -> Found:
        after = self._record(work, mandate, now)
        again = [self._reread(work, parcel, now) for parcel in self._to_reread(mandate)]
        listed, more = self._new(work, now, deep=mandate.deep) if mandate.look else ([], False)
        due = [mail for mail in listed if mail.may_go(now)]
        fresh = [Parcel(mail=mail, since=mandate.at) for mail in due]
        found = [parcel for parcel in again if parcel] + fresh
        parcels = tuple(self._prepared(work, found, mandate.at, now))
        times = [mail.not_before for mail in listed if mail.not_before and not mail.may_go(now)]
        soon = more or self._put_aside
        return Found(parcels=(*after, *parcels), look=now if soon else min(times, default=None))

    def _record(self, work: Work, mandate: Mandate, now: datetime) -> list[Parcel]:
        """Writes the outcomes down; the mail that follows from them."""
        verdicts = mandate.verdicts
        work.outbox.settle([verdict.delivery for verdict in verdicts if verdict.delivery], now)
        for verdict in verdicts:
            if verdict.note:
                verdict.note(work)
            if verdict.delivery and verdict.parcel.mail.verb is Verb.TOPIC:
                self._look_at_all(verdict.parcel.mail.queue_id)
        put = [work.outbox.put(verdict.after) for verdict in verdicts if verdict.after]
        return [Parcel(mail=mail, since=mandate.at, read_at=mandate.at) for mail in put]

    def _look_at_all(self, queue_id: int | None) -> None:
        """The cards that waited for this topic, or for the end of topics, were put aside."""
        self._topics_asked.discard(queue_id or 0)
        self._highest = 0
        self._put_aside = True

    def _to_reread(self, mandate: Mandate) -> Iterable[Parcel]:
        """The stale; and settled mail that newer may have taken the place of while it was under way, unless
        that would have been handed over."""
        yield from mandate.stale
        for verdict in mandate.verdicts:
            if verdict.delivery and verdict.parcel.mail.key and not self._alone:
                yield verdict.parcel

    def _reread(self, work: Work, parcel: Parcel, now: datetime) -> Parcel | None:
        """The same mail in its newest form; None if it no longer waits."""
        mail = parcel.mail
        rows = work.outbox.waiting(self._bot_id, now + SOON, after=mail.id - 1, limit=1)
        if not rows or rows[0].id != mail.id:
            return None
        return replace(parcel, mail=rows[0])

    def _new(self, work: Work, now: datetime, *, deep: bool) -> tuple[list[Outgoing], bool]:
        """A page of what is not in hand, and whether there may be more."""
        self._put_aside = False
        page = work.outbox.waiting(self._bot_id, now + SOON, after=max(self._highest - TRAIL, 0), limit=PAGE)
        self._highest = max(self._highest, page[-1].id if page else 0)
        listed = {mail.id: mail for mail in page}
        if deep:
            below = work.outbox.waiting(self._bot_id, now + SOON, after=self._swept, limit=PAGE)
            self._swept = below[-1].id if len(below) == PAGE else 0
            listed |= {mail.id: mail for mail in below}
        return [mail for mail in listed.values() if not self._knows(mail)], len(page) == PAGE

    def _prepared(self, work: Work, parcels: Sequence[Parcel], at: float, now: datetime) -> Iterable[Parcel]:
        """As many as may be sent soon made ready; the others are read when their turn comes."""
        for number, parcel in enumerate(parcels):
            if parcel.fixed and parcel.mail.may_go(now):
                yield replace(parcel, read_at=at)
            elif number >= AT_ONCE:
                yield parcel
            else:
                yield from self._ready(work, parcel, at, now)

    def _ready(self, work: Work, parcel: Parcel, at: float, now: datetime) -> Iterable[Parcel]:
        """With all that is needed to send it; or the topic that it has to wait for; or nothing, if it cannot
        go now."""
        mail = parcel.mail
        if not mail.may_go(now):
            return
        where = topics.place(work, mail.queue_id)
        if mail.verb is Verb.TOPIC:
            yield from self._topic(work, replace(parcel, read_at=at), where, now)
        elif isinstance(where, topics.NotYet):
            yield from self._ask_for_topic(work, mail, where.title, at)
        else:
            message = self._message(work, mail)
            yield replace(parcel, read_at=at, message=message, thread=where.thread)

    def _message(self, work: Work, mail: Outgoing) -> int | None:
        return work.outbox.message(mail.bot_id, mail.chat_id, mail.key) if mail.key else None

    def _topic(
        self, work: Work, parcel: Parcel, where: topics.Here | topics.NotYet, now: datetime
    ) -> Iterable[Parcel]:
        """A topic that was made meanwhile is not made twice."""
        if isinstance(where, topics.NotYet):
            yield parcel
        else:
            work.outbox.settle([Delivery(outgoing=parcel.mail, fate=Fate.REPLACED)], now)
            self._look_at_all(parcel.mail.queue_id)

    def _ask_for_topic(self, work: Work, mail: Outgoing, title: str, at: float) -> Iterable[Parcel]:
        """The mail waits; it is found again when the topic is there."""
        if mail.queue_id is not None and mail.queue_id not in self._topics_asked:
            self._topics_asked.add(mail.queue_id)
            asked = work.outbox.put(topics.request(mail.bot_id, mail.chat_id, mail.queue_id, title))
            yield Parcel(mail=asked, since=at, read_at=at)
