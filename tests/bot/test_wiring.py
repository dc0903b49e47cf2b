"""The composition root: what no part can try alone."""

import asyncio
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
import uvloop
from structlog.testing import capture_logs

from bot import pictures, wiring
from bot.digests import picture
from bot.faces.base import OtherPoller
from bot.settings import Mode
from desk.records import Json


async def test_without_the_charts_a_digest_goes_as_words(monkeypatch: pytest.MonkeyPatch):
    def cannot(_wanted: Mapping[str, Json]) -> bytes:
        raise picture.NoCharts

    monkeypatch.setattr(picture, "draw", cannot)
    with capture_logs() as logged:
        assert await pictures.draw({}) is None
    assert [(one["event"], "exc_info" in one) for one in logged] == [("picture.left_out", False)]
    assert "steward-desk[charts]" in logged[0]["next_step"]


async def test_when_polling_fails_for_good_the_sender_still_finishes(monkeypatch: pytest.MonkeyPatch):
    finished = []

    class Sender:
        async def run(self, stop: asyncio.Event) -> None:
            await stop.wait()
            await asyncio.sleep(0.01)
            finished.append("sender")

    async def poll(*_given: object) -> None:
        raise OtherPoller

    monkeypatch.setattr(wiring, "poll", poll)
    app: Any = SimpleNamespace(
        sender=Sender(),
        face=None,
        settings=SimpleNamespace(mode=Mode.POLLING),
        reception=SimpleNamespace(take_all=None),
        retries=SimpleNamespace(run=lambda over: over.wait()),
    )
    lead: Any = SimpleNamespace(held=lambda: True)
    with pytest.raises(OtherPoller):
        await wiring._send(app, lead, asyncio.Event())
    assert finished == ["sender"]


async def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


def test_the_bot_runs_on_pythons_own_loop_where_the_quicker_one_is_missing(monkeypatch: pytest.MonkeyPatch):
    with asyncio.Runner(loop_factory=wiring.quick_loop()) as runner:
        assert isinstance(runner.run(_loop()), uvloop.Loop)
    monkeypatch.setitem(sys.modules, "uvloop", None)
    with asyncio.Runner(loop_factory=wiring.quick_loop()) as runner:
        assert isinstance(runner.run(_loop()), asyncio.SelectorEventLoop)
