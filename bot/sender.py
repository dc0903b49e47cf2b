"""The sender: the only one that writes to Telegram for a bot, and so the one that holds all its limits.

One loop does the thinking: it exchanges news with the storage, picks whose turn it is, and starts the calls.
The calls run side by side, one a chat, since residents must not wait for each other's 40 ms. A chat has its
next turn once the outcome of the last one is recorded; delivery is at least once.
"""

import asyncio
import time
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Final

import structlog

from bot.calls import cost
from bot.courier import Courier, Draw
from bot.faces.base import AnswerTap, Face, Flood, Ok, Unreachable
from bot.lanes import Lanes, Parcel
from bot.limits import Limits
from bot.measures import Measures
from bot.pause import Pause, pause
from bot.postbox import Clock, Found, Mandate, Postbox, Transact
from bot.verdicts import Verdict, judge
from desk.mail import Lane

log = structlog.get_logger()

#: calls under way at once: 30 a second that take two seconds each
UNDER_WAY: Final = 60
#: seconds after which mail in hand is read again before it goes, so that no outdated state is sent
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
        limits: Limits | None = None,
        measures: Measures | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Pause = pause,
    ) -> None:
        self._face = face
        self._clock = clock
        self._monotonic = monotonic
        self._wait = wait
        self._courier = Courier(face, clock, draw, measures or Measures())
        self._lanes = Lanes()
        self._limits = limits or Limits()
        self._postbox = Postbox(bot_id, transact, clock, self._lanes.knows)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._calls: set[asyncio.Task[None]] = set()
        self._verdicts: list[Verdict] = []
        self._stale: list[Parcel] = []
        #: chats that rest, and until when
        self._resting: list[tuple[float, int]] = []
        self._look_at = self._sweep_at = monotonic()
        self._storage_failed = False

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
        """There is new mail; called after the commit, on the loop."""
        self._look_at = min(self._look_at, self._monotonic())
        self._news.set()

    def wake_from_thread(self) -> None:
        """The same, from any thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.wake)

    async def answer_tap(self, tap: AnswerTap) -> None:
        """Goes out at once: Telegram does not limit it, and forgets the tap after 15 seconds."""
        outcome = await self._face.call(tap)
        if not isinstance(outcome, Ok):
            log.debug("tap.unanswered", outcome=type(outcome).__name__)

    async def run(self, stop: asyncio.Event) -> None:
        """Sends until told to stop; calls under way are waited for, and their outcomes recorded."""
        self._loop = asyncio.get_running_loop()
        stopping = asyncio.create_task(self._wake_on(stop))
        try:
            while not stop.is_set():
                await self._turn()
                await self._wait(self._news, self._idle_seconds())
                self._news.clear()
        finally:
            stopping.cancel()
            await self._finish()

    async def _wake_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._news.set()

    async def _finish(self) -> None:
        await asyncio.gather(*self._calls)
        if self._verdicts:
            await self._exchange()

    async def _turn(self) -> None:
        now = self._monotonic()
        while self._resting and self._resting[0][0] <= now:
            self._lanes.release(heappop(self._resting)[1])
        if self._has_news(now):
            await self._exchange()
        self._start_calls()

    def _has_news(self, now: float) -> bool:
        """While the storage fails, news wait for the next look."""
        if now >= self._look_at:
            return True
        return not self._storage_failed and bool(self._verdicts or self._stale)

    def _idle_seconds(self) -> float:
        """How long nothing can happen by itself. A lane that is full opens at a known time."""
        if self._stale and not self._storage_failed:
            return 0.0
        now = self._monotonic()
        times = [self._look_at, *(at for at, _ in self._resting[:1])]
        if len(self._lanes):
            times += [at for lane in Lane if (at := self._limits.lane_at(lane)) > now]
        return max(min(times) - now, 0.0)

    # ── with the storage ─────────────────────────────────────────────────────────────────────────

    async def _exchange(self) -> None:
        verdicts, self._verdicts = self._verdicts, []
        stale, self._stale = self._stale, []
        now = self._monotonic()
        sweep = now >= self._sweep_at
        self._look_at = now + LOOK
        try:
            found = await self._postbox.exchange(Mandate(verdicts=verdicts, stale=stale, sweep=sweep, at=now))
        except Exception:
            self._verdicts[:0], self._stale[:0] = verdicts, stale
            self._complain()
            return
        self._storage_failed = False
        if sweep:
            self._sweep_at = now + LOOK
        self._take(verdicts, stale, found)

    def _complain(self) -> None:
        """Nothing is lost: outcomes are kept in hand and recorded once the storage is back."""
        if not self._storage_failed:
            log.exception("outbox.unavailable")
        self._storage_failed = True

    def _take(self, verdicts: list[Verdict], stale: list[Parcel], found: Found) -> None:
        """Chats that had their turn may have another, unless they are to rest. Mail that is to be tried again
        stays in hand, ahead of what came to its chat later."""
        for parcel in (*stale, *(verdict.parcel for verdict in verdicts)):
            self._lanes.done(parcel)
        for chat in {verdict.parcel.mail.chat_id for verdict in verdicts if verdict.note}:
            self._lanes.unread(chat)
        for parcel in (*found.parcels, *(verdict.again for verdict in verdicts if verdict.again)):
            self._lanes.add(parcel)
        for parcel in stale:
            self._lanes.release(parcel.mail.chat_id)
        for verdict in verdicts:
            self._rest(verdict.parcel.mail.chat_id, self._monotonic() + verdict.rest)
        self._look_in_time(found)

    def _look_in_time(self, found: Found) -> None:
        now = self._monotonic()
        if found.more:
            self._look_at = now
        elif found.due:
            wait = (found.due - self._clock.now()).total_seconds()
            self._look_at = min(self._look_at, now + max(wait, 0.0))

    # ── with Telegram ────────────────────────────────────────────────────────────────────────────

    def _start_calls(self) -> None:
        while len(self._calls) + len(self._stale) < UNDER_WAY:
            now = self._monotonic()
            parcel = self._lanes.pick([lane for lane in Lane if self._limits.lane_at(lane) <= now])
            if parcel is None:
                return
            if self._may_go(parcel, now):
                self._start(parcel, now)

    def _may_go(self, parcel: Parcel, now: float) -> bool:
        """Otherwise its chat rests until then, or it is read again first."""
        mail, price = parcel.mail, _cost(parcel)
        at = max(self._limits.chat_at(mail.chat_id, price), self._limits.lane_at(mail.lane, price))
        if at > now:
            self._lanes.done(parcel)
            self._lanes.add(parcel)
            self._rest(mail.chat_id, at)
        elif now - parcel.read_at > FRESH:
            self._stale.append(parcel)
        else:
            return True
        return False

    def _start(self, parcel: Parcel, now: float) -> None:
        self._limits.spend(parcel.mail.chat_id, now, _cost(parcel), parcel.mail.lane)
        task = asyncio.create_task(self._deliver(parcel))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _deliver(self, parcel: Parcel) -> None:
        """The outcome is recorded with others in the loop's next turn."""
        try:
            outcome, verdict = await self._courier.carry(parcel)
        except Exception as error:
            log.exception("mail.failed", mail=parcel.mail.id)
            outcome = Unreachable(type(error).__name__)
            verdict = judge(parcel, outcome, self._clock.now())
        if isinstance(outcome, Flood):
            self._limits.flood(parcel.mail.chat_id, self._monotonic(), outcome.seconds)
        self._verdicts.append(verdict)
        self._news.set()

    def _rest(self, chat: int, until: float) -> None:
        if until > self._monotonic():
            heappush(self._resting, (until, chat))
        else:
            self._lanes.release(chat)


def _cost(parcel: Parcel) -> int:
    """Mail that cannot be read costs one call; the courier refuses it."""
    try:
        return cost(parcel)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        return 1
