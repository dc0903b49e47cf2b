"""A cable between browser and sandbox that can be pulled out and plugged in again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Cable:
    """Forwards a port of its own; pulled, it breaks all connections and takes no new ones."""

    def __init__(self, url: str) -> None:
        self._to = urlsplit(url)
        self._port = 0
        self._ends: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where the browser goes."""
        return f"http://127.0.0.1:{self._port}"

    async def plug(self) -> None:
        """Let connections through, on the same port as before."""
        self._server = await asyncio.start_server(self._forward, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def pull(self) -> None:
        """Break everything off."""
        if self._server:
            self._server.close()
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()

    async def _forward(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far_in, far_out = await asyncio.open_connection(self._to.hostname, self._to.port)
        self._ends |= {near_out, far_out}
        await asyncio.gather(_pump(near_in, far_out), _pump(far_in, near_out))


async def _pump(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await source.read(65536):
            to.write(data)
            await to.drain()
    to.close()


@asynccontextmanager
async def cable_to(url: str) -> AsyncIterator[Cable]:
    """A plugged cable to a sandbox."""
    cable = Cable(url)
    await cable.plug()
    try:
        yield cable
    finally:
        await cable.pull()
