"""aiogram at work, for what is seldom asked: an upload, and what the bot may do in a group."""

# before anything of aiogram is imported
import bot.faces.aiogram.quick  # noqa: F401  isort: skip

from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import GetChat, GetChatMember, SendDocument, SendPhoto
from aiogram.types import BufferedInputFile, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.faces import base, reading
from bot.faces.aiogram.errors import failure, outcome
from bot.faces.base import Outcome, Rights, Rows


class AiogramLibrary:
    """One bot of aiogram's."""

    def __init__(self, token: str, api_base: str, patience: float) -> None:
        self._token = token
        self._session = _Session(api=TelegramAPIServer.from_base(api_base), timeout=patience)
        self._bot = Bot(token, self._session, DefaultBotProperties(parse_mode="HTML"))

    async def close(self) -> None:
        """Closes every connection."""
        await self._session.close()

    async def upload(self, made: base.Upload) -> Outcome:
        """Sends a picture or a file from memory."""
        try:
            sent = await self._bot(_method(made))
        except AiogramError as error:
            return outcome(error, self._token)
        return base.Sent(sent.message_id)

    async def rights(self, chat: int, bot_id: int) -> Rights | None:
        """What the bot may do in a group."""
        try:
            group = await self._bot(GetChat(chat_id=chat))
            member = await self._bot(GetChatMember(chat_id=chat, user_id=bot_id))
        except (TelegramBadRequest, TelegramForbiddenError):
            return None
        except AiogramError as error:
            raise failure(error, self._token) from None
        return reading.rights(group, member)


class _Session(AiohttpSession):
    async def close(self) -> None:
        """aiohttp waits for its connections to close; aiogram's quarter of a second on top is not needed."""
        if self._session is not None:
            await self._session.close()


def _method(made: base.Upload) -> SendPhoto | SendDocument:
    around: dict[str, Any] = {
        "chat_id": made.chat,
        "caption": made.caption or None,
        "message_thread_id": made.thread,
        "reply_markup": _markup(made.rows),
    }
    if isinstance(made, base.SendFile):
        return SendDocument(document=BufferedInputFile(made.content, made.name), **around)
    return SendPhoto(photo=BufferedInputFile(made.png, "picture.png"), **around)


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(button) for button in row] for row in rows])


def _button(button: base.Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=button.label,
        callback_data=button.data or None,
        url=button.url or None,
        copy_text=CopyTextButton(text=button.copy) if button.copy else None,
    )
