"""The errors of storage. The docstring is the message, and ends with what to do next.

StorageError
├── BadUrl
├── DatabaseUnreachable
├── DatabaseUnwritable
├── DatabaseBusy
├── DatabaseDamaged
├── NotMigrated
├── NotEmpty
└── AlreadyRunning
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from desk.ports import Busy, Unavailable


class StorageError(Exception):
    """The database failed. The reason is given below; please report it if it is not clear."""

    def __init__(self, database: str = "", why: str = "") -> None:
        """`database` is its URL with the password hidden; `why` is what its driver says."""
        parts = [(type(self).__doc__ or "").strip(), f"Database: {database}." if database else "", why]
        super().__init__(" ".join(part for part in parts if part))


class BadUrl(StorageError):
    """This is no database URL that Steward can use. Write it like sqlite:///steward.db or
    postgresql://user:password@host/steward."""


class DatabaseUnreachable(StorageError, Unavailable):
    """The database cannot be reached. Check that its server runs, and the host, name and password in its
    URL; for SQLite, check that the folder exists."""


class DatabaseUnwritable(StorageError, Unavailable):
    """The database cannot be written. Check the free space on its disk, and that this user may write the
    file and its folder."""


class DatabaseBusy(StorageError, Busy):
    """The database was locked for too long by another writer. Look for a second process, a backup or a
    database browser that holds it, and try again."""


class DatabaseDamaged(StorageError):
    """The file is damaged, or no database. Keep a copy of it and restore the last backup."""


class NotMigrated(StorageError):
    """The tables are missing or older than this version of Steward. Run `python -m bot migrate`."""


class NotEmpty(StorageError):
    """There is something in this database already. Name an empty one; nothing was copied."""


class AlreadyRunning(StorageError):
    """Another Steward works on this database file already. Stop it first; to run several processes, use
    PostgreSQL."""


SQLITE = {
    "SQLITE_CANTOPEN": DatabaseUnreachable,
    "SQLITE_READONLY": DatabaseUnwritable,
    "SQLITE_FULL": DatabaseUnwritable,
    "SQLITE_IOERR": DatabaseUnwritable,
    "SQLITE_PERM": DatabaseUnwritable,
    "SQLITE_BUSY": DatabaseBusy,
    "SQLITE_LOCKED": DatabaseBusy,
    "SQLITE_CORRUPT": DatabaseDamaged,
    "SQLITE_NOTADB": DatabaseDamaged,
}

#: by the beginning of PostgreSQL's error code
POSTGRES = {
    "08": DatabaseUnreachable,
    "28": DatabaseUnreachable,
    "3D": DatabaseUnreachable,
    "57P": DatabaseUnreachable,
    "25006": DatabaseUnwritable,
    "42501": DatabaseUnwritable,
    "53": DatabaseUnwritable,
    "55P03": DatabaseBusy,
    "42P01": NotMigrated,
    "42703": NotMigrated,
}


@contextmanager
def explained(database: str) -> Iterator[None]:
    """Turns what a driver raises into an error that says what to do, where the cause is known."""
    try:
        yield
    except DBAPIError as error:
        if kind := _kind(error):
            raise kind(database, str(error.orig).strip()) from error
        raise


def _kind(error: DBAPIError) -> type[StorageError] | None:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return _sqlite_kind(name, str(error.orig))
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # psycopg gives no code when there was no server to give one
        return DatabaseUnreachable if error.connection_invalidated or _no_connection(error) else None
    return next((kind for start, kind in POSTGRES.items() if state.startswith(start)), None)


def _sqlite_kind(name: str, words: str) -> type[StorageError] | None:
    if words.startswith(("no such table", "no such column")):
        return NotMigrated
    return next((kind for start, kind in SQLITE.items() if name.startswith(start)), None)


def _no_connection(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in {"OperationalError", "ConnectionTimeout"}
