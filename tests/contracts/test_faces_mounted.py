"""Steward inside somebody else's bot: a real aiogram dispatcher, a real python-telegram-bot application."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import aiogram
import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.ext import ApplicationBuilder

from bot.faces.aiogram import router
from bot.faces.base import Incoming, Receive
from bot.faces.ptb import handlers
from bot.said import Act, Command, PreCheckout, Stopped, Tap
from dialogs.engine.heard import Contacted, Edited, Pictured, Unheard, Words
from sandbox.client import Sandbox
from tests.faces.telegram import TOKEN, Telegram, bill, offer, serving, speaking


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with serving() as found:
        yield found


@pytest.fixture
def telegram(sandbox: Sandbox) -> Telegram:
    return Telegram(sandbox)


@asynccontextmanager
async def aiogram_host(base: str, receive: Receive) -> AsyncIterator[None]:
    """A dispatcher that polls, and confirms what its handlers are done with."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(base))
    bot = aiogram.Bot(TOKEN, session)
    dispatcher = aiogram.Dispatcher()
    dispatcher.include_router(router(receive))
    polling = asyncio.create_task(
        dispatcher.start_polling(
            bot, polling_timeout=1, handle_as_tasks=False, handle_signals=False, close_bot_session=True
        )
    )
    try:
        yield
    finally:
        while not polling.done():
            await asyncio.sleep(0.01)
            try:
                await dispatcher.stop_polling()
            except RuntimeError:
                continue
        await polling


@asynccontextmanager
async def ptb_host(base: str, receive: Receive) -> AsyncIterator[None]:
    """An application that polls."""
    application = ApplicationBuilder().token(TOKEN).base_url(f"{base}/bot").concurrent_updates(False).build()
    application.add_handlers(handlers(receive))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(timeout=1, poll_interval=0.0)
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()


HOSTS: dict[str, Any] = {"aiogram": aiogram_host, "ptb": ptb_host}
Heard: TypeAlias = "asyncio.Queue[Incoming]"


async def live(telegram: Telegram) -> None:
    """A little of everything, in one private chat."""
    async with speaking("aiogram", telegram.sandbox.base, payment_token="1:TEST:x") as face:
        await face.call(offer(telegram.ada.id))
        await face.call(bill(telegram.ada.id))
    telegram.ada.say("hello")
    message = telegram.ada.say("/help me")
    telegram.ada.edit(message, "/help you")
    telegram.ada.forward("it drips", telegram.bob)
    telegram.ada.forward("here too", telegram.bob, hidden=True)
    telegram.ada.upload({"may.csv": ("text/csv", b"home,sum")})
    telegram.ada.photo("the tap")
    telegram.ada.contact(phone="+1")
    telegram.ada.send("sticker")
    telegram.ada.tap("Yes")
    telegram.ada.pay()
    telegram.ada.block(telegram.steward)


@pytest.mark.parametrize("host", HOSTS)
async def test_a_mounted_steward_hears_everything(host: str, telegram: Telegram):
    heard: Heard = asyncio.Queue()
    await live(telegram)
    async with HOSTS[host](telegram.sandbox.base, heard.put):
        found = [await asyncio.wait_for(heard.get(), 5) for _ in range(13)]
    acts: list[Act] = [incoming.said.act for incoming in found if incoming.said]
    assert acts[:3] == [Command("start"), Words("hello"), Command("help", "me")]
    edited, *forwarded, table = acts[3:7]
    assert (type(edited), forwarded) == (Edited, [Words("it drips", "Bob"), Words("here too", "Bob")])
    assert isinstance(table, Pictured)
    assert (table.media.name, table.media.mime, table.media.size) == ("may.csv", "text/csv", 8)
    assert [type(act) for act in acts[7:]] == [Pictured, Contacted, Unheard, Tap, PreCheckout, Stopped]


async def test_a_handler_returns_after_the_commit(telegram: Telegram):
    """aiogram asks for the next updates only then."""
    committed = asyncio.Event()
    entered = asyncio.Event()

    async def receive(incoming: Incoming) -> None:
        entered.set()
        await committed.wait()

    async with aiogram_host(telegram.sandbox.base, receive):
        await asyncio.wait_for(entered.wait(), 5)
        await asyncio.sleep(0.05)
        assert telegram.sandbox.waiting(telegram.steward) == 1
        committed.set()
        await asyncio.to_thread(telegram.sandbox.settled, telegram.steward)
