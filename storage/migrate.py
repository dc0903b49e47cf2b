"""Brings a database to this version's tables, and back. Alembic is loaded only where there is a step to take:
a bot that starts again need not wait for it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, event, inspect, text

from storage.engines import open_engine, read_url, shown
from storage.errors import DatabaseDamaged, DatabaseUnreachable, NotMigrated, explained

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"

#: several processes may start, and migrate, at the same time
LOCK = text("SELECT pg_advisory_xact_lock(:key)")
LOCK_KEY = -(2**62) - 1


def migrate(url: str, to: str = "head") -> list[str]:
    """Takes every step that is missing, in one transaction; says which, one line each."""
    if to == "head" and _is_at_head(read_url(url)):
        return [f"already at {head()}"]
    from alembic import command

    return _move(url, lambda config: command.upgrade(config, to))


def downgrade(url: str, to: str) -> list[str]:
    """Takes steps back, down to a revision or `base`. What the newer tables held is lost."""
    from alembic import command

    return _move(url, lambda config: command.downgrade(config, to))


def head() -> str:
    """The revision that this version of Steward works with: the files of the steps begin with theirs."""
    steps = sorted(path.stem for path in (SCRIPTS / "versions").glob("[0-9]*.py"))
    return steps[-1].partition("_")[0]


def revision(connection: Connection) -> str | None:
    """The revision that a database is at, or None if it was never migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _is_at_head(url: URL) -> bool:
    _make_private(url)
    engine = open_engine(url, pool_size=1)
    try:
        with explained(shown(url)), engine.connect() as connection:
            return revision(connection) == head()
    finally:
        engine.dispose()


def require_head(connection: Connection, database: str) -> None:
    """Raises `NotMigrated` unless the tables are the ones that this version works with."""
    found, wanted = revision(connection), head()
    if found != wanted:
        raise NotMigrated(database, f"It is at {found or 'nothing'}, this version wants {wanted}.")


def _move(url: str, step: "Callable[[Config], None]") -> list[str]:
    with transaction(read_url(url)) as connection:
        before = revision(connection)
        step(_config(connection))
        return _told(before, revision(connection))


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def transaction(url: URL) -> Iterator[Connection]:
    """What a migration runs in: alone, all or nothing, and safe to copy tables in."""
    _make_private(url)
    engine = open_engine(url, pool_size=1)
    if engine.dialect.name == "sqlite":
        _references_off(engine)
    try:
        with explained(shown(url)), engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(LOCK, {"key": LOCK_KEY})
            yield connection
            _check_references(connection, shown(url))
    finally:
        engine.dispose()


def _make_private(url: URL) -> None:
    """A new SQLite file is for its owner's eyes; SQLite gives its side files the same rights."""
    if url.get_backend_name() == "sqlite" and url.database:
        try:
            Path(url.database).touch(mode=0o600)
        except OSError as error:
            raise DatabaseUnreachable(shown(url), str(error)) from error


def _references_off(engine: Engine) -> None:
    """SQLite changes a table by copying it and dropping the old one. With foreign keys on, the drop deletes
    the rows that refer to it; and they can be turned off only outside a transaction, hence here."""

    @event.listens_for(engine, "connect")
    def off(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys=OFF")


def _check_references(connection: Connection, database: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise DatabaseDamaged(database, f"Rows refer to others that are gone: {broken[:5]}.")


def _told(before: str | None, after: str | None) -> list[str]:
    if before == after:
        return [f"already at {after or 'nothing'}"]
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(SCRIPTS))
    walked = list(scripts.walk_revisions("base", "heads"))[::-1]
    names = [script.revision for script in walked]
    start = names.index(before) + 1 if before else 0
    end = names.index(after) + 1 if after else 0
    if end >= start:
        return [f"{script.revision}: {script.doc}" for script in walked[start:end]]
    return [f"{script.revision} undone: {script.doc}" for script in walked[end:start][::-1]]
