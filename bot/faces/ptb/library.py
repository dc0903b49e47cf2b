"""python-telegram-bot at work, for what is seldom asked: an upload, and what the bot may do in a group."""

import logging
import os
from typing import Any, Final

from telegram import Bot, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.faces import base, reading
from bot.faces.base import Outcome, Rights, Rows
from bot.faces.ptb.errors import failure, outcome
from bot.faces.ptb.request import AiohttpRequest

#: uploads under way at once
CONNECTIONS: Final = 10


class PtbLibrary:
    """One bot of python-telegram-bot's, which reaches Telegram through aiohttp."""

    def __init__(self, token: str, api_base: str, patience: float) -> None:
        _settle_library()
        self._token = token
        self._request = AiohttpRequest(CONNECTIONS, patience)
        self._bot = Bot(
            token,
            base_url=f"{api_base}/bot",
            base_file_url=f"{api_base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def close(self) -> None:
        """Closes every connection."""
        await self._request.shutdown()

    async def upload(self, made: base.Upload) -> Outcome:
        """Sends a picture or a file from memory."""
        around: dict[str, Any] = {
            "caption": made.caption or None,
            "parse_mode": "HTML",
            "message_thread_id": made.thread,
            "reply_markup": _markup(made.rows),
        }
        try:
            if isinstance(made, base.SendFile):
                sent = await self._bot.send_document(made.chat, made.content, filename=made.name, **around)
            else:
                sent = await self._bot.send_photo(made.chat, made.png, filename="picture.png", **around)
        except TelegramError as error:
            return outcome(error, self._token)
        return base.Sent(sent.message_id)

    async def rights(self, chat: int, bot_id: int) -> Rights | None:
        """What the bot may do in a group."""
        try:
            group = await self._bot.get_chat(chat)
            member = await self._bot.get_chat_member(chat, bot_id)
        except (BadRequest, Forbidden):
            return None
        except TelegramError as error:
            raise failure(error, self._token) from None
        return reading.rights(group, member)


def _settle_library() -> None:
    """The library writes a traceback for an answer that is no JSON, and warns of its own future with a 429
    unless told to use time spans."""
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
    os.environ.setdefault("PTB_TIMEDELTA", "1")


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows]) if rows else None


def _button(button: base.Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button.label,
        callback_data=button.data or None,
        url=button.url or None,
        copy_text=CopyTextButton(button.copy) if button.copy else None,
    )
