"""aiogram's session, made light for what the sender does thirty times a second.

Telegram's answer to a message is that whole message. aiogram builds its model of it, and for each method a
class of answers that pydantic keeps only weakly; we need one number. And a call without a file goes out as
JSON, not as a form whose every field is written apart.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    CreateForumTopic,
    DeleteMessage,
    EditMessageCaption,
    EditMessageText,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.methods.base import Response, TelegramType
from aiogram.types import InputFile
from aiohttp import ClientError

#: methods whose answers are read only for their ids
LIGHT: Final = (
    AnswerCallbackQuery,
    CreateForumTopic,
    DeleteMessage,
    EditMessageCaption,
    EditMessageText,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
)
HEADERS: Final = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, as far as anybody asks: a message, or a topic."""

    message_id: int | None
    message_thread_id: int | None


@dataclass(frozen=True, slots=True)
class _Answer:
    result: Any


class LightSession(AiohttpSession):
    """Sends JSON, and reads answers only as far as they are needed."""

    async def close(self) -> None:
        """aiohttp waits for its connections to close; aiogram's quarter of a second on top is not needed."""
        if self._session is not None:
            await self._session.close()

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """As aiogram does it, but as JSON where no file goes with it."""
        body = self._json_body(bot, method) if isinstance(method, LIGHT) else None
        if body is None:
            return await super().make_request(bot, method, timeout)
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        patience = cast("Any", self.timeout if timeout is None else timeout)
        try:
            async with session.post(url, data=body, headers=HEADERS, timeout=patience) as answer:
                content = await answer.text()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except (ClientError, asyncio.IncompleteReadError) as error:
            raise TelegramNetworkError(method=method, message=type(error).__name__) from error
        response = self.check_response(bot=bot, method=method, status_code=answer.status, content=content)
        return cast("TelegramType", response.result)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Errors are aiogram's matter; a success is read for its ids."""
        if status_code == HTTPStatus.OK and isinstance(method, LIGHT):
            made = _made(content, self.json_loads)
            if made is not None:
                return cast("Response[TelegramType]", made)
        return super().check_response(bot, method, status_code, content)

    def _json_body(self, bot: Bot, method: TelegramMethod[Any]) -> str | None:
        """The call as JSON; None if a file has to be uploaded with it."""
        fields = {name: _plain(value, bot) for name, value in method if value is not None}
        if any(isinstance(value, InputFile) for value in fields.values()):
            return None
        return str(self.json_dumps({name: value for name, value in fields.items() if value is not None}))


def _plain(value: Any, bot: Bot) -> Any:
    if isinstance(value, Default):
        return _plain(bot.default[value.name], bot)
    if isinstance(value, list):
        return [_plain(item, bot) for item in value]
    if hasattr(value, "model_fields_set"):
        parts = ((name, _plain(part, bot)) for name, part in value if part is not None)
        return {name: part for name, part in parts if part is not None}
    return value


def _made(content: str, loads: Callable[[str], Any]) -> _Answer | None:
    try:
        answer = loads(content)
        result = answer["result"] if answer["ok"] is True else None
    except (ValueError, TypeError, KeyError):
        return None
    if isinstance(result, list):
        return _Answer([_ids(one) for one in result]) if result else None
    return _Answer(_ids(result)) if isinstance(result, dict) else _Answer(result) if result is True else None


def _ids(result: Any) -> Made:
    return Made(result.get("message_id"), result.get("message_thread_id"))
