"""The webhook over real HTTP: who may call it, and that 200 means committed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from io import BytesIO

import pytest
from aiohttp import ClientSession, web
from structlog.testing import capture_logs

from bot.faces.base import AnswerTap, Face, Incoming, Sent
from bot.said import Command, Tap
from bot.web.webhook import HEADER, LARGEST_BODY, webhook
from dialogs.engine.heard import Words
from sandbox.client import Sandbox
from tests.faces.telegram import FACES, Telegram, drain, offer, serving, speaking

SECRET = "hook-s3cret"
UPDATE = b"""{"update_id": 5, "message": {"message_id": 1, "date": 1, "text": "hi",
    "chat": {"id": 7, "type": "private"}, "from": {"id": 7, "is_bot": false, "first_name": "Ada"}}}"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with serving() as found:
        yield found


@pytest.fixture
def telegram(sandbox: Sandbox) -> Telegram:
    return Telegram(sandbox)


@pytest.fixture(params=FACES)
async def face(request: pytest.FixtureRequest, telegram: Telegram) -> AsyncIterator[Face]:
    async with speaking(request.param, telegram.sandbox.base) as found:
        yield found


class Reception:
    """Takes updates in, and can be broken."""

    def __init__(self) -> None:
        self.taken: asyncio.Queue[Incoming] = asyncio.Queue()
        self.failures = 0

    async def receive(self, incoming: Incoming) -> AnswerTap | None:
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        await self.taken.put(incoming)
        said = incoming.said
        return AnswerTap(tap=said.act.id, text="Noted") if said and isinstance(said.act, Tap) else None


@pytest.fixture
def reception() -> Reception:
    return Reception()


@pytest.fixture
async def hook(face: Face, reception: Reception) -> AsyncIterator[str]:
    """Its address."""
    application = web.Application(client_max_size=100 * LARGEST_BODY)
    application.router.add_post("/hook", webhook(face, SECRET, reception.receive))
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def post(hook: str, body: bytes | BytesIO, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    async with ClientSession() as session, session.post(hook, data=body, headers=headers) as response:
        return response.status


async def test_an_update_is_taken_in(hook: str, reception: Reception):
    assert await post(hook, UPDATE) == 200
    said = reception.taken.get_nowait().said
    assert said
    assert said.act == Words("hi")


@pytest.mark.parametrize("secret", [None, "", "hook-s3creT", "hook-s3cret2", "höök-s3cret"])
async def test_without_the_secret_nothing_is_read(hook: str, reception: Reception, secret: str | None):
    assert await post(hook, b"{", secret) == 401
    assert await post(hook, UPDATE, secret) == 401
    assert reception.taken.empty()


async def test_a_hook_without_a_secret_of_its_own_takes_nothing(face: Face, reception: Reception):
    application = web.Application()
    application.router.add_post("/hook", webhook(face, "", reception.receive))
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    assert await post(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", UPDATE, "") == 401
    await runner.cleanup()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"hello": 1}', b"\xff"])
async def test_what_is_no_update_is_a_bad_request(hook: str, reception: Reception, body: bytes):
    assert await post(hook, body) == 400
    assert reception.taken.empty()


async def test_a_body_beyond_all_measure_is_refused(hook: str, reception: Reception):
    assert await post(hook, BytesIO(b" " * (LARGEST_BODY + 1))) == 413
    assert reception.taken.empty()


async def test_four_megabytes_of_an_update_are_refused(hook: str, reception: Reception):
    body = UPDATE.replace(b'"hi"', b'"' + b"x" * (4 * 1024**2) + b'"')
    assert await post(hook, BytesIO(body)) == 413
    assert reception.taken.empty()


async def test_a_tap_is_answered_without_a_call(
    hook: str, face: Face, telegram: Telegram, reception: Reception
):
    await drain(face)
    assert isinstance(await face.call(offer(telegram.ada.id)), Sent)
    await face.set_webhook(hook, SECRET)
    answer = await asyncio.to_thread(lambda: telegram.ada.tap("Yes").answer())
    assert (answer.text, answer.show_alert) == ("Noted", False)
    assert reception.taken.qsize() == 1
    await face.set_webhook("", "")


async def test_what_could_not_be_committed_is_asked_for_again(hook: str, reception: Reception):
    reception.failures = 1
    with capture_logs() as logs:
        assert await post(hook, UPDATE) == 500
    assert [line["event"] for line in logs] == ["webhook.failed"]
    assert await post(hook, UPDATE) == 200


async def test_telegram_delivers_until_it_is_taken(
    hook: str, face: Face, telegram: Telegram, reception: Reception
):
    await drain(face)
    reception.failures = 1
    await face.set_webhook(hook, SECRET)
    telegram.ada.say("/help")
    with capture_logs():
        incoming = await asyncio.wait_for(reception.taken.get(), 10)
    assert incoming.said
    assert incoming.said.act == Command("help")
    await asyncio.to_thread(telegram.sandbox.settled, telegram.steward)
    await face.set_webhook("", "")
