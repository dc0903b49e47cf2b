"""What happened, numbered: the page reads it as server-sent events, tests wait on it instead of sleeping."""

import asyncio
from collections import deque
from dataclasses import dataclass
from itertools import islice

from sandbox.records import Json


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    number: int
    name: str
    data: Json


class Events:
    """Keeps the last few thousand events and wakes those who wait for the next."""

    def __init__(self, keep: int = 5000) -> None:
        self._kept: deque[Event] = deque(maxlen=keep)
        self._woken = asyncio.Event()
        self.last = 0
        #: Grows with every event, call and confirmed update: what `GET /sandbox/wait` waits on.
        self.changes = 0

    def publish(self, name: str, data: Json) -> None:
        """Add an event and wake everybody."""
        self.last += 1
        self._kept.append(Event(self.last, name, data))
        self.touch()

    def touch(self) -> None:
        """Something changed that is no event of its own."""
        self.changes += 1
        self._woken.set()
        self._woken = asyncio.Event()

    def after(self, number: int) -> list[Event]:
        """What happened since that event."""
        first = self.last - len(self._kept) + 1
        return list(islice(self._kept, max(number + 1 - first, 0), None))

    async def changed(self, since: int, timeout: float) -> int:
        """Wait until something has changed since then, or the time is over."""
        deadline = asyncio.get_running_loop().time() + timeout
        while self.changes <= since and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await self._wake(left)
        return self.changes

    async def next(self, number: int, timeout: float) -> list[Event]:
        """The events after that number; waits for one, but not longer than asked."""
        if self.last <= number:
            await self._wake(timeout)
        return self.after(number)

    async def _wake(self, timeout: float) -> None:
        waiter = asyncio.ensure_future(self._woken.wait())
        await asyncio.wait([waiter], timeout=timeout)
        waiter.cancel()
