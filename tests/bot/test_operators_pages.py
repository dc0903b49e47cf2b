"""/healthz and /metrics over real HTTP, and the timers' loop behind them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.clock import HandClock
from bot.clockwork import BATCH, EVERY, Clockwork
from bot.measures import Measures
from bot.menus import command_menus
from bot.web.pages import Health, healthz, metrics
from bot.writer import Writer
from desk.records import Timer
from storage.work import Database
from tests.bot.counter import ME, MONDAY
from tests.bot.test_reception import Bell

Client = TestClient[web.Request, web.Application]


class Operator:
    """Somebody who looks at the pages."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def sees(self, path: str) -> tuple[int, Any]:
        answer = await self.client.get(path)
        return answer.status, await (answer.json() if path == "/healthz" else answer.text())


@pytest.fixture
def told() -> list[Health]:
    """How the process is; the last one counts."""
    return [Health(database=True, outbox=3, late=1.5)]


@pytest.fixture
def measures() -> Measures:
    return Measures()


@pytest.fixture
async def operator(told: list[Health], measures: Measures) -> AsyncIterator[Operator]:
    async def look() -> Health:
        return told[-1]

    app = web.Application()
    app.router.add_get("/healthz", healthz(look))
    app.router.add_get("/metrics", metrics(measures, look))
    async with TestClient(TestServer(app)) as client:
        yield Operator(client)


async def test_healthz_is_200_while_the_database_answers(operator: Operator):
    assert await operator.sees("/healthz") == (200, {"ok": True, "database": True, "outbox": 3, "late": 1.5})


async def test_healthz_is_503_while_it_does_not(operator: Operator, told: list[Health]):
    told.append(Health(database=False))
    status, said = await operator.sees("/healthz")
    assert (status, said["ok"]) == (503, False)


async def test_metrics_count_updates_timers_and_waiting_mail(operator: Operator, measures: Measures):
    with measures.update():
        pass
    with pytest.raises(OSError), measures.update():
        raise OSError
    measures.failed()
    measures.timer("survey", 2.5)
    measures.outbox.set(4)
    status, said = await operator.sees("/metrics")
    assert status == 200
    for line in (
        'steward_updates_total{outcome="kept"} 1.0',
        'steward_updates_total{outcome="not_kept"} 1.0',
        'steward_updates_total{outcome="failed"} 1.0',
        'steward_timers_total{kind="survey"} 1.0',
        "steward_timer_late_seconds 2.5",
        "steward_outbox_depth 4.0",
        "steward_update_seconds_count 2.0",
    ):
        assert line in said


async def test_metrics_are_of_now_also_where_nobody_asks_for_health(measures: Measures):
    async def look() -> Health:
        measures.outbox.set(7)
        return Health(database=True)

    app = web.Application()
    app.router.add_get("/metrics", metrics(measures, look))
    async with TestClient(TestServer(app)) as client:
        _status, said = await Operator(client).sees("/metrics")
    assert "steward_outbox_depth 7.0" in said


# ── the loop that fires timers ──


class Afternoon:
    """A clockwork on SQLite, that stops after so many looks."""

    def __init__(self, store: Any, looks: int = 1) -> None:
        self.bell, self.measures, self.clock = Bell(), Measures(), HandClock(MONDAY)
        self.writer, self.stop, self.looks = Writer(store), asyncio.Event(), looks
        self.waited: list[float] = []
        sender: Any = self.bell
        self.clockwork = Clockwork(ME, self.writer, sender, self.clock, self.measures, wait=self.wait)

    async def wait(self, stop: asyncio.Event, seconds: float) -> None:
        self.looks -= 1
        self.waited.append(seconds)
        if not self.looks:
            stop.set()

    async def passes(self) -> None:
        self.writer.start()
        await self.clockwork.run(self.stop)
        await self.writer.close()


async def test_all_that_is_due_fires_without_a_pause_and_the_sender_is_woken(sqlite: Database):
    with sqlite.write() as work:
        for number in range(BATCH + 1):
            work.timers.set(
                Timer(
                    key=f"{number}", kind="left", due_at=MONDAY - timedelta(seconds=9), payload={"run": "x"}
                )
            )
    afternoon = Afternoon(sqlite)
    await afternoon.passes()
    assert afternoon.bell.woken == 2
    with sqlite.read() as work:
        assert work.timers.next_due() is None
    count = afternoon.measures.registry.get_sample_value("steward_timers_total", {"kind": "left"})
    assert count == BATCH + 1


async def test_a_database_that_is_away_is_waited_for():
    class Away:
        is_sqlite = True

        def write(self) -> Any:
            raise OSError("no database")

    afternoon = Afternoon(Away(), looks=3)
    with capture_logs() as logged:
        await afternoon.passes()
    assert [one["event"] for one in logged] == ["timers.failed"] * 3
    assert afternoon.bell.woken == 0
    assert afternoon.waited == [1, 2, 4], "a database that is away all night must not fill the log"


async def test_once_the_database_is_back_timers_are_looked_for_as_often_as_before(sqlite: Database):
    class Shaky:
        is_sqlite = True
        tries = 0

        def write(self) -> Any:
            self.tries += 1
            if self.tries == 1:
                raise OSError("no database")
            return sqlite.write()

    afternoon = Afternoon(Shaky(), looks=2)
    await afternoon.passes()
    assert afternoon.waited == [1, EVERY]


# ── the menu ──


def test_the_menu_is_there_in_every_language():
    menus = {menu.language: dict(menu.commands) for menu in command_menus()}
    assert {"", "zh"} <= {*menus}
    assert all(menu.keys() == menus[""].keys() for menu in menus.values())
    assert menus["zh"]["cancel"] != menus[""]["cancel"]
