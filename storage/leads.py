"""Who sends for a bot: one process at a time, so that Telegram's limits need no shared counter."""

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage.engines import shown
from storage.errors import AlreadyRunning, DatabaseUnreachable

if sys.platform != "win32":
    import fcntl

#: Keeps the locks of senders apart from those of chats, whose ids are far smaller
SENDERS = -(2**62)

TRY_LOCK = text("SELECT pg_try_advisory_lock(:key)")
UNLOCK = text("SELECT pg_advisory_unlock(:key)")


#: a session's lock on a number of 64 bits is shown in two halves
LOCKED = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND classid = CAST(:high AS bigint)::oid AND objid = CAST(:low AS bigint)::oid"
)


def is_led(connection: Connection, bot_id: int) -> bool:
    """Whether a session is the sender of a bot."""
    key = (SENDERS + bot_id) % 2**64
    return bool(connection.execute(LOCKED, {"high": key >> 32, "low": key % 2**32}).scalar_one())


class Lead(Protocol):
    """Held by the one sender of a bot."""

    def held(self) -> bool:
        """Whether it is still ours: a lost connection gives it away."""

    def release(self) -> None:
        """Lets another process take over."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class _Releasing:
    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        raise NotImplementedError


class PostgresLead(_Releasing):
    """A session's advisory lock on a connection of its own: it goes when the process does."""

    def __init__(self, connection: Connection, key: int) -> None:
        self._connection = connection
        self._key = key

    @classmethod
    def take(cls, engine: Engine, bot_id: int) -> "PostgresLead | None":
        """The lead, or None while another session has it."""
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        key = SENDERS + bot_id
        if connection.execute(TRY_LOCK, {"key": key}).scalar_one():
            # out of the pool: handed on, the connection would carry the lock to somebody else
            connection.detach()
            return cls(connection, key)
        connection.close()
        return None

    def held(self) -> bool:
        """Asks the session whether it still lives; the lock lives as long."""
        if self._connection.closed or self._connection.invalidated:
            return False  # asked again, an invalidated connection would open a new session, without the lock
        try:
            self._connection.exec_driver_sql("SELECT 1")
        except DBAPIError:
            self._connection.invalidate()
            return False
        return True

    def release(self) -> None:
        """Closes the session, which gives the lock back at once."""
        if self.held():
            with suppress(DBAPIError):  # the session may end right now, and the lock with it
                self._connection.execute(UNLOCK, {"key": self._key})
        self._connection.close()


class SqliteLead:
    """A lock file beside the database: one process on a file, and in it one lead a bot.

    A lead lasts while the file is in its place: moved away it could still be written, but whoever starts anew
    would never find that again.
    """

    def __init__(self, url: URL) -> None:
        self._database = Path(url.database or "")
        self._path = Path(f"{url.database}.lock")
        self._known: tuple[int, int] | None = None
        self._shown = shown(url)
        self._guard = threading.Lock()
        self._led: set[int] = set()
        self._file: int | None = None

    def take(self, bot_id: int) -> "BotLead | None":
        """The lead, or None if this process leads the bot already; raises `AlreadyRunning` if another
        process has the file."""
        if not self._in_place():
            raise DatabaseUnreachable(self._shown, "The file was moved away or replaced while in use.")
        with self._guard:
            if bot_id in self._led:
                return None
            if self._file is None:
                self._file = self._lock()
            self._led.add(bot_id)
        return BotLead(lambda: self._give_back(bot_id), self._in_place)

    def _in_place(self) -> bool:
        """Whether the file is there that was there at first; before the first tables there is none."""
        try:
            found = self._database.stat()
        except OSError:
            return self._known is None
        self._known = self._known or (found.st_dev, found.st_ino)
        return self._known == (found.st_dev, found.st_ino)

    def is_taken(self) -> bool:
        """Whether some process works on the file; one that never did has left no lock file."""
        if self._file is not None:
            return True
        try:
            file = os.open(self._path, os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            if sys.platform != "win32":
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(file)
        return False

    def _give_back(self, bot_id: int) -> None:
        with self._guard:
            self._led.discard(bot_id)
            if not self._led and self._file is not None:
                os.close(self._file)
                self._file = None

    def _lock(self) -> int:
        # The file stays when we go: removing it would let two processes each lock a file of that name
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(file)
                raise AlreadyRunning(self._shown) from error
        return file


class BotLead(_Releasing):
    """A lead that only this process can end, and the loss of its file."""

    def __init__(self, give_back: Callable[[], None], in_place: Callable[[], bool]) -> None:
        self._give_back = give_back
        self._in_place = in_place
        self._mine = True

    def held(self) -> bool:
        """Whether it was not released yet, and the file is where it was."""
        return self._mine and self._in_place()

    def release(self) -> None:
        """Gives it back, once."""
        if self._mine:
            self._mine = False
            self._give_back()
