"""Telegram's limits, kept by counting what was sent. Pure: the time is handed in.

Telegram counts a call when it arrives, and two calls that leave a second apart may arrive closer together.
So a call counts from when it came back, for by then it had arrived; or, if that takes long, from a while
after it left, since an upload may take minutes.
"""

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from desk.mail import Lane

#: 429s in this many seconds from different chats mean that the whole bot is too fast; Telegram does not say
SAME_FLOOD: Final = 1.0
#: seconds after which a call is taken to have arrived
ON_THE_WAY: Final = 1.0
NEVER: Final = float("-inf")


@dataclass(slots=True, eq=False)
class Slot:
    """The place that a call takes up in every window it counts in."""

    #: by when it has arrived
    at: float

    def returned(self, now: float) -> None:
        """Telegram has answered."""
        self.at = min(self.at, now)


@dataclass(slots=True)
class Window:
    """At most `most` within any stretch of `seconds`. Exact, which a leaking bucket is not at its edges."""

    most: int
    seconds: float
    _slots: deque[Slot] = field(default_factory=deque)

    def free_at(self, cost: int = 1) -> float:
        """From when on `cost` more fit in; what costs more than the whole window fits into an empty one."""
        over = len(self._slots) + min(cost, self.most) - self.most
        if over <= 0:
            return NEVER
        return max(slot.at for slot in islice(self._slots, over)) + self.seconds

    def spend(self, slot: Slot, cost: int = 1) -> None:
        """Counts them, and forgets what lies too far back to matter."""
        self._slots.extend([slot] * cost)
        while len(self._slots) > self.most:
            self._slots.popleft()

    def idle(self, now: float) -> bool:
        """Whether nothing in it counts any more."""
        return not self._slots or max(slot.at for slot in self._slots) + self.seconds <= now


@dataclass(slots=True)
class Pace:
    """One every so many seconds, evenly; what was missed is caught up with for `behind` seconds."""

    every: float
    behind: float
    _next: float = NEVER

    def free_at(self) -> float:
        """From when on the next may go."""
        return self._next

    def spend(self, now: float, cost: int = 1) -> None:
        """Counts what goes now."""
        self._next = max(self._next, now - self.behind) + cost * self.every


# The stretches are a little longer than Telegram's, whose clock is not ours.


def overall() -> Window:
    """30 a second for a bot."""
    return Window(30, 1.002)


def crowd() -> Pace:
    """Broadcasts may take all that is left, but evenly: so a place comes free every few hundredths of a
    second, and somebody who waits for an answer gets the next one."""
    return Pace(1 / 30, 0.25)


def chat() -> Window:
    """One a second in a chat; short bursts pass."""
    return Window(5, 5.05)


def group() -> Window:
    """20 a minute in a group, over all its topics, edits counted."""
    return Window(20, 60.5)


@dataclass(slots=True)
class _Chat:
    """What one chat has had. An album is one message for its pace, and all its pieces for the minute's 20."""

    pace: Window = field(default_factory=chat)
    minute: Window | None = None
    paused_until: float = NEVER

    def free_at(self, cost: int) -> float:
        minute = self.minute.free_at(cost) if self.minute else NEVER
        return max(self.pace.free_at(), minute, self.paused_until)

    def spend(self, slot: Slot, cost: int) -> None:
        self.pace.spend(slot)
        if self.minute:
            self.minute.spend(slot, cost)

    def idle(self, now: float) -> bool:
        minute_idle = self.minute is None or self.minute.idle(now)
        return self.pace.idle(now) and minute_idle and self.paused_until <= now


class Limits:
    """What one bot may send, and from when on."""

    def __init__(self) -> None:
        self._overall = overall()
        self._crowd = crowd()
        self._chats: OrderedDict[int, _Chat] = OrderedDict()
        self._paused_until = NEVER
        self._last_flood: tuple[float, int] | None = None

    def lane_at(self, lane: Lane, cost: int = 1) -> float:
        """From when on mail of this lane may go, as far as the bot as a whole is concerned."""
        crowded = self._crowd.free_at() if lane is Lane.BROADCAST else NEVER
        return max(self._overall.free_at(cost), crowded, self._paused_until)

    def chat_at(self, chat_id: int, cost: int = 1) -> float:
        """From when on it may go to this chat, as far as the chat is concerned."""
        known = self._chats.get(chat_id)
        return known.free_at(cost) if known else NEVER

    def spend(self, chat_id: int, now: float, cost: int = 1, lane: Lane = Lane.ANSWER) -> Slot:
        """Counts a call that goes out now; the slot is to be told when the call has returned."""
        slot = Slot(now + ON_THE_WAY)
        self._overall.spend(slot, cost)
        if lane is Lane.BROADCAST:
            self._crowd.spend(now, cost)
        self._chat(chat_id).spend(slot, cost)
        self._chats.move_to_end(chat_id)
        for idle in self._idle(now):
            del self._chats[idle]
        return slot

    def flood(self, chat_id: int, now: float, seconds: float) -> None:
        """Telegram said 429: this chat rests, or everything if another chat was told the same just now."""
        self._chat(chat_id).paused_until = now + seconds
        last, self._last_flood = self._last_flood, (now, chat_id)
        if last and last[1] != chat_id and now - last[0] <= SAME_FLOOD:
            self._paused_until = max(self._paused_until, now + seconds)

    def _chat(self, chat_id: int) -> _Chat:
        """A group's id is negative."""
        if chat_id not in self._chats:
            self._chats[chat_id] = _Chat(minute=group() if chat_id < 0 else None)
        return self._chats[chat_id]

    def _idle(self, now: float) -> list[int]:
        """Chats long unheard of, two a call at most: more than can be added."""
        return [chat_id for chat_id, known in self._oldest(2) if known.idle(now)]

    def _oldest(self, count: int) -> Iterator[tuple[int, _Chat]]:
        return (pair for pair, _ in zip(self._chats.items(), range(count), strict=False))


class NoLimits(Limits):
    """For servers that have none, such as the sandbox. A 429 is heeded all the same."""

    def spend(self, chat_id: int, now: float, cost: int = 1, lane: Lane = Lane.ANSWER) -> Slot:
        """Nothing is counted."""
        return Slot(now)
