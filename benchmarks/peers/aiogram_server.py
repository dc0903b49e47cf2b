"""How an aiogram bot is served: storage, session, webhook or polling, as its documentation shows them."""

import asyncio

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from benchmarks.peers import common


def make_bot() -> Bot:
    """A bot that talks to the driver."""
    return Bot(common.TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(common.API)))


def make_storage(*, with_destiny: bool = False) -> BaseStorage:
    """Memory, or Redis where there is one."""
    if not common.REDIS_URL:
        return MemoryStorage()
    keys = DefaultKeyBuilder(with_destiny=with_destiny)
    # redis-py's pool of 100 raises MaxConnectionsError in a burst of more updates, and they are lost
    most = {"max_connections": 1000}
    return RedisStorage.from_url(common.REDIS_URL, connection_kwargs=most, key_builder=keys)


async def serve(dispatcher: Dispatcher, bot: Bot, *, in_background: bool = True) -> None:
    """Until the process is ended."""
    if common.POLLING:
        await bot.delete_webhook()
        await dispatcher.start_polling(bot, handle_signals=False)
        return
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=in_background)
    handler.register(app, path=common.HOOK.path)
    setup_application(app, dispatcher, bot=bot)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, common.HOOK.hostname, common.HOOK.port).start()
    await bot.set_webhook(common.WEBHOOK_URL)
    await asyncio.Event().wait()
