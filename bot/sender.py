"""The sender: the only one that writes to Telegram for a bot, and so the one that holds all its limits.

Mail comes to hand as soon as the transaction that wrote it is committed; what other processes write, and what
was left from before, is looked for. Calls run side by side, since residents must not wait for each other's
40 ms. Their outcomes are recorded together, one exchange with the storage at a time, while the next calls are
under way already; `bot.lanes` says which may be. Delivery is at least once.
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from heapq import heappop, heappush
from typing import Final

import structlog

from bot.calls import cost
from bot.clock import Clock
from bot.courier import Arrive, Courier, Draw, nobody
from bot.faces.base import Answer, Face, Flood, Ok, Unreachable
from bot.lanes import UNREAD, Lanes, Parcel
from bot.limits import Limits, Slot
from bot.measures import Measures
from bot.pause import Pause, pause
from bot.postbox import Found, Mandate, Postbox, Transact
from bot.verdicts import Verdict, judge
from desk.mail import Lane
from desk.ports import Work

log = structlog.get_logger()

#: calls under way at once: 30 a second that take two seconds each
UNDER_WAY: Final = 60
#: seconds after which mail that another process may have changed is read again before it goes
FRESH: Final = 0.2
#: seconds between looks at everything that waits
LOOK: Final = 1.0


class Sender:
    """Sends the mail of one bot. Nobody else may send with its token."""

    def __init__(
        self,
        face: Face,
        bot_id: int,
        transact: Transact,
        clock: Clock,
        draw: Draw,
        *,
        arrive: Arrive = nobody,
        limits: Limits | None = None,
        measures: Measures | None = None,
        alone: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Pause = pause,
    ) -> None:
        """`alone`: no other process writes mail, so what is in hand is what there is."""
        self._face = face
        self._bot_id = bot_id
        self._clock = clock
        self._monotonic = monotonic
        self._wait = wait
        self._courier = Courier(face, clock, draw, arrive, measures or Measures())
        self._lanes = Lanes()
        self._limits = limits or Limits()
        self._postbox = Postbox(bot_id, transact, clock, self._lanes.knows, alone=alone)
        self._fresh = float("inf") if alone else FRESH
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leading = False
        #: whether all that waited at the start has been seen; until then, nothing newer may overtake it
        self._caught_up = False
        self._news = asyncio.Event()
        self._calls: set[asyncio.Task[None]] = set()
        self._exchanging: asyncio.Task[None] | None = None
        self._verdicts: list[Verdict] = []
        self._stale: list[Parcel] = []
        #: chats that rest, and until when
        self._resting: list[tuple[float, int]] = []
        #: when the loop looks for mail, shallowly and deeply, and when it goes on by itself
        self._look_at = self._deep_at = self._awake_at = monotonic()
        self._storage_failed = False
        self._broken: BaseException | None = None

    @property
    def depth(self) -> int:
        """How much mail is in hand."""
        return len(self._lanes)

    @property
    def oldest_age(self) -> float:
        """For how many seconds the oldest of it has been waiting."""
        since = self._lanes.since()
        return 0.0 if since is None else self._monotonic() - since

    def wake(self) -> None:
        """There is mail that nobody handed over; called after the commit, on the loop."""
        self._look_at = min(self._look_at, self._monotonic())
        self._news.set()

    def wake_from_thread(self) -> None:
        """The same, from any thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.wake)

    def collect(self, work: Work) -> Callable[[], None] | None:
        """Takes along the mail that a transaction has written, at its end and in its thread; what comes back
        is to be called on the loop once that is committed. Where another process sends, it is told."""
        if work.outbox.fresh() == ():
            return None
        if self._leading:
            return partial(self._take_in, self._postbox.written(work, self._monotonic()))
        work.outbox.announce(self._bot_id)
        return None

    async def answer(self, answer: Answer) -> None:
        """Goes out at once: Telegram does not limit it, and forgets a tap after 15 seconds, somebody who is
        about to pay after 10."""
        outcome = await self._face.call(answer)
        if not isinstance(outcome, Ok):
            log.debug("unanswered", answer=type(answer).__name__, outcome=type(outcome).__name__)

    async def run(self, stop: asyncio.Event) -> None:
        """Sends until told to stop; calls under way are waited for, and their outcomes recorded."""
        self._loop = asyncio.get_running_loop()
        self._begin()
        stopping = asyncio.create_task(self._wake_on(stop))
        try:
            while not stop.is_set():
                self._turn()
                await self._wait(self._news, self._idle_seconds())
                self._news.clear()
        finally:
            stopping.cancel()
            await self._finish()

    def _begin(self) -> None:
        """Another process may have been the sender until now."""
        self._lanes.distrust()
        self._postbox.start_over()
        self._look_at = self._deep_at = self._monotonic()
        self._leading, self._caught_up = True, False

    async def _wake_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._news.set()

    async def _finish(self) -> None:
        self._leading = False
        await asyncio.gather(*self._calls)
        if self._exchanging:
            await asyncio.wait([self._exchanging])
        if self._verdicts:
            await self._exchange()

    # ── whose turn it is ─────────────────────────────────────────────────────────────────────────

    def _turn(self) -> None:
        """Everything that can be done now. Called whenever something has changed."""
        if self._broken:
            raise self._broken
        if not self._leading:
            return
        now = self._monotonic()
        while self._resting and self._resting[0][0] <= now:
            self._lanes.release(heappop(self._resting)[1])
        self._start_calls()
        if self._exchanging is None and self._has_news(now):
            self._exchanging = asyncio.create_task(self._exchange())
            self._exchanging.add_done_callback(self._exchanged)
        if self._next_at() < self._awake_at:
            self._news.set()

    def _has_news(self, now: float) -> bool:
        """While the storage fails, news wait for the next look."""
        if now >= self._look_at:
            return True
        return not self._storage_failed and bool(self._verdicts or self._stale)

    def _next_at(self) -> float:
        """When something may happen by itself. A lane that is full opens at a known time."""
        at = self._look_at if self._exchanging is None else float("inf")
        if self._resting:
            at = min(at, self._resting[0][0])
        if self._lanes.waits:
            now = self._monotonic()
            opening = (self._limits.lane_at(lane) for lane in Lane)
            at = min([at, *(opens for opens in opening if opens > now)])
        return at

    def _idle_seconds(self) -> float:
        self._awake_at = self._next_at()
        return min(max(self._awake_at - self._monotonic(), 0.0), LOOK)

    def _rest(self, chat: int, until: float) -> None:
        """Lets go of a chat that is held, then or now."""
        if until > self._monotonic():
            heappush(self._resting, (until, chat))
        else:
            self._lanes.release(chat)

    # ── with the storage ─────────────────────────────────────────────────────────────────────────

    async def _exchange(self) -> None:
        verdicts, self._verdicts = self._verdicts, []
        stale, self._stale = self._stale, []
        now = self._monotonic()
        look, deep = now >= self._look_at, now >= self._deep_at
        self._look_at = now + LOOK if look else self._look_at
        try:
            mandate = Mandate(verdicts=verdicts, stale=stale, look=look, deep=look and deep, at=now)
            found = await self._postbox.exchange(mandate)
        except Exception:
            self._verdicts[:0], self._stale[:0] = verdicts, stale
            self._look_at = now + LOOK
            self._complain()
            return
        self._storage_failed = False
        if look and deep:
            self._deep_at = now + LOOK
        self._close(verdicts, stale)
        self._take(found)
        self._caught_up = self._caught_up or (look and self._look_at > self._monotonic())

    def _exchanged(self, task: "asyncio.Task[None]") -> None:
        self._exchanging = None
        self._broken = self._broken or task.exception()
        self._turn_or_break()

    def _turn_or_break(self) -> None:
        """An error of ours ends `run`, which raises it."""
        if self._broken:
            self._news.set()
        else:
            self._turn()

    def _complain(self) -> None:
        """Nothing is lost: outcomes are kept in hand and recorded once the storage is back."""
        if not self._storage_failed:
            log.exception("outbox.unavailable")
        self._storage_failed = True

    def _close(self, verdicts: list[Verdict], stale: list[Parcel]) -> None:
        """What was recorded or read again makes way for what comes after it."""
        for verdict in verdicts:
            self._close_one(verdict)
        for parcel in stale:
            self._lanes.drop(parcel)

    def _close_one(self, verdict: Verdict) -> None:
        """Mail that is to be tried again stays in hand, ahead of what came to its chat later."""
        parcel = verdict.parcel
        if verdict.note:
            self._lanes.unread(parcel.mail.chat_id)
        if verdict.again:
            self._lanes.drop(parcel)
            self._lanes.add(Parcel(mail=verdict.again, since=parcel.since))
        else:
            self._lanes.recorded(parcel)
        if verdict.holds:
            self._rest(parcel.mail.chat_id, self._monotonic() + verdict.rest)

    def _take_in(self, found: Found) -> None:
        """New mail, handed over after its commit."""
        if not self._leading:
            return
        if self._caught_up:
            self._take(found)
        else:
            self._look_at = self._monotonic()
        self._turn_or_break()

    def _take(self, found: Found) -> None:
        for parcel in found.parcels:
            self._lanes.add(parcel)
        if found.look:
            wait = (found.look - self._clock.now()).total_seconds()
            self._look_at = min(self._look_at, self._monotonic() + max(wait, 0.0))

    # ── with Telegram ────────────────────────────────────────────────────────────────────────────

    def _start_calls(self) -> None:
        """The more urgent lane first; a call that starts may close its lane, but opens none."""
        now = self._monotonic()
        for lane in Lane:
            while self._lanes.has_turns(lane) and self._limits.lane_at(lane) <= now:
                if len(self._calls) + len(self._stale) >= UNDER_WAY:
                    return
                parcel = self._lanes.pick(lane)
                if parcel and self._may_go(parcel, now):
                    self._start(parcel, now)

    def _may_go(self, parcel: Parcel, now: float) -> bool:
        """Otherwise its chat rests until then, or it is read again first."""
        mail, price = parcel.mail, cost(parcel)
        at = max(self._limits.chat_at(mail.chat_id, price), self._limits.lane_at(mail.lane, price))
        if at > now:
            self._lanes.hold(mail.chat_id)
            self._lanes.put_back(parcel)
            self._rest(mail.chat_id, at)
        elif parcel.read_at == UNREAD or (not parcel.fixed and now - parcel.read_at > self._fresh):
            self._stale.append(parcel)
        else:
            return True
        return False

    def _start(self, parcel: Parcel, now: float) -> None:
        slot = self._limits.spend(parcel.mail.chat_id, now, cost(parcel), parcel.mail.lane)
        task = asyncio.create_task(self._deliver(parcel, slot))
        self._calls.add(task)
        task.add_done_callback(self._delivered)

    async def _deliver(self, parcel: Parcel, slot: Slot) -> None:
        try:
            outcome, verdict = await self._courier.carry(parcel)
        except Exception as error:
            log.exception("mail.failed", mail=parcel.mail.id)
            outcome = Unreachable(type(error).__name__)
            verdict = judge(parcel, outcome, self._clock.now())
        now = self._monotonic()
        slot.returned(now)
        if isinstance(outcome, Flood):
            self._limits.flood(parcel.mail.chat_id, now, outcome.seconds)
        self._returned(verdict)

    def _returned(self, verdict: Verdict) -> None:
        """The outcome is recorded with others; what need not wait for that goes on."""
        if verdict.holds:
            self._lanes.hold(verdict.parcel.mail.chat_id)
        if verdict.again is None:
            self._lanes.returned(verdict.parcel, verdict.message)
        self._verdicts.append(verdict)

    def _delivered(self, task: "asyncio.Task[None]") -> None:
        self._calls.discard(task)
        self._broken = self._broken or task.exception()
        self._turn_or_break()
