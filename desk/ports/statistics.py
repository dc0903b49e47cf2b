"""What figures are computed from."""

from datetime import datetime
from typing import Protocol

from desk.figures import Move, Score, Standing


class Statistics(Protocol):
    """What happened in a stretch of time, read by index: no query walks through the whole history."""

    def moves(self, estate_id: int, since: datetime, until: datetime) -> tuple[Move, ...]:
        """Every change of state before `until` of each request that had one in [since, until): request by
        request, oldest first."""

    def open_at(self, estate_id: int, moment: datetime) -> tuple[Standing, ...]:
        """What was open just before a moment, each in the state of then; the longest open first."""

    def scores(self, estate_id: int, since: datetime, until: datetime) -> tuple[Score, ...]:
        """The scores that residents gave in [since, until), oldest first."""
