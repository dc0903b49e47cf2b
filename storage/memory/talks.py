"""Runs under way, and the updates that were taken in; in memory."""

from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.engine.runs import Run, RunState
from storage.memory.shelves import Room, Shelf


class MemoryRuns:
    """`dialogs.engine.runs.Runs` in memory."""

    def __init__(self, room: Room) -> None:
        self._runs = Shelf(room, "runs", Run, ["person_id", "state"])

    def open(self, person_id: int) -> Run | None:
        """The run that the person is in."""
        return self._only(person_id, RunState.OPEN)

    def parked(self, person_id: int) -> Run | None:
        """The run set aside last."""
        return self._only(person_id, RunState.PARKED)

    def get(self, run_id: str) -> Run | None:
        """The run, ended or not, while it is still kept."""
        return self._runs.get(run_id)

    def save(self, run: Run) -> None:
        """Adds or replaces. Opening or parking a run ends another of that person in the same state."""
        other = self._only(run.person_id, run.state) if run.state is not RunState.ENDED else None
        if other is not None and other.id != run.id:
            self._runs.put(other.id, replace(other, state=RunState.ENDED))
        self._runs.put(run.id, run)

    def sweep(self, before: datetime, limit: int) -> int:
        """Forgets runs that ended before then."""
        return self._runs.sweep(lambda run: run.state is RunState.ENDED and run.touched_at < before, limit)

    def _only(self, person_id: int, state: RunState) -> Run | None:
        return next(iter(self._runs.where(person_id=person_id, state=state)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """When an update was taken in."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """An update that failed."""

    failures: int
    error: str
    body: str
    last_at: datetime


class MemoryInbox:
    """`dialogs.engine.runs.Inbox` in memory."""

    def __init__(self, room: Room) -> None:
        self._updates = Shelf(room, "updates", Noted)
        self._dead = Shelf(room, "dead_letters", DeadLetter)

    def first_time(self, bot_id: int, update_id: int, now: datetime) -> bool:
        """Notes the update id; False if it was noted before."""
        if self._updates.get((bot_id, update_id)):
            return False
        self._updates.put((bot_id, update_id), Noted(at=now))
        return True

    def failed(self, bot_id: int, update_id: int, error: str, body: str, now: datetime) -> int:
        """Counts a failure and keeps the update aside; the number of failures so far."""
        before = self._dead.get((bot_id, update_id))
        failures = before.failures + 1 if before else 1
        letter = DeadLetter(failures=failures, error=error, body=body, last_at=now)
        self._dead.put((bot_id, update_id), letter)
        return failures

    def sweep(self, before: datetime, limit: int) -> int:
        """Forgets updates that were taken in before then."""
        return self._updates.sweep(lambda noted: noted.at < before, limit)
