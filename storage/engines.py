"""Engines: how a database is opened, and how its transactions begin."""

import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from storage.errors import BadUrl
from storage.link import Link

#: seconds a SQLite connection waits for another process's lock
PATIENCE = 10


def read_url(text: str) -> URL:
    """The URL with our driver in it; raises `BadUrl`. `postgres://` is what many hosts hand out."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # the text may hold a password, so neither it nor the cause is shown
        raise BadUrl from None
    backend = url.drivername.partition("+")[0]
    if backend in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url.set(drivername="sqlite+pysqlite")
    raise BadUrl(shown(url))


def shown(url: URL) -> str:
    """The URL as it may be logged: passwords hidden, also one given as an option."""
    hidden = {key: "***" for key in url.query if "pass" in key.lower()}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def open_engine(url: URL, *, durable: bool = True, pool_size: int = 8) -> Engine:
    """The engine that writes."""
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(url, "BEGIN IMMEDIATE", _writer_pragmas(durable), pool_size)
        return _postgres(url, pool_size)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise BadUrl(shown(url), f"{error}: install steward-desk[postgres].") from error


def open_reader(url: URL, writer: Engine, *, pool_size: int = 8) -> Engine:
    """The engine that reads: one snapshot a transaction, and writing refused.

    SQLite readers need own connections so that they never wait for the writer; PostgreSQL's share its pool.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, "BEGIN", [*_pragmas(), "query_only=ON"], pool_size)
    return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _pragmas() -> list[str]:
    return ["foreign_keys=ON", f"busy_timeout={PATIENCE * 1000}"]


def _writer_pragmas(durable: bool) -> list[str]:
    return [*_pragmas(), "journal_mode=WAL", f"synchronous={'FULL' if durable else 'NORMAL'}"]


def _sqlite(url: URL, begin: str, pragmas: list[str], pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        connect_args={"timeout": PATIENCE},
        hide_parameters=True,  # they hold what people wrote
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # Python's driver begins transactions by its own rules, too late for a lock; we say BEGIN ourselves
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        Link(connection).run(begin, ())

    return engine


def _postgres(url: URL, pool_size: int) -> Engine:
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=4,
        pool_pre_ping=True,
        connect_args={"connect_timeout": PATIENCE, "options": "-c timezone=UTC"},
        hide_parameters=True,
    )


#: SQLite's numbers for `synchronous`
SYNCHRONOUS = ("off", "normal", "full", "extra")


def sqlite_durability(writer: Engine) -> dict[str, str]:
    """How the writer's commits are kept."""
    connection = writer.raw_connection()
    try:
        cursor = connection.cursor()
        (mode,) = cursor.execute("PRAGMA journal_mode").fetchone()
        (level,) = cursor.execute("PRAGMA synchronous").fetchone()
        return {"journal_mode": str(mode), "synchronous": SYNCHRONOUS[level]}
    finally:
        connection.close()


def postgres_durability(connection: Connection) -> dict[str, str]:
    """How the server keeps commits."""
    asked = {"fsync": "fsync", "synchronous": "synchronous_commit"}
    return {name: str(connection.exec_driver_sql(f"SHOW {of}").scalar_one()) for name, of in asked.items()}
