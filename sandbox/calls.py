"""The log of what bots called, for tests and for the page."""

from collections import deque
from itertools import islice

from sandbox.records import Json


class Calls:
    """The last hundred thousand calls, numbered from 1."""

    def __init__(self) -> None:
        self._kept: deque[Json] = deque(maxlen=100_000)
        self._last = 0

    def add(self, entry: Json) -> None:
        """Log a call. A getUpdates that went well is no news."""
        if entry["method"].lower() == "getupdates" and entry["ok"]:
            return
        self._last += 1
        self._kept.append({"n": self._last, **entry})

    def after(self, number: int) -> list[Json]:
        """The calls since that one."""
        first = self._last - len(self._kept) + 1
        return list(islice(self._kept, max(number + 1 - first, 0), None))
