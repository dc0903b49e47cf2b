"""Trouble with the database while the bot runs: gone and back, a disk that is full. Nothing is lost by it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from sandbox.running import running
from storage.work import Database
from tests.postgres import Cluster
from tests.story.nursery import SwiftStage
from tests.story.repair import Cast, import_estate

UNKNOWN = "You are not linked to a home yet"


@contextmanager
def at_work(folder: Path, face: str, database: str, mode: str = "polling") -> Iterator[SwiftStage]:
    """A bot that has been heard once."""
    with running(clock=folder / "clock") as base:
        stage = SwiftStage(Sandbox(base), folder, face, database, mode=mode)
        import_estate(Cast(stage))
        stage.start()
        stage.settle()
        yield stage
        stage.kill()


def set_aside(url: str) -> int:
    """How many updates became dead letters."""
    with Database(url) as database, database.read() as work:
        count: int = work.connection.exec_driver_sql("SELECT count(*) FROM dead_letters").scalar_one()
        return count


class TestAServerThatGoesAndComesBack:
    """PostgreSQL is stopped and started while the bot runs."""

    @pytest.fixture(scope="class")
    @staticmethod
    def server(postgres_cluster: Cluster) -> Iterator[Cluster]:
        """One that may be stopped: nobody else uses it."""
        with Cluster(postgres_cluster.programs) as cluster:
            yield cluster

    @pytest.mark.postgres
    @pytest.mark.parametrize("face, mode", [("aiogram", "polling"), ("ptb", "webhook")])
    def test_what_was_said_meanwhile_is_answered_once(
        self, server: Cluster, tmp_path: Path, face: str, mode: str
    ) -> None:
        """The bot goes on by itself, and nothing counts as a fault of an update."""
        url = server.create()
        with at_work(tmp_path, face, url, mode) as stage:
            person = stage.sandbox.person("Ye", language_code="en")
            person.open(stage.bot)
            person.say("PostgreSQL takes no \0 as text")
            stage.settle()
            server.stop()
            for _ in range(2):
                person.say("/help", chat=stage.bot)
            stage.until(lambda: stage.health() is None and "sender.lead_lost" in stage.log())
            server.start()
            stage.settle()
            found = [one.text for one in person.chat(stage.bot) if one.by_bot]
            assert [UNKNOWN in one for one in found] == [True] * 4
        assert set_aside(url) == 0


@pytest.mark.parametrize("face", ["ptb"])
def test_a_file_that_is_moved_away_and_back(tmp_path: Path, sqlite_url: str, face: str) -> None:
    """The bot takes nothing more, since nobody would find it again, and goes on when the file is back."""
    file = tmp_path / "steward.db"
    with at_work(tmp_path, face, sqlite_url) as stage:
        person = stage.sandbox.person("Ye", language_code="en")
        file.rename(tmp_path / "elsewhere.db")
        stage.until(lambda: "The file was moved away" in stage.log())
        person.open(stage.bot)
        assert stage.sandbox.waiting(stage.bot) == 1
        (tmp_path / "elsewhere.db").rename(file)
        stage.settle()
        assert UNKNOWN in person.last(by_bot=True).text
    assert set_aside(sqlite_url) == 0


class TestAFullDisk:
    """No process can tell a limit on the size of its files from a disk without space."""

    @pytest.mark.parametrize("face, mode", [("ptb", "polling"), ("aiogram", "webhook")])
    def test_what_was_said_meanwhile_is_answered_once_there_is_space(
        self, tmp_path: Path, sqlite_url: str, face: str, mode: str
    ) -> None:
        """The bot lives on, says that it cannot write, and has half-written nothing."""
        with at_work(tmp_path, face, sqlite_url, mode) as stage:
            person = stage.sandbox.person("Ye", language_code="en")
            with no_space(stage):
                person.open(stage.bot)
                person.say("/help", chat=stage.bot)
                stage.until(lambda: "DatabaseUnwritable" in stage.log())
                assert stage.health() is not None, "it can still be read"
                assert stage.sandbox.waiting(stage.bot) == 2
            stage.settle()
            found = [one.text for one in person.chat(stage.bot) if one.by_bot]
            assert [UNKNOWN in one for one in found] == [True] * 2
        assert set_aside(sqlite_url) == 0
        with Database(sqlite_url) as database, database.read() as work:
            assert work.connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


@contextmanager
def no_space(stage: SwiftStage) -> Iterator[None]:
    """Nothing more of the database can be written; the log, which is shorter, can."""
    assert stage.process
    (stage.folder / "bot.log").write_text("")
    size = (stage.folder / "steward.db-wal").stat().st_size
    limit_files(stage.process.pid, size)
    yield
    limit_files(stage.process.pid, resource.RLIM_INFINITY)


def limit_files(pid: int, size: int) -> None:
    """No file of that process may become larger."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
