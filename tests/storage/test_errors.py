"""When the database fails, people read what to do, and never a password."""

import multiprocessing
import os
import sqlite3
import traceback
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from desk.records import Survey
from storage.engines import PATIENCE, read_url, shown
from storage.errors import (
    AlreadyRunning,
    BadUrl,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseUnreachable,
    DatabaseUnwritable,
    StorageError,
)
from storage.migrate import migrate
from storage.work import Database
from tests.contracts.samples import BOT, NOW, file, mail, settled

SECRET = "s3cret-passw0rd"


def test_each_error_says_what_to_do():
    for kind in StorageError.__subclasses__():
        words = str(kind("sqlite:///a.db", "why"))
        assert "Database: sqlite:///a.db. why" in words
        assert words.count(".") >= 3, "what happened, and what to do"


@pytest.mark.parametrize(
    "url, driver",
    [
        ("postgres://u:p@h/d", "postgresql+psycopg"),
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("postgresql+asyncpg://u:p@h/d", "postgresql+psycopg"),
        ("sqlite:///a.db", "sqlite+pysqlite"),
        ("sqlite+aiosqlite:///a.db", "sqlite+pysqlite"),
    ],
)
def test_usual_urls_get_our_driver(url: str, driver: str):
    assert read_url(url).drivername == driver


@pytest.mark.parametrize(
    "url", ["", "steward.db", "mysql://u@h/d", "sqlite://", "sqlite:///:memory:", "http:"]
)
def test_other_urls_are_refused(url: str):
    with pytest.raises(BadUrl, match="Write it like"):
        read_url(url)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://user:{SECRET}@localhost:1/d",
        f"postgresql://localhost:1/d?user=u&password={SECRET}",
        f"postgresql://localhost:1/d?user=u&sslpassword={SECRET}",
    ],
)
def test_a_server_that_is_not_there_is_told_without_the_password(url: str):
    with Database(url) as database, pytest.raises(DatabaseUnreachable) as caught:
        database.ping()
    assert "localhost" in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert SECRET not in shown(read_url(url))


@pytest.mark.parametrize("url", [f"postgresql://u:{SECRET}@host:port/d", f"mysql://u:{SECRET}@h/d", SECRET])
def test_a_url_that_cannot_be_read_keeps_its_secret(url: str):
    with pytest.raises(BadUrl) as caught:
        read_url(url)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.postgres
def test_a_database_that_is_not_there(postgres_url: str):
    with (
        Database(postgres_url.replace("steward_", "missing_")) as database,
        pytest.raises(DatabaseUnreachable, match="does not exist"),
    ):
        database.ping()


def test_a_file_that_is_no_database(tmp_path: Path):
    (tmp_path / "a.db").write_bytes(b"not a database at all, but long enough to look at" * 9)
    with (
        Database(f"sqlite:///{tmp_path / 'a.db'}") as database,
        pytest.raises(DatabaseDamaged, match="backup"),
    ):
        database.ping()


def test_a_folder_that_is_missing(tmp_path: Path):
    with (
        Database(f"sqlite:///{tmp_path / 'missing' / 'a.db'}") as database,
        pytest.raises(DatabaseUnreachable, match="folder"),
    ):
        database.ping()


def test_a_full_disk_undoes_the_transaction(sqlite_database: Database):
    with sqlite_database.write() as work:
        work.outbox.put(mail("before"))
        pages = work.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        work.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(DatabaseUnwritable, match="free space"):
        fill_up(sqlite_database)
    with sqlite_database.read() as work:
        assert [one.key for one in work.outbox.waiting(BOT, NOW)] == ["before"]


def fill_up(database: Database) -> None:
    with database.write() as work:
        for number in range(500):
            with work.savepoint():
                work.outbox.put(mail(f"k{number}", "x" * 500))


def test_a_lock_held_too_long_is_told(sqlite_url: str, monkeypatch: pytest.MonkeyPatch):
    migrate(sqlite_url)
    monkeypatch.setattr("storage.engines.PATIENCE", 0.1)
    holder = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Database(sqlite_url) as database:
        with pytest.raises(DatabaseBusy, match="second process"), database.write():
            pytest.fail("somebody else holds the lock")
        with database.read() as work:
            assert work.outbox.depth(BOT) == 0, "readers do not wait"
        holder.execute("COMMIT")
        with database.write() as work:
            work.outbox.put(mail())
    holder.close()


