"""What time it is: the only place that asks the machine. Everything else is handed a clock, or the time."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds that only ever grow; for measuring how long something took."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()


class ShiftedClock:
    """The sandbox's time: the machine's, plus the seconds that a file holds.

    What is measured stays real: moving the world on to the next morning makes no network call late.
    """

    def __init__(self, path: Path, base: Clock | None = None) -> None:
        self._path = path
        self._base = base or SystemClock()
        self._seen: tuple[int, int, int] | None = None
        self._ahead = timedelta()
        self._stands: datetime | None = None

    def now(self) -> datetime:
        """The sandbox's time; with the machine where the file is missing or spoilt."""
        seen = self._mark()
        if seen != self._seen:
            self._seen, self._ahead, self._stands = seen, _read(self._path), _standing(self._path)
        return self._stands or self._base.now() + self._ahead

    def monotonic(self) -> float:
        """Real seconds."""
        return self._base.monotonic()

    def _mark(self) -> tuple[int, int, int] | None:
        """What changes when the file does: looking is cheaper than reading it for every question."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def _standing(path: Path) -> datetime | None:
    """Where a test has the time stand still: the file holds it after `=`, in seconds since 1970."""
    try:
        mark, _, moment = path.read_text("ascii").partition("=")
        return datetime.fromtimestamp(float(moment), UTC) if moment and not mark else None
    except (OSError, ValueError, OverflowError):
        return None


def _read(path: Path) -> timedelta:
    try:
        return timedelta(seconds=max(float(path.read_text("ascii")), 0.0))
    except (OSError, ValueError, OverflowError):
        return timedelta()


class HandClock:
    """A clock for tests: it stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._seconds = 0.0

    def now(self) -> datetime:
        """The time that it was last moved to."""
        return self._now

    def monotonic(self) -> float:
        """The seconds by which it was moved."""
        return self._seconds

    def move(self, by: timedelta) -> None:
        """Time passes."""
        self._now += by
        self._seconds += by.total_seconds()


def open_clock(path: Path | None) -> Clock:
    """The sandbox's clock where a file is named, else the machine's."""
    return ShiftedClock(path) if path else SystemClock()
