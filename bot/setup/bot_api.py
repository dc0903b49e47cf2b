"""Telegram asked directly, without a face: the doctor also wants what no library hands out."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from bot.faces.base import NoAnswer, TelegramError, WrongToken
from desk.records import Json

#: seconds
PATIENCE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What Telegram says, and when it says so by its own clock."""

    result: Any
    at: datetime | None


class BotApi:
    """One bot's methods, each asked on a connection of its own."""

    def __init__(self, base: str, token: str) -> None:
        self._parts = urlsplit(base)
        self._token = token

    def ask(self, method: str, **params: Json) -> Answer:
        """Raises `NoAnswer`, `WrongToken`, or `TelegramError` in Telegram's own words."""
        try:
            status, date, body = self._post(method, json.dumps(params).encode())
            answer = json.loads(body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoAnswer(f"{NoAnswer.__doc__} ({type(error).__name__}: {error})") from None
        if status in {401, 404}:
            raise WrongToken
        if not isinstance(answer, Mapping) or not answer.get("ok"):
            raise TelegramError(_complaint(answer, status))
        return Answer(answer["result"], parsedate_to_datetime(date) if date else None)

    def _post(self, method: str, body: bytes) -> tuple[int, str | None, bytes]:
        connection = self._connection()
        try:
            path = f"{self._parts.path}/bot{self._token}/{method}"
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.getheader("Date"), response.read()
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        secure = self._parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        return kind(self._parts.hostname or "", self._parts.port, timeout=PATIENCE)


def _complaint(answer: object, status: int) -> str:
    said = answer.get("description") if isinstance(answer, Mapping) else None
    return str(said or f"Telegram answered {status}")
