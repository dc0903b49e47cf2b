"""The world's clock: the machine's, shifted forward by the number of seconds kept in a file.

Everything that waits in the sandbox waits in this time, so that moving the clock also ends a webhook's
back-off or a flood window.
"""

import asyncio
import contextlib
import os
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox.errors import Problem

_NEXT = re.compile(r"next (\d{1,2}):(\d{2})")


class Clock:
    """Tells the time, moves it forward, and lets others sleep in it."""

    def __init__(self, file: Path | None = None, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._machine = now
        self._moved = asyncio.Event()
        self.ahead = _read(file)

    def now(self) -> float:
        """Seconds since 1970 in this world."""
        return self._machine() + self.ahead

    def date(self) -> int:
        """The time as Telegram's `date` fields hold it."""
        return int(self.now())

    def move(self, by: float) -> float:
        """Move the world forward and tell the file and all who sleep; the new time is returned."""
        if by < 0:
            raise Problem("The clock only moves forward: `by` must not be negative.")
        self.ahead += by
        _write(self._file, self.ahead)
        self._moved.set()
        self._moved = asyncio.Event()
        return self.now()

    def until(self, words: str, zone: str) -> float:
        """How many seconds from now `next 08:30` is, by the clock on the wall in that zone."""
        found = _NEXT.fullmatch(words.strip())
        if not found:
            raise Problem('`to` must read like "next 08:30".')
        try:
            here = datetime.fromtimestamp(self.now(), ZoneInfo(zone))
            at = here.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        except (ValueError, KeyError) as error:
            raise Problem(f"That is no time of day, or {zone!r} no IANA zone: {error}") from error
        if at <= here:
            at += timedelta(days=1)
        return at.timestamp() - self.now()

    async def sleep(self, seconds: float) -> None:
        """Return when the world's time has gone on by so much, however it came about."""
        deadline = self.now() + seconds
        while (left := deadline - self.now()) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left)


def _read(file: Path | None) -> float:
    """What the file says; a missing, empty or spoilt one means that the world runs with the machine."""
    try:
        return max(float(file.read_text()), 0.0) if file else 0.0
    except (OSError, ValueError):
        return 0.0


def _write(file: Path | None, ahead: float) -> None:
    """Replace the file in one step, so that a reader never sees half a number."""
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    draft.write_text(f"{ahead!r}\n")
    draft.replace(file)
