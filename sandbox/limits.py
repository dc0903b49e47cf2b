"""Telegram's flood limits: 30 a second overall, about 1 a second a chat, 20 a minute a group."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

#: What is not counted though it names a chat.
_FREE = frozenset({"sendchataction"})
_COUNTED = ("send", "edit", "copy", "forward", "pin", "createforum")


def counted(method: str) -> bool:
    """Sending and editing count; deleting, answering taps and asking do not."""
    return method.startswith(_COUNTED) and method not in _FREE


@dataclass
class Window:
    """At most `limit` within any stretch of `seconds`."""

    limit: int
    seconds: float
    _times: deque[float] = field(default_factory=deque)

    def wait(self, now: float, cost: int) -> float:
        """How long until `cost` more would fit."""
        while self._times and self._times[0] <= now - self.seconds:
            self._times.popleft()
        over = len(self._times) + min(cost, self.limit) - self.limit
        return self._times[over - 1] + self.seconds - now if over > 0 else 0.0

    def add(self, now: float, cost: int) -> None:
        """Count them."""
        self._times.extend([now] * min(cost, self.limit))


class Floods:
    """Counts a bot's messages. Off until switched on, so that only tests of patience need patience."""

    def __init__(self, now: Callable[[], float], on: bool = False) -> None:
        self.on = on
        self._now = now
        self._overall: dict[int, Window] = defaultdict(lambda: Window(30, 1.0))
        #: One a second on average; a burst of five passes.
        self._chat: dict[tuple[int, int], Window] = defaultdict(lambda: Window(5, 5.0))
        self._group: dict[tuple[int, int], Window] = defaultdict(lambda: Window(20, 60.0))

    def charge(self, bot: int, chat: int, cost: int = 1) -> int:
        """Count a call, or return the whole seconds to wait; a refused call is not counted."""
        if not self.on:
            return 0
        windows = [(self._overall[bot], cost), (self._chat[bot, chat], 1)]
        if chat < 0:
            windows.append((self._group[bot, chat], cost))
        now = self._now()
        wait = max(window.wait(now, price) for window, price in windows)
        if wait > 0:
            return math.ceil(wait)
        for window, price in windows:
            window.add(now, price)
        return 0
