"""How python-telegram-bot reaches Telegram: through aiohttp, by the library's own port for that.

With its own client, httpx, two thirds of a busy bot's processor time went into HTTP. aiohttp is here anyway.
"""

import json
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, TCPConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

HEADERS: Final = {"Content-Type": "application/json", "User-Agent": BaseRequest.USER_AGENT}


class AiohttpRequest(BaseRequest):
    """Kept-alive connections, so many at most; a call takes `patience` seconds at most."""

    def __init__(self, connections: int, patience: float) -> None:
        self._connections = connections
        self._patience = patience
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds, to which the library adds those of a long poll."""
        return self._patience

    async def initialize(self) -> None:
        """The session is opened by the first call."""

    def _open(self) -> ClientSession:
        if self._session is None:
            connector = TCPConnector(limit=self._connections, keepalive_timeout=15)
            self._session = ClientSession(connector=connector)
        return self._session

    async def shutdown(self) -> None:
        """Closes every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **named: Any
    ) -> tuple[int, bytes]:
        """Status and body; the network's faults become the library's errors, without the address."""
        body, headers = _body(request_data)
        patience = ClientTimeout(total=self._seconds(timeouts, named))
        try:
            async with self._open().request(
                method, url, data=body, headers=headers, timeout=patience
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except ClientError as error:
            raise NetworkError(type(error).__name__) from error

    def _seconds(self, timeouts: tuple[Any, ...], named: dict[str, Any]) -> float:
        """What the library asks for where it does (a long poll), else our own patience."""
        asked = timeouts[0] if timeouts else named.get("read_timeout")
        return float(asked) if isinstance(asked, int | float) else self._patience


def _body(request: RequestData | None) -> tuple[FormData | str | None, dict[str, str]]:
    """JSON, or a form where a file goes along."""
    files = request.multipart_data if request else None
    if request is None or not files:
        return json.dumps(request.parameters if request else {}), HEADERS
    form = FormData(quote_fields=False)
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in files.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {"User-Agent": BaseRequest.USER_AGENT}
