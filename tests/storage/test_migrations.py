"""The schema's history and the tables of the code are the same thing, up and down, with data inside."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.schema import CreateIndex, CreateTable

from storage import migrate as migrations
from storage.engines import open_engine, read_url
from storage.errors import BadUrl, DatabaseDamaged, DatabaseUnreachable, NotMigrated
from storage.migrate import downgrade, head, migrate
from storage.tables import metadata
from storage.work import Database
from tests.contracts.samples import BOT, NOW, file, mail, run, settle_in, settled

STEPS = [
    "0001: First tables.",
    "0002: When mail was written, and dead letters to be tried again.",
    "0003: What a request is about, where, and to what it belongs; rules of an estate; floors.",
    "0004: Visitors.",
    "0005: Fees.",
    "0006: Answers and investigations.",
    "0007: Followers, incidents and announcements.",
    "0008: Households and what people wish.",
    "0009: Kinds and services of an estate.",
]


def test_every_step_is_told_once(database_url: str):
    assert migrate(database_url) == STEPS
    assert migrate(database_url) == [f"already at {head()}"]
    assert downgrade(database_url, "base") == [step.replace(":", " undone:") for step in reversed(STEPS)]
    assert downgrade(database_url, "base") == ["already at nothing"]


def test_up_down_and_up_again_with_data_inside(database_url: str):
    migrate(database_url)
    for _ in range(2):
        with Database(database_url) as database:
            place = settled(database)
            with database.write() as work:
                assert file(work, place).number == 1
                work.outbox.put(mail("a"))
                work.runs.save(run("a", place.resident))
                work.inbox.first_time(BOT, 1, NOW)
        downgrade(database_url, "base")
        assert inside(database_url) <= {"alembic_version", "sqlite_sequence"}
        migrate(database_url)


def test_a_database_of_the_former_version_keeps_what_it_has(database_url: str):
    migrate(database_url)
    with Database(database_url) as database, database.write() as work:
        work.outbox.put(mail("a"))
        for _ in range(3):
            work.inbox.failed(BOT, 1, "RuntimeError", "{}", NOW)
    for move in (downgrade, migrate):
        move(database_url, "0001" if move is downgrade else "head")
    with Database(database_url) as database, database.read() as work:
        assert [one.key for one in work.outbox.waiting(BOT, NOW)] == ["a"]
        assert [one.update_id for one in work.dead_letters.waiting(BOT)] == [1]


def inside(url: str) -> set[str]:
    engine = open_engine(read_url(url))
    with engine.begin() as connection:
        names = set(sa.inspect(connection).get_table_names())
    engine.dispose()
    return names


def test_the_migrations_make_the_tables_of_the_code(database_url: str):
    migrate(database_url)
    engine = open_engine(read_url(database_url))
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def sqlite_words(connection: sa.Connection) -> set[str]:
    """Tables and indexes as SQLite remembers them, spaces aside."""
    rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").scalars()
    return {"".join(sql.split()) for sql in rows if "alembic" not in sql and "sqlite_seq" not in sql}


def test_to_the_word_in_sqlite_which_alembic_compares_loosely(sqlite_url: str):
    migrate(sqlite_url)
    engine = open_engine(read_url(sqlite_url))
    dialect = engine.dialect
    made: set[str] = set()
    for table in metadata.sorted_tables:
        elements: list[sa.schema.ExecutableDDLElement] = [CreateTable(table)]
        elements += [CreateIndex(index) for index in table.indexes]
        for element in elements:
            made.add("".join(str(element.compile(dialect=dialect)).split()))
    with engine.begin() as connection:
        assert {columns(sql) for sql in sqlite_words(connection)} == {columns(sql) for sql in made}
    engine.dispose()


def columns(sql: str) -> frozenset[str]:
    """The parts of a statement without regard to their order: constraints come in any."""
    for mark, instead in {'"': "", "(": ",", ")": ",", "WITHOUTROWID": ",w"}.items():
        sql = sql.replace(mark, instead)
    return frozenset(sql.split(","))


@pytest.mark.postgres
def test_indexes_to_the_word_in_postgres(postgres_url: str):
    migrate(postgres_url)
    query = sa.text("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname")
    engine = open_engine(read_url(postgres_url))
    with engine.begin() as connection:
        migrated = connection.execute(query).scalars().all()
    downgrade(postgres_url, "base")
    with engine.begin() as connection:
        metadata.create_all(connection)
        made = connection.execute(query).scalars().all()
    engine.dispose()
    assert set(made) == set(migrated)


def test_changing_a_parent_table_keeps_its_children(database_url: str):
    """The trap of SQLite: a table is changed by copying and dropping it, which deletes what refers to it."""
    migrate(database_url)
    with Database(database_url) as database, database.write() as work:
        place = settle_in(work)
        request = file(work, place)

    def add_a_column(connection: sa.Connection) -> None:
        operations: Any = Operations(MigrationContext.configure(connection))
        how = "always" if connection.dialect.name == "sqlite" else "auto"
        before = indexes(connection)
        for table in ("estates", "people", "requests"):
            with operations.batch_alter_table(table, recreate=how) as batch:
                batch.add_column(sa.Column("colour", sa.String()))
        assert indexes(connection) == before, "partial ones stay partial"

    in_a_migration(database_url, add_a_column)
    with Database(database_url) as database, database.read() as work:
        assert work.requests.get(request.id) == request
        assert len(work.requests.events(request.id)) == 1
        assert work.estates.homes(place.estate.id) == (place.home,)


def indexes(connection: sa.Connection) -> set[str]:
    """All indexes with their conditions."""
    if connection.dialect.name == "postgresql":
        query = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
        return set(connection.exec_driver_sql(query).scalars())
    return {sql.replace('"', "") for sql in sqlite_words(connection) if "INDEX" in sql}


def in_a_migration(url: str, step: Any) -> None:
    """Runs a step the way `migrate` does."""
    with migrations.transaction(read_url(url)) as connection:
        step(connection)


def test_a_step_that_breaks_references_is_undone(sqlite_url: str):
    migrate(sqlite_url)
    with Database(sqlite_url) as database:
        place = settled(database)
    with pytest.raises(DatabaseDamaged, match="homes"):
        in_a_migration(sqlite_url, lambda connection: connection.execute(sa.text("DELETE FROM estates")))
    with Database(sqlite_url) as database, database.read() as work:
        assert work.estates.all() == (place.estate,)


def test_several_processes_may_start_at_once(database_url: str):
    with ThreadPoolExecutor(3) as threads:
        told = list(threads.map(migrate, [database_url] * 3))
    assert sorted(map(tuple, told)) == [tuple(STEPS), *[(f"already at {head()}",)] * 2]


def test_a_database_without_tables_says_what_to_run(database_url: str):
    with Database(database_url) as database:
        assert database.revision() is None
        with pytest.raises(NotMigrated, match="bot migrate"):
            database.require_migrated()
        with pytest.raises(NotMigrated, match="bot migrate"), database.write() as work:
            work.estates.all()
    migrate(database_url)
    with Database(database_url) as database:
        assert database.revision() == head()
        database.require_migrated()


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path):
    migrate(f"sqlite:///{tmp_path / 'steward.db'}")
    assert stat.S_IMODE((tmp_path / "steward.db").stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(DatabaseUnreachable, match="nowhere"):
        migrate(f"sqlite:///{tmp_path / 'nowhere' / 'steward.db'}")
    with pytest.raises(BadUrl):
        migrate("oracle://somewhere")
