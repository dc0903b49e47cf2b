"""The line to Telegram: one HTTP client with kept-alive connections."""

import asyncio
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from yarl import URL

#: 30 calls a second that take up to two seconds each, and the poll beside them
CONNECTIONS: Final = 100
#: seconds that a connection nobody uses is kept
KEPT: Final = 15.0
#: seconds for 20 MB, which is the most that Telegram gives
DOWNLOAD: Final = 60.0
HEADERS: Final = {"Content-Type": "application/json"}
#: what aiohttp would write into every call, and Telegram does not need
SPARED: Final = ("Accept", "Accept-Encoding", "User-Agent")


class Silence(Exception):
    """No answer came; the words do not show the address, since the token stands in it."""


class Line:
    """Asks one bot's methods. A call takes `patience` seconds at most, a poll that on top of its own."""

    def __init__(self, token: str, api_base: str, patience: float) -> None:
        self._base = f"{api_base}/bot{token}/"
        self._files = f"{api_base}/file/bot{token}/"
        self._urls: dict[str, URL] = {}
        self._patience = patience
        self._session: ClientSession | None = None

    async def ask(self, method: str, body: bytes, wait: float = 0.0) -> tuple[int, bytes]:
        """Status and body of the answer to a JSON body; raises `Silence`."""
        session = self._session or self._open()
        patience = ClientTimeout(total=self._patience + wait) if wait else session.timeout
        try:
            async with session.post(self._url(method), data=body, timeout=patience) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise Silence("no answer in time") from None
        except (ClientError, OSError, asyncio.IncompleteReadError) as error:
            raise Silence(type(error).__name__) from None

    async def fetch(self, place: str) -> tuple[int, bytes]:
        """Status and body of a file's download; raises `Silence`."""
        session = self._session or self._open()
        try:
            async with session.get(self._files + place, timeout=ClientTimeout(total=DOWNLOAD)) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise Silence("no file in time") from None
        except (ClientError, OSError, asyncio.IncompleteReadError) as error:
            raise Silence(type(error).__name__) from None

    async def close(self) -> None:
        """Closes every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> ClientSession:
        self._session = ClientSession(
            connector=TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEPT, ttl_dns_cache=300),
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=self._patience),
            headers=HEADERS,
            skip_auto_headers=SPARED,
        )
        return self._session

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._base + method)
        return url
