"""Transactions in memory, with the surface of `storage.work`."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Self

from storage.errors import DatabaseBusy
from storage.leads import BotLead, Lead
from storage.memory.announcements import MemoryAnnouncements
from storage.memory.answers import MemoryAnswers, MemoryInvestigations
from storage.memory.desk import MemoryEstates, MemoryRequests, MemorySurveys, MemoryTimers
from storage.memory.fees import MemoryFees
from storage.memory.followers import MemoryFollowers, MemoryIncidents
from storage.memory.households import MemoryHouseholds, MemoryPrivacy
from storage.memory.kinds import MemoryKinds
from storage.memory.outbox import MemoryOutbox
from storage.memory.people import MemoryPeople
from storage.memory.services import MemoryServices
from storage.memory.shelves import Room, Rows
from storage.memory.statistics import MemoryStatistics
from storage.memory.talks import MemoryDeadLetters, MemoryInbox, MemoryRuns
from storage.memory.visitors import MemoryVisitors

#: seconds a writer waits for another one
PATIENCE = 30


class MemoryWork:
    """One transaction with all that is kept."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.estates = MemoryEstates(room)
        self.kinds = MemoryKinds(room)
        self.people = MemoryPeople(room)
        self.households = MemoryHouseholds(room)
        self.privacy = MemoryPrivacy(room)
        self.requests = MemoryRequests(room)
        self.followers = MemoryFollowers(room)
        self.incidents = MemoryIncidents(room)
        self.surveys = MemorySurveys(room)
        self.answers = MemoryAnswers(room)
        self.investigations = MemoryInvestigations(room)
        self.fees = MemoryFees(room)
        self.timers = MemoryTimers(room)
        self.outbox = MemoryOutbox(room)
        self.announcements = MemoryAnnouncements(room)
        self.services = MemoryServices(room)
        self.statistics = MemoryStatistics(room)
        self.visitors = MemoryVisitors(room)
        self.runs = MemoryRuns(room)
        self.inbox = MemoryInbox(room)
        self.dead_letters = MemoryDeadLetters(room)

    def savepoint(self) -> AbstractContextManager[None]:
        """Undoes what happens inside, and only that, if it raises."""
        return self._room.savepoint()

    def lock_chat(self, chat_id: int) -> None:
        """There is one writer at a time, so the lock is held already."""

    def sweep(self, bot_id: int, before: datetime, limit: int = 1000) -> int:
        """Forgets update ids, dead letters, settled mail and ended runs from before then; says how many it
        were."""
        found = (part.sweep(before, limit) for part in (self.inbox, self.dead_letters, self.outbox))
        return sum(found) + self.households.sweep(before, limit) + self.runs.sweep(bot_id, before, limit)


class MemoryDatabase:
    """What `storage.work.Database` offers, kept in this process only."""

    shown = "memory"

    def __init__(self) -> None:
        self._committed: dict[str, Rows] = {}
        self._one_writer = threading.Lock()
        self._led: set[int] = set()

    @contextmanager
    def write(self, *, wait: bool = True) -> Iterator[MemoryWork]:
        """A transaction: committed at the end, undone if anything raises."""
        if not self._one_writer.acquire(timeout=PATIENCE if wait else 0):
            raise DatabaseBusy(self.shown)
        try:
            room = Room(self._committed, writable=True)
            yield MemoryWork(room)
            self._committed = room.tables
        finally:
            self._one_writer.release()

    @contextmanager
    def read(self) -> Iterator[MemoryWork]:
        """One snapshot of what is committed; writing in it is refused."""
        yield MemoryWork(Room(self._committed, writable=False))

    def ping(self) -> None:
        """It is always there."""

    def revision(self) -> str | None:
        """There are no tables to migrate."""
        return None

    def require_migrated(self) -> None:
        """There are no tables to migrate."""

    def try_lead(self, bot_id: int) -> Lead | None:
        """Makes the caller the sender of a bot, or says None: somebody else in this process is."""
        if bot_id in self._led:
            return None
        self._led.add(bot_id)
        return BotLead(lambda: self._led.discard(bot_id), in_place=lambda: True)

    def close(self) -> None:
        """What was kept is gone with the object."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
