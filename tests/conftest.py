"""What every test may ask for, and the loud word at the end about tests that could not run."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from tests.postgres import Cluster

NOT_RUN = "NOT RUN: needs "


def _not_run(what: str, remedy: str) -> NoReturn:
    pytest.skip(f"{NOT_RUN}{what}: {remedy}")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'steward.db'}"


@pytest.fixture(scope="session")
def postgres_cluster() -> "Iterator[Cluster]":
    """This test process's own PostgreSQL server, started when the first test asks."""
    from tests.postgres import Cluster, NoPostgres, find_programs  # the driver costs a third of a second

    try:
        programs = find_programs()
    except NoPostgres:
        _not_run("PostgreSQL", "apt-get install postgresql")
    with Cluster(programs) as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres_cluster: "Cluster") -> Iterator[str]:
    """The URL of an empty PostgreSQL database of this test's own."""
    url = postgres_cluster.create()
    yield url
    postgres_cluster.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database's URL; the test runs once on SQLite and once on PostgreSQL."""
    url = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(url, str)
    return url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium to drive: CHROMIUM, or what is installed."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return found or _not_run("Chromium", "apt-get install chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for PostgreSQL or Chromium is marked, so that `-m "not postgres"` tells the truth."""
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "postgres_url" in asked or "postgres_cluster" in asked:
            item.add_marker("postgres")
        if "chromium" in asked:
            item.add_marker("browser")


def _count_not_run(config: pytest.Config) -> dict[str, int]:
    reporter = config.pluginmanager.getplugin("terminalreporter")
    counts: dict[str, int] = {}
    for report in reporter.stats.get("skipped", []) if reporter else []:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if NOT_RUN in reason:
            what = reason.partition(NOT_RUN)[2]
            counts[what] = counts.get(what, 0) + 1
    return counts


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a test that did not run is a failure."""
    if exitstatus == 0 and os.environ.get("CI") == "true" and _count_not_run(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says in red what was not tried."""
    for what, number in _count_not_run(config).items():
        terminalreporter.section("NOT RUN", red=True, bold=True)
        terminalreporter.line(f"NOT RUN: {number} test{'s' * (number > 1)} need {what}", red=True, bold=True)
