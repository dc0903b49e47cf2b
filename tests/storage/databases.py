"""Databases to test on, migrated and empty; a conftest imports those it wants."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.memory import MemoryDatabase
from storage.migrate import migrate
from storage.work import Database
from tests.contracts.samples import Store

if TYPE_CHECKING:
    from tests.postgres import Cluster


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied: a millisecond instead of fifty."""
    path = tmp_path_factory.mktemp("template") / "steward.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: "Cluster") -> str:
    """The name of a migrated PostgreSQL database, to be copied."""
    url = postgres_cluster.create()
    migrate(url)
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(sqlite_template, tmp_path / "steward.db")
    with Database(f"sqlite:///{tmp_path / 'steward.db'}") as database:
        yield database


@pytest.fixture
def postgres_database(postgres_cluster: "Cluster", postgres_template: str) -> Iterator[Database]:
    url = postgres_cluster.create(postgres_template)
    with Database(url) as database:
        yield database
    postgres_cluster.drop(url)


@pytest.fixture
def memory_database() -> MemoryDatabase:
    return MemoryDatabase()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres), "memory"])
def database(request: pytest.FixtureRequest) -> Store:
    """A migrated, empty database; the test runs once on each implementation."""
    found: Store = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def sql_database(request: pytest.FixtureRequest) -> Database:
    """The same, without memory: for what only a real database can do."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found
