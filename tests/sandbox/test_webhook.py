"""Webhooks: the secret, the order, the retries, and method calls in the answer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from sandbox.delivery.webhook import pause


@dataclass
class Receiver:
    """A bot's web server: answers as told, by default 200 with nothing."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    connections: set[Any] = field(default_factory=set)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.connections.add(request.transport)
        self.arrived.set()
        answer = self.answers.pop(0) if self.answers else {}
        if isinstance(answer, asyncio.Event):
            await answer.wait()
            answer = {}
        return web.Response(status=answer) if isinstance(answer, int) else web.json_response(answer)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]

    async def until(self, count: int) -> None:
        while len(self.got) < count:
            self.arrived.clear()
            await asyncio.wait_for(self.arrived.wait(), 5)


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver, app = Receiver(), web.Application()
    app.router.add_post("/hook", receiver.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def hooked(estate, receiver, **params):
    await asyncio.to_thread(estate.bot, "setWebhook", url=receiver.url, **params)


async def test_updates_come_in_order_with_the_secret_over_kept_connections(opened, receiver):
    await hooked(opened, receiver, secret_token="s3cret")
    for number in range(5):
        await asyncio.to_thread(opened.ada.say, str(number))
    await receiver.until(5)
    await asyncio.to_thread(opened.sandbox.settled)
    assert receiver.texts() == list("01234")
    assert set(receiver.secrets) == {"s3cret"}
    assert len(receiver.connections) == 1


async def test_a_failure_is_tried_again_at_once_then_later_and_holds_up_only_its_lane(opened, receiver):
    await asyncio.to_thread(opened.bob.open, opened.steward)
    await asyncio.to_thread(opened.bot.updates)
    receiver.answers = [500, 500]
    await hooked(opened, receiver)
    await asyncio.to_thread(opened.ada.say, "stuck")
    await receiver.until(2)
    await asyncio.to_thread(opened.ada.say, "behind it")
    await asyncio.to_thread(opened.bob.say, "passes by")
    await receiver.until(3)
    info = await asyncio.to_thread(opened.bot, "getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] >= 2
    await asyncio.to_thread(opened.sandbox.move_clock, 2)
    await receiver.until(5)
    assert receiver.texts() == ["stuck", "stuck", "passes by", "stuck", "behind it"]


def test_pauses_double_up_to_a_minute():
    assert [pause(failures) for failures in range(1, 9)] == [0, 2, 4, 8, 16, 32, 60, 60]


async def test_an_answer_may_hold_a_method_call(opened, receiver):
    receiver.answers = [{"method": "sendMessage", "chat_id": opened.ada.id, "text": "from the answer"}]
    await hooked(opened, receiver)
    await asyncio.to_thread(opened.ada.say, "hello")
    seen = await asyncio.to_thread(opened.sandbox.wait, lambda: opened.ada.last(by_bot=True))
    assert seen.text == "from the answer"


async def test_different_chats_are_served_at_once(opened, receiver):
    await asyncio.to_thread(opened.bob.open, opened.steward)
    await asyncio.to_thread(opened.bot.updates)
    held = asyncio.Event()
    receiver.answers = [held]
    await hooked(opened, receiver)
    await asyncio.to_thread(opened.ada.say, "slow")
    await receiver.until(1)
    await asyncio.to_thread(opened.bob.say, "quick")
    await receiver.until(2)
    held.set()
    await asyncio.to_thread(opened.sandbox.settled)
    assert receiver.texts() == ["slow", "quick"]


async def test_a_late_update_holds_up_only_its_lane(opened, receiver):
    await asyncio.to_thread(opened.bob.open, opened.steward)
    await asyncio.to_thread(opened.bot.updates)
    await hooked(opened, receiver)
    await asyncio.to_thread(opened.sandbox.faults, {"do": "late", "seconds": 5})
    await asyncio.to_thread(opened.ada.say, "late")
    await asyncio.to_thread(opened.bob.say, "passes by")
    await receiver.until(1)
    await asyncio.to_thread(opened.sandbox.move_clock, 5)
    await receiver.until(2)
    assert receiver.texts() == ["passes by", "late"]


async def test_nobody_there_is_a_refused_connection(opened):
    await asyncio.to_thread(opened.bot, "setWebhook", url="http://127.0.0.1:9/")
    await asyncio.to_thread(opened.ada.say, "hello")
    info: dict[str, Any] = {}
    while not info.get("last_error_message"):
        info = await asyncio.to_thread(opened.bot, "getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1


@pytest.mark.parametrize(
    "params,complaint",
    [
        ({"url": "http://example.com/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.com/", "secret_token": "a b"},
            "secret token contains unallowed",
        ),
    ],
)
def test_a_wrong_webhook_is_refused(opened, refused, params, complaint):
    with pytest.raises(refused, match=complaint):
        opened.bot("setWebhook", **params)
