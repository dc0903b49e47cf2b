"""Runs under way, and the updates that were taken in; in memory."""

from dataclasses import dataclass, replace
from datetime import datetime

from desk.records import Person
from dialogs.engine.runs import DeadLetter, Run, RunState
from storage.memory.outbox import Message
from storage.memory.shelves import Room, Shelf


class MemoryRuns:
    """`dialogs.engine.runs.Runs` in memory."""

    def __init__(self, room: Room) -> None:
        self._runs = Shelf(room, "runs", Run, ["person_id", "state"])
        self._people = Shelf(room, "people", Person, ["telegram_id"])
        self._messages = Shelf(room, "messages", Message, ["chat_id"])

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

    def sweep(self, bot_id: int, before: datetime, limit: int) -> int:
        """Forgets runs that ended before then, and where their messages are."""
        ended = [run for run in self._runs.all() if run.state is RunState.ENDED and run.touched_at < before]
        old = sorted(ended, key=lambda run: run.touched_at)[:limit]
        for run in old:
            self._runs.remove(run.id)
            person = self._people.get(run.person_id)
            for what in ("run", "parked"):
                self._messages.remove((bot_id, person.telegram_id if person else 0, f"{what}/{run.id}"))
        return len(old)

    def _only(self, person_id: int, state: RunState) -> Run | None:
        return next(iter(self._runs.where(person_id=person_id, state=state)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """When an update was taken in."""

    at: datetime


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
        letter = DeadLetter(
            bot_id=bot_id,
            update_id=update_id,
            failures=failures,
            error=error,
            body=body,
            first_at=before.first_at if before else now,
            last_at=now,
        )
        self._dead.put((bot_id, update_id), letter)
        return failures

    def sweep(self, before: datetime, limit: int) -> int:
        """Forgets updates that were taken in before then."""
        return self._updates.sweep(lambda noted: noted.at < before, limit)


#: tried as often as the reception tries
DEAD = 3


class MemoryDeadLetters:
    """`dialogs.engine.runs.DeadLetters` in memory."""

    def __init__(self, room: Room) -> None:
        self._updates = Shelf(room, "updates", Noted)
        self._dead = Shelf(room, "dead_letters", DeadLetter)

    def waiting(self, bot_id: int, limit: int = 50) -> tuple[DeadLetter, ...]:
        """Those of a bot, by update id."""
        return tuple(sorted(self._all(bot_id), key=lambda letter: letter.update_id)[:limit])

    def count(self, bot_id: int) -> int:
        """How many they are."""
        return len(self._all(bot_id))

    def get(self, bot_id: int, update_id: int) -> DeadLetter | None:
        """The letter of one update."""
        letter = self._dead.get((bot_id, update_id))
        return letter if letter and letter.failures >= DEAD else None

    def ask(self, bot_id: int, update_id: int, now: datetime) -> bool:
        """Has it tried again by the process at work; False if it is not there."""
        letter = self.get(bot_id, update_id)
        if letter is not None:
            self._dead.put((bot_id, update_id), replace(letter, asked_at=now))
        return letter is not None

    def asked(self, bot_id: int, limit: int = 10) -> tuple[DeadLetter, ...]:
        """Those that are to be tried again, the longest asked for first."""
        found = [(one.asked_at, one) for one in self._dead.all() if one.bot_id == bot_id and one.asked_at]
        return tuple(letter for _, letter in sorted(found, key=lambda pair: pair[0])[:limit])

    def drop(self, bot_id: int, update_id: int) -> bool:
        """Forgets it; False if it is not there."""
        there = self._dead.get((bot_id, update_id)) is not None
        self._dead.remove((bot_id, update_id))
        return there

    def sweep(self, before: datetime, limit: int) -> int:
        """Forgets what was set aside before then."""
        return self._dead.sweep(lambda letter: letter.last_at < before, limit)

    def _all(self, bot_id: int) -> list[DeadLetter]:
        dead = [one for one in self._dead.all() if one.bot_id == bot_id and one.failures >= DEAD]
        return [one for one in dead if self._updates.get((bot_id, one.update_id)) is None]
