"""Transactions: `Database` opens them, `SqlWork` is what happens in one."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, text

from storage import migrate
from storage.announcements import SqlAnnouncements
from storage.answers import SqlAnswers
from storage.bells import listening
from storage.conversations import SqlInbox, SqlRuns
from storage.dead_letters import SqlDeadLetters
from storage.engines import (
    open_engine,
    open_reader,
    postgres_durability,
    read_url,
    shown,
    sqlite_durability,
)
from storage.errors import explained
from storage.estates import SqlEstates
from storage.fees import SqlFees
from storage.followers import SqlFollowers, SqlIncidents
from storage.households import SqlHouseholds
from storage.investigations import SqlInvestigations
from storage.kinds import SqlKinds
from storage.leads import Lead, PostgresLead, SqliteLead, is_led
from storage.link import Link
from storage.outbox import SqlOutbox
from storage.pen import Pen
from storage.people import SqlPeople
from storage.privacy import SqlPrivacy
from storage.requests import SqlRequests
from storage.rows import savepoint
from storage.services import SqlServices
from storage.statistics import SqlStatistics
from storage.surveys import SqlSurveys
from storage.sweep import sweep
from storage.timers import SqlTimers
from storage.visitors import SqlVisitors


class SqlWork:
    """One transaction with all that is kept: `desk.ports.Work`, and the runs and inbox of the dialogs."""

    def __init__(self, connection: Connection) -> None:
        link = self._link = Link(connection)
        self.estates = SqlEstates(link)
        self.kinds = SqlKinds(link)
        self.people = SqlPeople(link)
        self.households = SqlHouseholds(link)
        self.privacy = SqlPrivacy(link)
        self.requests = SqlRequests(link)
        self.followers = SqlFollowers(link)
        self.incidents = SqlIncidents(link)
        self.surveys = SqlSurveys(link)
        self.answers = SqlAnswers(link)
        self.investigations = SqlInvestigations(link)
        self.fees = SqlFees(link)
        self.timers = SqlTimers(link)
        self.outbox = SqlOutbox(link)
        self.announcements = SqlAnnouncements(link)
        self.services = SqlServices(link)
        self.statistics = SqlStatistics(link)
        self.visitors = SqlVisitors(link)
        self.runs = SqlRuns(link)
        self.inbox = SqlInbox(link)
        self.dead_letters = SqlDeadLetters(link)

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's connection, for whatever has no repository."""
        return self._link.sql

    def savepoint(self) -> AbstractContextManager[None]:
        """Undoes what happens inside, and only that, if it raises: one update of a group commit."""
        return savepoint(self._link)

    def lock_chat(self, chat_id: int) -> None:
        """Waits until no other transaction works for this chat; held until this one ends.

        SQLite has one writer at a time, so there it is held already.
        """
        if self._link.dialect.name == "postgresql":
            self._link.sql.execute(LOCK_CHAT, {"chat": chat_id})

    def sweep(self, bot_id: int, before: datetime, limit: int = 1000) -> int:
        """Forgets update ids, dead letters, settled mail and ended runs from before then, at most so many of
        each; says how many it were, so that it is asked again until none."""
        return sweep(self._link, bot_id, before, limit)


LOCK_CHAT = text("SELECT pg_advisory_xact_lock(:chat)")


class Database:
    """A database, opened by its URL. Safe to share between threads; a transaction belongs to one."""

    def __init__(self, url: str, *, durable: bool = True, pool_size: int = 8) -> None:
        """`durable=False` risks the last commits in a power cut (SQLite's synchronous=NORMAL), never more."""
        self._url = read_url(url)
        #: its URL as it may be logged
        self.shown = shown(self._url)
        self._writer = open_engine(self._url, durable=durable, pool_size=pool_size)
        self._reader = open_reader(self._url, self._writer, pool_size=pool_size)
        self._pen = Pen(self._writer, self.shown) if self.is_sqlite else None
        self._file_lock = SqliteLead(self._url)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file, which one process at a time works on."""
        return self._url.get_backend_name() == "sqlite"

    @contextmanager
    def write(self, *, wait: bool = True) -> Iterator[SqlWork]:
        """A transaction: committed at the end, undone if anything raises. Where somebody else is writing to
        the file, it waits for a while, or raises `DatabaseBusy` at once."""
        with explained(self.shown), self._begin(wait) as connection:
            yield SqlWork(connection)

    @contextmanager
    def read(self) -> Iterator[SqlWork]:
        """One snapshot of what is committed; writing in it is refused."""
        with explained(self.shown), self._reader.begin() as connection:
            yield SqlWork(connection)

    def ping(self) -> None:
        """Asks the database for a sign of life; raises `DatabaseUnreachable`."""
        with self.read() as work:
            # in a file, "SELECT 1" would be answered without a look at it
            work.connection.exec_driver_sql("PRAGMA schema_version" if self.is_sqlite else "SELECT 1")

    def revision(self) -> str | None:
        """Which migration the tables are at; None if there are no tables yet."""
        with self.read() as work:
            return migrate.revision(work.connection)

    def require_migrated(self) -> None:
        """Raises `NotMigrated` unless the tables are the ones that this version works with."""
        with self.read() as work:
            migrate.require_head(work.connection, self.shown)

    def try_lead(self, bot_id: int) -> Lead | None:
        """Makes this process the sender of a bot, or says None: another one is (PostgreSQL), try later.

        A SQLite file has one process only: there a second one raises `AlreadyRunning`.
        """
        with explained(self.shown):
            if self.is_sqlite:
                return self._file_lock.take(bot_id)
            return PostgresLead.take(self._writer, bot_id)

    def is_led(self, bot_id: int) -> bool:
        """Whether some process is the sender of a bot; asked without becoming it."""
        if self.is_sqlite:
            return self._file_lock.is_taken()
        with self.read() as work:
            return is_led(work.connection, bot_id)

    def durability(self) -> dict[str, str]:
        """How a commit is kept, in the database's own words."""
        if self.is_sqlite:
            return sqlite_durability(self._writer)
        with self.read() as work:
            return postgres_durability(work.connection)

    def listening(self, bot_id: int, ring: Callable[[], None]) -> AbstractContextManager[None]:
        """Meanwhile `ring` is called, from a thread, when another process has written mail for the bot."""
        return nullcontext() if self.is_sqlite else listening(self._writer, bot_id, ring)

    def close(self) -> None:
        """Closes the connections; leads are to be released before."""
        if self._pen:
            self._pen.close()
        self._reader.dispose()
        self._writer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _begin(self, wait: bool) -> AbstractContextManager[Connection]:
        return self._pen.transaction(wait) if self._pen else self._writer.begin()
