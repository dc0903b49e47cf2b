"""/healthz and /metrics over real HTTP, and the timers' loop behind them."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot import health as at_health
from bot.clock import HandClock
from bot.clockwork import BATCH, EVERY, Clockwork
from bot.health import Health
from bot.measures import Measures, release
from bot.menus import command_menus
from bot.snapshot import Snapshot, look
from bot.web.pages import healthz, metrics
from bot.writer import Writer
from desk.mail import Lane, Outgoing
from desk.records import Timer
from storage.work import Database
from tests.bot.counter import ME, MONDAY
from tests.bot.test_reception import Bell

Client = TestClient[web.Request, web.Application]
LONG = timedelta(hours=1)


class Operator:
    """Somebody who looks at the pages of a process on SQLite."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock, self.measures = database, HandClock(MONDAY), Measures()
        self.measures.leading = True
        self.silent = 0.0
        self.health = Health(self.look, lambda: self.silent, self.measures)
        self.client: Client

    def look(self) -> Snapshot:
        """What the database says."""
        with self.database.read() as work:
            return look(work, ME.id, self.clock.now())

    def put(self, **given: Any) -> None:
        """Mail waits."""
        with self.database.write() as work:
            work.outbox.put(Outgoing(bot_id=ME.id, chat_id=1, since=MONDAY, **given))

    async def asks(self) -> tuple[int, dict[str, Any]]:
        """What /healthz says."""
        answer = await self.client.get("/healthz")
        return answer.status, await answer.json()

    async def part(self, name: str) -> tuple[int, str, str, str]:
        """What it says of one part: status, state, words, next step."""
        status, said = await self.asks()
        part = said["parts"][name]
        return status, part["state"], part["says"], part["next_step"]

    async def counts(self) -> list[str]:
        """The lines of /metrics."""
        answer = await self.client.get("/metrics")
        assert answer.status == 200
        return (await answer.text()).splitlines()


@pytest.fixture
async def operator(sqlite: Database) -> AsyncIterator[Operator]:
    found = Operator(sqlite)
    app = web.Application()
    app.router.add_get("/healthz", healthz(found.health))
    app.router.add_get("/metrics", metrics(found.health))
    async with TestClient(TestServer(app)) as found.client:
        yield found


def away() -> Snapshot:
    """A database that cannot be reached."""
    raise OSError("no database")


async def test_all_is_well(operator: Operator):
    status, said = await operator.asks()
    assert (status, said["ok"], said["outbox"], said["late"]) == (200, True, 0, 0)
    assert {name: part["state"] for name, part in said["parts"].items()} == dict.fromkeys(
        ("database", "telegram", "sender", "timers", "dead_letters"), "ok"
    )
    assert {part["next_step"] for part in said["parts"].values()} == {""}


async def test_a_database_that_is_away(operator: Operator):
    operator.health.read = away
    with capture_logs() as logged:
        status, state, _says, step = await operator.part("database")
    assert (status, state) == (503, "failing")
    assert "python -m bot doctor" in step
    assert [one["event"] for one in logged] == ["health.database_away"]


async def test_a_database_that_hangs_is_waited_for_once(operator: Operator, monkeypatch: pytest.MonkeyPatch):
    asked, let_go = [], threading.Event()

    def hang() -> Snapshot:
        asked.append(1)
        let_go.wait(10)
        return operator.look()

    operator.health.read = hang
    with capture_logs(), monkeypatch.context() as patched:
        patched.setattr(at_health, "PATIENCE", 0.01)
        assert [(await operator.asks())[0] for _ in range(3)] == [503] * 3
    assert len(asked) == 1
    let_go.set()
    assert (await operator.asks())[0] == 200


@pytest.mark.parametrize(
    "seconds, status, state", [(0.0, 200, "ok"), (59.0, 200, "look"), (61.0, 503, "failing")]
)
async def test_a_telegram_that_is_silent(operator: Operator, seconds: float, status: int, state: str):
    operator.silent = seconds
    assert (await operator.part("telegram"))[:2] == (status, state)


@pytest.mark.parametrize(
    "lane, seconds, status, state",
    [
        (Lane.ANSWER, 9, 200, "ok"),
        (Lane.ANSWER, 11, 200, "look"),
        (Lane.ANSWER, 121, 503, "failing"),
        (Lane.CARD, 121, 200, "look"),
        (Lane.CARD, 601, 503, "failing"),
        (Lane.BROADCAST, 6000, 200, "ok"),
    ],
)
async def test_mail_that_waits(operator: Operator, lane: Lane, seconds: float, status: int, state: str):
    operator.put(lane=lane)
    operator.clock.move(timedelta(seconds=seconds))
    found = await operator.part("sender")
    assert found[:2] == (status, state)
    assert f"1 {lane.name.lower()}s wait, the oldest {seconds:.0f}" in found[2]
    assert bool(found[3]) == (state != "ok")


