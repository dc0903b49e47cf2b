"""What a bot at work tells an operator's tools, over HTTP: after a day's work, and while Telegram is away."""

import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import Sandbox
from sandbox.running import running
from tests.story.nursery import SwiftStage
from tests.story.repair import OPENING, ORDER, Cast, import_estate


@pytest.fixture
def cast(tmp_path: Path, face: str, sqlite_url: str) -> Iterator[Cast]:
    """A bot that polls, and an order that was filed."""
    with running(clock=tmp_path / "clock") as base:
        cast = Cast(SwiftStage(Sandbox(base), tmp_path, face, sqlite_url))
        import_estate(cast)
        cast.stage.start()
        for scene in (*OPENING, *ORDER):
            scene(cast)
            cast.stage.settle()
        yield cast
        cast.stage.kill()


def metrics(cast: Cast) -> dict[str, float]:
    """Every line of /metrics."""
    with urllib.request.urlopen(f"http://127.0.0.1:{cast.stage.port}/metrics", timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in pairs}


def telegram(cast: Cast) -> Any:
    """What /healthz says of Telegram."""
    parts: Any = (cast.stage.health() or {}).get("parts")
    return parts["telegram"]["state"]


def test_a_day_at_work_can_be_followed(cast: Cast):
    found = metrics(cast)
    health = cast.stage.health() or {}
    assert health["ok"] is True
    assert found['steward_updates_total{outcome="kept"}'] >= len(ORDER)
    assert found["steward_update_seconds_count"] >= len(ORDER)
    assert found['steward_sending_seconds_count{lane="answer"}'] > 0
    assert found['steward_sending_seconds_count{lane="card"}'] > 0
    assert found['steward_telegram_calls_total{method="SendText",outcome="Sent"}'] > 0
    assert found['steward_telegram_calls_total{method="AnswerTap",outcome="Ok"}'] > 0
    assert found['steward_open_requests{state="new"}'] == 1
    assert found["steward_sender_leading"] == found["steward_database_up"] == 1
    assert found['steward_outbox_depth{lane="answer"}'] == found["steward_timers_overdue"] == 0
    (build,) = [name for name in found if name.startswith("steward_build_info")]
    assert re.search(r'version="\d+\.\d+', build)
    assert f'face="{cast.stage.face}"' in build


def test_a_silent_telegram_is_seen_and_its_return(cast: Cast):
    cast.stage.sandbox.faults({"method": "getUpdates", "do": "drop", "times": 3})
    cast.resident.say("hello")  # ends the poll that is held open
    cast.stage.until(lambda: telegram(cast) == "look")
    cast.stage.sandbox.faults()
    cast.resident.say("/help")  # a poll that brings nothing is an answer only after 25 s
    cast.stage.until(lambda: telegram(cast) == "ok")
    cast.stage.settle()
    assert metrics(cast)["steward_telegram_floods_total"] == 0
    cast.stage.sandbox.faults({"method": "sendMessage", "do": "429", "times": 1})
    cast.resident.say("/help")
    cast.stage.until(lambda: metrics(cast)["steward_telegram_floods_total"] == 1)
