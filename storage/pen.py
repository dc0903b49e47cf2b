"""Whose turn it is to write to a file. SQLite's own waiting is a poll with sleeps, so threads queue here."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from storage.engines import PATIENCE
from storage.errors import DatabaseBusy
from storage.link import Link


class Pen:
    """The one connection that writes, held by one thread at a time.

    It stays open in between: fetched from the pool and put back, a small transaction costs thrice as much.
    """

    def __init__(self, engine: Engine, shown: str) -> None:
        self._engine = engine
        self._shown = shown
        self._free = threading.Lock()
        self._kept: Connection | None = None
        #: whether the one that is kept waits for another process's lock; None if nobody has told it yet
        self._waits: bool | None = None

    @contextmanager
    def transaction(self, wait: bool) -> Iterator[Connection]:
        """A transaction: committed at the end, undone if anything raises. Raises `DatabaseBusy`, after some
        patience or at once."""
        if not self._free.acquire(timeout=PATIENCE * 3 if wait else 0):
            raise DatabaseBusy(self._shown)
        try:
            connection, self._kept = self._kept or self._connected(), None
            try:
                self._be_patient(connection, wait)
                with connection.begin():
                    yield connection
            except BaseException:
                connection.close()  # the next transaction begins on a sound one
                raise
            self._kept = connection
        finally:
            self._free.release()

    def _connected(self) -> Connection:
        self._waits = None
        return self._engine.connect()

    def _be_patient(self, connection: Connection, wait: bool) -> None:
        if wait is not self._waits:
            Link(connection).run(f"PRAGMA busy_timeout={PATIENCE * 1000 if wait else 0}", ())
            self._waits = wait

    def close(self) -> None:
        """Closes the connection."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
