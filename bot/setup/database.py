"""The database as a command finds it: its folder made, and its tables up to date where nobody is to ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.settings import Settings
from bot.setup.errors import NotMigratedYet
from bot.setup.folders import make_folder
from storage.copying import copy_database
from storage.errors import NotMigrated
from storage.migrate import migrate
from storage.work import Database

__all__ = ["Database", "copy_to", "existing", "migrated", "prepare", "ready"]

SQLITE_PATH: Final = ":///"
#: no bot has this id
NOBODY: Final = 0


@contextmanager
def ready(settings: Settings) -> Iterator[Database]:
    """The database with this version's tables.

    A SQLite file is brought up to date at once, for there is nobody to call. A PostgreSQL database may be
    at work for other processes, so there it is the operator who says when: raises `NotMigratedYet`.
    """
    prepare(settings)
    if (file := _file(settings.database)) and not file.exists():
        migrate(settings.database)
    with Database(settings.database, durable=settings.durable, pool_size=1) as database:
        try:
            database.require_migrated()
        except NotMigrated:
            _bring_up_to_date(database, settings)
        yield database


@contextmanager
def existing(settings: Settings) -> Iterator[Database]:
    """The database as it is, to be looked at; a SQLite file is not made. Raises `NotMigratedYet`."""
    with Database(settings.database, durable=settings.durable, pool_size=1) as database:
        if (file := _file(settings.database)) and not file.exists():
            raise NotMigratedYet(database.shown)
        try:
            yield database
        except NotMigrated:
            raise NotMigratedYet(database.shown) from None


def _bring_up_to_date(database: Database, settings: Settings) -> None:
    if not database.is_sqlite:
        raise NotMigratedYet(database.shown) from None
    migrate(settings.database)


def prepare(settings: Settings) -> None:
    """Makes the folders that files are written to; raises `FolderUnwritable`."""
    make_folder(settings.data_dir)
    if file := _file(settings.database):
        make_folder(file.parent)


def migrated(settings: Settings) -> list[str]:
    """Brings the tables up to date; a line for each step."""
    prepare(settings)
    return migrate(settings.database)


def copy_to(settings: Settings, target: str) -> list[str]:
    """Copies everything into another database; a line for each table. Raises `AlreadyRunning` where a bot is
    at work on a SQLite file, for what it does meanwhile would be left behind."""
    with existing(settings) as database:
        database.require_migrated()
        lead = database.try_lead(NOBODY) if database.is_sqlite else None
        try:
            return copy_database(settings.database, target)
        finally:
            if lead is not None:
                lead.release()


def _file(url: str) -> Path | None:
    """SQLite's file; None for PostgreSQL."""
    start, found, path = url.partition(SQLITE_PATH)
    return Path(path.partition("?")[0]) if found and start.startswith("sqlite") else None
