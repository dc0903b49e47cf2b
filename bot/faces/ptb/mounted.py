"""Steward as a part of somebody else's python-telegram-bot application."""

from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    PreCheckoutQueryHandler,
    filters,
)

from bot.faces import reading
from bot.faces.base import Receive

Context = CallbackContext[Any, Any, Any, Any]


def mounted(receive: Receive) -> list[BaseHandler[Update, Context, None]]:
    """Handlers that hand each update to `receive`, and return when it does."""

    async def heard(update: Update, context: Context) -> None:
        await receive(reading.read(update, context.bot.username, update.to_json()))

    return [
        MessageHandler(filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE, heard),
        CallbackQueryHandler(heard),
        ChatMemberHandler(heard, ChatMemberHandler.MY_CHAT_MEMBER),
        PreCheckoutQueryHandler(heard),
    ]
