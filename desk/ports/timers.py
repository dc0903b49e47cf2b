"""What is to happen later, as it is kept."""

from datetime import datetime
from typing import Protocol

from desk.records import Timer


class Timers(Protocol):
    """What is to happen later."""

    def set(self, timer: Timer) -> None:
        """Adds the timer, or moves the one with its key."""

    def cancel(self, key: str) -> None:
        """Drops it if it is there."""

    def get(self, key: str) -> Timer | None:
        """The timer with this key, if it is still to come."""

    def take(self, now: datetime, limit: int = 100) -> tuple[Timer, ...]:
        """Due timers, locked until this transaction ends; each is then cancelled or set anew."""

    def next_due(self) -> datetime | None:
        """When the earliest one is due."""

    def overdue(self, now: datetime) -> int:
        """How many are due."""
