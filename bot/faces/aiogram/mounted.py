"""Steward as a part of somebody else's aiogram dispatcher."""

from aiogram import Bot, Router
from aiogram.types import Update

from bot.faces import reading
from bot.faces.base import Receive


def router(receive: Receive) -> Router:
    """Mounts Steward in a dispatcher: `dispatcher.include_router(router(receive))`.

    A handler returns once the update is committed. Start polling with `handle_as_tasks=False`, or a webhook
    with `handle_in_background=False`: by default aiogram confirms an update before it is handled, so a kill
    can lose what was in hand.
    """
    mounted = Router(name="steward")

    async def heard(_: object, event_update: Update, bot: Bot) -> None:
        me = await bot.me()
        raw = event_update.model_dump_json(by_alias=True, exclude_unset=True)
        await receive(reading.read(event_update, me.username or "", raw))

    for observer in (mounted.message, mounted.callback_query, mounted.my_chat_member):
        observer.register(heard)
    return mounted
