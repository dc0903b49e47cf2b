"""Telegram through aiogram. Nothing else imports it."""

# before anything of aiogram is imported
import bot.faces.aiogram.quick  # noqa: F401  isort: skip

import json
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import (
    DeleteWebhook,
    GetChat,
    GetChatMember,
    GetMe,
    GetUpdates,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import Update
from aiogram.utils.token import TokenValidationError
from pydantic import ValidationError

from bot.faces import base, outcomes, reading
from bot.faces.aiogram.calls import method
from bot.faces.aiogram.errors import failure, outcome
from bot.faces.aiogram.mounted import router
from bot.faces.aiogram.session import LightSession
from bot.faces.base import ALLOWED_UPDATES, Incoming, Me, Outcome, Rights

__all__ = ["AiogramFace", "router"]

T = TypeVar("T")
#: 30 calls a second that take up to two seconds each, and the poll beside them
CONNECTIONS: Final = 100
#: seconds that a call may take, and a poll on top of its own
PATIENCE: Final = 15.0


class AiogramFace:
    """One bot on one kept-alive HTTP session."""

    def __init__(self, token: str, api_base: str, patience: float = PATIENCE) -> None:
        self._token = token
        self._patience = patience
        self._session = _session(api_base, patience)
        self._me = Me(id=0, username="", name="")

    async def start(self) -> Me:
        """Opens the connection and asks who the bot is."""
        try:
            self._bot = Bot(self._token, self._session, _defaults())
        except TokenValidationError:
            raise base.WrongToken from None
        user = await self._ask(GetMe())
        self._me = Me(id=user.id, username=user.username or "", name=user.full_name)
        return self._me

    async def close(self) -> None:
        """Closes every connection."""
        await self._session.close()

    async def updates(self, offset: int, wait: float) -> Sequence[Incoming]:
        """Long-polls; each update is read for itself, so one that aiogram does not know stops no other."""
        method = _RawUpdates(offset=offset, timeout=int(wait), allowed_updates=list(ALLOWED_UPDATES))
        found = await self._ask(method, wait + self._patience)
        return [self._read(json.dumps(update, ensure_ascii=False)) for update in found]

    def read(self, body: bytes) -> Incoming:
        """Reads the body of a webhook call."""
        return self._read(body.decode())

    def _read(self, raw: str) -> Incoming:
        try:
            update = Update.model_validate_json(raw)
        except ValidationError:
            return reading.unknown(raw)
        return reading.read(update, self._me.username, raw)

    async def call(self, call: base.Call) -> Outcome:
        """Does one thing in Telegram."""
        try:
            result = await self._bot(method(call))
        except AiogramError as error:
            return outcome(call, error, self._token)
        return outcomes.done(call, result)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Has updates delivered to `url`, or none at all."""
        allowed = list(ALLOWED_UPDATES)
        if url:
            await self._ask(SetWebhook(url=url, secret_token=secret or None, allowed_updates=allowed))
        else:
            await self._ask(DeleteWebhook())

    async def rights(self, chat: int) -> Rights | None:
        """What the bot may do in a group."""
        try:
            group = await self._bot(GetChat(chat_id=chat))
            member = await self._bot(GetChatMember(chat_id=chat, user_id=self._me.id))
        except (TelegramBadRequest, TelegramForbiddenError):
            return None
        except AiogramError as error:
            raise failure(error, self._token) from None
        return reading.rights(group, member)

    async def _ask(self, method: TelegramMethod[T], patience: float | None = None) -> T:
        try:
            return await self._bot(method, request_timeout=None if patience is None else int(patience))
        except AiogramError as error:
            raise failure(error, self._token) from None


class _RawUpdates(GetUpdates):
    """getUpdates whose answer is left as Telegram wrote it."""

    __returning__ = list[dict[str, Any]]


def _session(api_base: str, patience: float) -> LightSession:
    loads, dumps = _json()
    return LightSession(
        limit=CONNECTIONS,
        api=TelegramAPIServer.from_base(api_base),
        timeout=patience,
        json_loads=loads,
        json_dumps=dumps,
    )


def _json() -> tuple[Any, Any]:
    """orjson where somebody installed it; it is not required."""
    try:
        import orjson  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return json.loads, json.dumps
    return orjson.loads, lambda value: orjson.dumps(value).decode()


def _defaults() -> DefaultBotProperties:
    return DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
