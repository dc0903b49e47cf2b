"""Steward as a part of somebody else's aiogram dispatcher."""

# before anything of aiogram is imported
import bot.faces.aiogram.quick  # noqa: F401  isort: skip

from aiogram import Bot, Router
from aiogram.types import Update

from bot.faces import reading
from bot.faces.base import Receive


def mounted(receive: Receive) -> Router:
    """A router whose handlers hand each update to `receive`, and return when it does."""
    router = Router(name="steward")

    async def heard(_: object, event_update: Update, bot: Bot) -> None:
        me = await bot.me()
        raw = event_update.model_dump_json(by_alias=True, exclude_unset=True)
        await receive(reading.read(event_update, me.username or "", raw))

    for observer in (
        router.message,
        router.edited_message,
        router.callback_query,
        router.my_chat_member,
        router.pre_checkout_query,
    ):
        observer.register(heard)
    return router