async def test_where_another_process_sends_this_one_is_not_at_fault(operator: Operator):
    operator.put()
    operator.measures.leading = False
    operator.clock.move(LONG)
    status, state, says, _step = await operator.part("sender")
    assert (status, state, says[:21]) == (200, "ok", "another process sends")


@pytest.mark.parametrize("seconds, status, state", [(11, 200, "look"), (121, 503, "failing")])
async def test_timers_that_are_late(operator: Operator, seconds: int, status: int, state: str):
    with operator.database.write() as work:
        work.timers.set(Timer(key="a", kind="left", due_at=MONDAY))
    operator.clock.move(timedelta(seconds=seconds))
    found = await operator.part("timers")
    assert found[:2] == (status, state)
    assert found[2].startswith(f"1 due, the earliest {seconds} s late")


def set_aside(database: Database) -> None:
    with database.write() as work:
        for _ in range(3):
            work.inbox.failed(ME.id, 7, "RuntimeError", "{}", MONDAY)


async def test_dead_letters_want_a_look_and_fail_nothing(operator: Operator):
    set_aside(operator.database)
    assert await operator.part("dead_letters") == (
        200,
        "look",
        "1 updates set aside, 0 pieces of mail refused",
        "run `python -m bot dead-letters list`",
    )


async def test_what_happened_is_counted(operator: Operator):
    measures = operator.measures
    measures.describe(face="aiogram", database="sqlite")
    with measures.update():
        pass
    with pytest.raises(OSError), measures.update():
        raise OSError
    measures.failed()
    measures.ignored()
    measures.timer("survey", 2.0)
    measures.called("SendText", "Sent")
    for _ in range(2):
        measures.called("EditText", "Flood")
    measures.sent(Outgoing(bot_id=1, chat_id=1), 0.04)
    said = await operator.counts()
    for line in (
        'steward_updates_total{outcome="kept"} 1.0',
        'steward_updates_total{outcome="not_kept"} 1.0',
        'steward_updates_total{outcome="set_aside"} 0.0',
        'steward_updates_total{outcome="ignored"} 1.0',
        "steward_update_failures_total 1.0",
        "steward_update_seconds_count 2.0",
        'steward_sending_seconds_bucket{lane="answer",le="0.02"} 0.0',
        'steward_sending_seconds_bucket{lane="answer",le="0.05"} 1.0',
        'steward_telegram_calls_total{method="SendText",outcome="Sent"} 1.0',
        'steward_telegram_calls_total{method="EditText",outcome="Flood"} 2.0',
        "steward_telegram_floods_total 2.0",
        'steward_timers_total{kind="survey"} 1.0',
        'steward_timer_late_seconds_bucket{le="2.5"} 1.0',
        "steward_sender_leading 1.0",
    ):
        assert line in said, line
    (build,) = [line for line in said if line.startswith("steward_build_info")]
    assert f'version="{release()}"' in build
    assert 'database="sqlite"' in build


async def test_what_waits_is_as_of_now(operator: Operator):
    operator.put()
    operator.put(lane=Lane.CARD)
    set_aside(operator.database)
    with operator.database.write() as work:
        work.timers.set(Timer(key="a", kind="left", due_at=MONDAY))
    operator.clock.move(timedelta(seconds=5))
    said = await operator.counts()
    for line in (
        "steward_database_up 1.0",
        'steward_outbox_depth{lane="answer"} 1.0',
        'steward_outbox_depth{lane="broadcast"} 0.0',
        'steward_outbox_age_seconds{lane="card"} 5.0',
        "steward_timers_overdue 1.0",
        "steward_timers_late_seconds 5.0",
        'steward_open_requests{state="new"} 0.0',
        'steward_dead_letters{kind="update"} 1.0',
        'steward_dead_letters{kind="mail"} 0.0',
    ):
        assert line in said, line


async def test_a_database_that_is_away_leaves_no_old_figures(operator: Operator):
    await operator.counts()
    operator.health.read = away
    with capture_logs():
        said = await operator.counts()
    assert "steward_database_up 0.0" in said
    assert not [line for line in said if line.startswith("steward_outbox")]


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

        def write(self, *, wait: bool = True) -> Any:
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

        def write(self, *, wait: bool = True) -> Any:
            self.tries += 1
            if self.tries == 1:
                raise OSError("no database")
            return sqlite.write(wait=wait)

    afternoon = Afternoon(Shaky(), looks=2)
    await afternoon.passes()
    assert afternoon.waited == [1, EVERY]


# ── the menu ──


def test_the_menu_is_there_in_every_language():
    menus = {menu.language: dict(menu.commands) for menu in command_menus()}
    assert {"", "zh"} <= {*menus}
    assert all(menu.keys() == menus[""].keys() for menu in menus.values())
    assert menus["zh"]["cancel"] != menus[""]["cancel"]
