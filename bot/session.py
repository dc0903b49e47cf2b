"""One transaction as the bot sees it: the desk's records, the runs, and the inbox."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from desk.ports import Work
from dialogs.engine.runs import DeadLetters, Inbox, Runs


class Session(Work, Protocol):
    """Everything that one update may read and write, kept or undone together."""

    @property
    def runs(self) -> Runs: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def dead_letters(self) -> DeadLetters: ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Undoes what happens inside, and only that, if it raises."""

    def sweep(self, bot_id: int, before: datetime, limit: int = 1000) -> int:
        """Forgets update ids, dead letters, settled mail and ended runs from before then; how many there
        were."""

    def lock_chat(self, chat_id: int) -> None:
        """Waits for other transactions that work for this chat."""


class Store(Protocol):
    """A database that opens such transactions."""

    @property
    def is_sqlite(self) -> bool:
        """Whether there is one writer at a time."""

    def write(self, *, wait: bool = True) -> AbstractContextManager[Session]:
        """A transaction: committed at the end, undone if anything raises. Where somebody else is writing to
        the file, it waits for a while, or raises `Busy` at once."""
