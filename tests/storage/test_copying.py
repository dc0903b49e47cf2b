"""From a SQLite file to PostgreSQL: everything arrives, and numbers go on where they were."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.settings import Settings
from bot.setup.database import copy_to
from desk.records import Timer
from storage.copying import copy_database
from storage.errors import AlreadyRunning, NotEmpty
from storage.migrate import migrate
from storage.tables import metadata
from storage.work import Database
from tests.contracts.samples import BOT, NOW, Place, file, mail, run, sent, settled


def furnished(url: str) -> Place:
    """A database with something of most kinds in it."""
    migrate(url)
    with Database(url) as database:
        place = settled(database, "荷花苑")
        with database.write() as work:
            file(work, place)
            work.runs.save(run("k3f9", place.resident, subject={"request": 1}))
            work.timers.set(Timer(key="a", kind="b", due_at=NOW, payload={"x": [1, None]}))
            work.outbox.put(mail("sent", since=NOW))
            work.outbox.settle([sent(work.outbox.waiting(BOT, NOW)[0])], NOW)
            work.outbox.put(mail("waits", "漏水"))
            work.inbox.first_time(BOT, 7, NOW)
            work.inbox.failed(BOT, 8, "KeyError", "{}", NOW)
    return place


def rows(url: str) -> dict[str, int]:
    with Database(url) as database, database.read() as work:
        counted = {
            table.name: work.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
    return {name: count for name, count in counted.items() if count}


@pytest.mark.postgres
def test_everything_arrives_and_goes_on(sqlite_url: str, postgres_url: str):
    place = furnished(sqlite_url)
    told = copy_database(sqlite_url, postgres_url)
    assert rows(postgres_url) == rows(sqlite_url)
    assert told == [f"{name}: {count}" for name, count in rows(sqlite_url).items()]
    with Database(sqlite_url) as old, Database(postgres_url) as new, new.write() as here, old.read() as there:
        assert here.estates.all() == there.estates.all()
        assert here.requests.events(1) == there.requests.events(1)
        assert here.runs.get("k3f9") == there.runs.get("k3f9")
        assert here.timers.get("a") == there.timers.get("a")
        assert here.outbox.waiting(BOT, NOW) == there.outbox.waiting(BOT, NOW)
        filed = file(here, place)
        assert (filed.id, filed.number) == (2, 2)


@pytest.mark.postgres
def test_what_is_there_already_is_left_alone(sqlite_url: str, postgres_url: str):
    furnished(sqlite_url)
    furnished(postgres_url)
    before = rows(postgres_url)
    with pytest.raises(NotEmpty, match="Name an empty one"):
        copy_database(sqlite_url, postgres_url)
    assert rows(postgres_url) == before


def test_a_bot_at_work_has_to_be_stopped_first(tmp_path: Path, sqlite_url: str):
    furnished(sqlite_url)
    settings = Settings.model_validate({"database_url": sqlite_url, "data_dir": tmp_path})
    with (
        Database(sqlite_url) as database,
        database.try_lead(BOT) or pytest.fail("free"),
        pytest.raises(AlreadyRunning, match="Stop it first"),
    ):
        copy_to(settings, f"sqlite:///{tmp_path}/copy.db")
    copy_to(settings, f"sqlite:///{tmp_path}/copy.db")
    assert rows(f"sqlite:///{tmp_path}/copy.db") == rows(sqlite_url)
