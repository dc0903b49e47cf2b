"""What the tests of the counter may ask for."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.memory import MemoryDatabase
from storage.migrate import migrate
from storage.work import Database
from tests.bot.counter import Counter


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "steward.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty database in a file."""
    shutil.copy(migrated_file, tmp_path / "steward.db")
    with Database(f"sqlite:///{tmp_path / 'steward.db'}", durable=False) as database:
        yield database


@pytest.fixture
def counter() -> Counter:
    """A desk in memory."""
    return Counter(MemoryDatabase())


@pytest.fixture(params=["memory", "sqlite"])
def any_counter(request: pytest.FixtureRequest) -> Counter:
    """A desk in memory, and the same on SQLite."""
    if request.param == "memory":
        return Counter(MemoryDatabase())
    return Counter(request.getfixturevalue("sqlite"))