def lead_in_another_process(url: str) -> str:
    with Database(url) as database:
        try:
            lead = database.try_lead(BOT)
        except AlreadyRunning as refused:
            return str(refused)
        return "led" if lead else "none"


def elsewhere(url: str) -> str:
    """What another process gets when it asks for the lead."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(lead_in_another_process, (url,))


def test_a_second_process_on_one_file_is_refused(sqlite_url: str):
    migrate(sqlite_url)
    with Database(sqlite_url) as database:
        lead = database.try_lead(BOT)
        assert lead is not None
        assert "Another Steward works on this database file already" in elsewhere(sqlite_url)
        lead.release()
        assert elsewhere(sqlite_url) == "led"


@pytest.mark.postgres
def test_a_second_process_on_one_server_stands_by(postgres_url: str):
    migrate(postgres_url)
    with Database(postgres_url) as database:
        lead = database.try_lead(BOT)
        assert lead is not None
        assert elsewhere(postgres_url) == "none"
        lead.release()
        assert elsewhere(postgres_url) == "led"


@pytest.mark.postgres
def test_a_lead_is_lost_with_its_session(postgres_url: str):
    migrate(postgres_url)
    with Database(postgres_url) as database:
        lead = database.try_lead(BOT)
        assert lead is not None
        with database.write() as work:
            work.connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            )
        assert not lead.held()
        assert not lead.held(), "a new session is not the lead"
        lead.release()
        again = database.try_lead(BOT)
        assert again is not None
        again.release()


@pytest.mark.crash
def test_a_killed_process_leaves_nothing_half_done(sqlite_url: str):
    migrate(sqlite_url)
    process = multiprocessing.get_context("spawn").Process(
        target=die_within_a_transaction, args=(sqlite_url,)
    )
    process.start()
    process.join(30)
    assert process.exitcode == 9
    with Database(sqlite_url) as database:
        lead = database.try_lead(BOT)
        assert lead is not None, "the lock of the dead is free"
        lead.release()
        with database.write() as work:
            assert [one.key for one in work.outbox.waiting(BOT, NOW)] == ["committed"]


def die_within_a_transaction(url: str) -> None:
    database = Database(url)
    database.try_lead(BOT)
    with database.write() as work:
        work.outbox.put(mail("committed"))
    with database.write() as work:
        work.outbox.put(mail("lost"))
        os._exit(9)


@pytest.mark.postgres
def test_a_session_that_ends_in_the_middle_is_told_and_the_next_one_is_new(postgres_database: Database):
    with pytest.raises(DatabaseUnreachable):
        lose_the_session(postgres_database)
    with postgres_database.write() as work:
        assert work.outbox.depth(BOT) == 0
        work.outbox.put(mail("a"))


def lose_the_session(database: Database) -> None:
    with database.write() as work, work.savepoint():
        work.outbox.put(mail("lost"))
        pid = work.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with database.read() as other:
            other.connection.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
        work.outbox.put(mail("lost too"))


@pytest.mark.postgres
def test_a_row_that_breaks_a_rule_is_told_without_what_people_wrote(postgres_database: Database):
    place = settled(postgres_database)
    with postgres_database.write() as work:
        survey = Survey(
            request_id=file(work, place).id,
            estate_id=place.estate.id,
            resident_id=place.resident.id,
            asked_at=cast("datetime", None),
            words="the key is under the doormat",
        )
        with pytest.raises(IntegrityError, match="asked_at") as caught, work.savepoint():
            work.surveys.save(survey)
    assert "doormat" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.postgres
def test_a_session_that_ended_is_known_as_such_at_once(postgres_database: Database):
    with pytest.raises(DatabaseUnreachable) as caught:
        write_in_a_session_that_ends(postgres_database)
    assert isinstance(caught.value.__cause__, DBAPIError)
    assert caught.value.__cause__.connection_invalidated


def write_in_a_session_that_ends(database: Database) -> None:
    with database.write() as work:
        own = work.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with database.write() as other:
            other.connection.exec_driver_sql(f"SELECT pg_terminate_backend({own}, 5000)")
        work.outbox.put(mail())


def test_who_would_not_wait_before_waits_when_asked_to(sqlite_url: str):
    """The connection that was told not to wait goes back to the pool, and is told anew."""
    with Database(sqlite_url) as database:
        with sqlite3.connect(sqlite_url.partition("///")[2], isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseBusy), database.write(wait=False):
                pass
            other.execute("ROLLBACK")
        other.close()
        with database.write() as work:
            patience = work.connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    assert patience == PATIENCE * 1000
