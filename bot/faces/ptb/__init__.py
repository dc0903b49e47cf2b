"""Telegram through python-telegram-bot. Nothing else imports it."""

import logging
import os
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Final, TypeVar

from telegram import Bot, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.faces import base, outcomes, reading
from bot.faces.base import ALLOWED_UPDATES, Incoming, Me, Outcome, Rights
from bot.faces.ptb.calls import ask
from bot.faces.ptb.errors import failure, outcome
from bot.faces.ptb.mounted import handlers
from bot.faces.ptb.request import AiohttpRequest

__all__ = ["PtbFace", "handlers"]

T = TypeVar("T")
#: 30 calls a second that take up to two seconds each
CONNECTIONS: Final = 100
#: seconds that a call may take, and a poll on top of its own
PATIENCE: Final = 15.0


class PtbFace:
    """One bot on two kept-alive HTTP clients, so that the long poll takes no connection from the calls."""

    def __init__(self, token: str, api_base: str, patience: float = PATIENCE) -> None:
        _settle_library()
        self._token = token
        self._api_base = api_base
        self._calls = AiohttpRequest(CONNECTIONS, patience)
        self._poll = AiohttpRequest(2, patience)
        self._me = Me(id=0, username="", name="")

    async def start(self) -> Me:
        """Opens the connection and asks who the bot is."""
        try:
            self._bot = Bot(
                self._token,
                base_url=f"{self._api_base}/bot",
                base_file_url=f"{self._api_base}/file/bot",
                request=self._calls,
                get_updates_request=self._poll,
            )
        except InvalidToken:
            raise base.WrongToken from None
        await self._ask(self._bot.initialize())
        user = self._bot.bot
        self._me = Me(id=user.id, username=user.username or "", name=user.full_name)
        return self._me

    async def close(self) -> None:
        """Closes every connection."""
        await self._calls.shutdown()
        await self._poll.shutdown()

    async def updates(self, offset: int, wait: float) -> Sequence[Incoming]:
        """Long-polls."""
        asked = self._bot.get_updates(
            offset=offset, timeout=timedelta(seconds=int(wait)), allowed_updates=ALLOWED_UPDATES
        )
        found = await self._ask(asked)
        return [reading.read(update, self._me.username, update.to_json()) for update in found]

    def read(self, body: bytes) -> Incoming:
        """Reads the body of a webhook call."""
        raw = body.decode()
        parsed = reading.parse(raw)
        try:
            update = Update.de_json(parsed, self._bot)
        except (AttributeError, KeyError, TypeError, ValueError):
            return reading.unknown(raw)
        return reading.read(update, self._me.username, raw)

    async def call(self, call: base.Call) -> Outcome:
        """Does one thing in Telegram."""
        try:
            result = await ask(call, self._bot)
        except TelegramError as error:
            return outcome(error, self._token)
        return outcomes.done(call, result)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Has updates delivered to `url`, or none at all."""
        if url:
            secret_token = secret or None
            await self._ask(
                self._bot.set_webhook(url, secret_token=secret_token, allowed_updates=ALLOWED_UPDATES)
            )
        else:
            await self._ask(self._bot.delete_webhook())

    async def rights(self, chat: int) -> Rights | None:
        """What the bot may do in a group."""
        try:
            group = await self._bot.get_chat(chat)
            member = await self._bot.get_chat_member(chat, self._me.id)
        except (BadRequest, Forbidden):
            return None
        except TelegramError as error:
            raise failure(error, self._token) from None
        return reading.rights(group, member)

    async def _ask(self, asked: Awaitable[T]) -> T:
        try:
            return await asked
        except TelegramError as error:
            raise failure(error, self._token) from None


def _settle_library() -> None:
    """The library writes a traceback for an answer that is no JSON, and warns of its own future with a 429
    unless told to use time spans."""
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
    os.environ.setdefault("PTB_TIMEDELTA", "1")
