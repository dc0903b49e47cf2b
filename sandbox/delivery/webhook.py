"""The webhook: every lane in order, many lanes at once, retried until the bot says 200."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.clock import Clock
from sandbox.delivery.mailbox import Lane, Mailbox, Update
from sandbox.records import Json

#: A webhook that does not answer within a minute has failed.
_TIMEOUT = aiohttp.ClientTimeout(total=60)

Reply = Callable[[Json], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where and how to push."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""


@dataclass
class Trouble:
    """The last failure, as getWebhookInfo tells it."""

    date: int = 0
    message: str = ""


def pause(failures: int) -> float:
    """Seconds before the next try: at once, then 2, 4, 8 … 60."""
    return 0.0 if failures <= 1 else float(min(2 ** min(failures - 1, 6), 60))


@dataclass
class Webhook:
    """Pushes one mailbox to one address."""

    target: Target
    mailbox: Mailbox
    clock: Clock
    #: Carries out a method call that came as the body of an answer.
    reply: Reply
    trouble: Trouble = field(default_factory=Trouble)
    _lanes: dict[Lane, deque[Update]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Begin with what is already waiting."""
        for update in self.mailbox.waiting():
            self._arrived(update)
        self.mailbox.readers.append(self._arrived)

    def _arrived(self, update: Update) -> None:
        """Put an update at the end of its lane; a lane has a task for as long as it has updates."""
        if update.lane in self._lanes:
            self._lanes[update.lane].append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.ensure_future(self._drain(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop pushing; what is left stays in the mailbox."""
        self.mailbox.readers.remove(self._arrived)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def _drain(self, lane: Lane) -> None:
        while self._lanes[lane]:
            await self._deliver(self._lanes[lane].popleft())
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        """Try until it is taken or too old."""
        failures = copies = 0
        if update.late:
            await self.clock.sleep(update.late)
        while copies < update.copies and self.mailbox.holds(update):
            answer = await self._try(update)
            if answer is None:
                failures += 1
                await self.clock.sleep(pause(failures))
                continue
            copies += 1
            if answer.get("method"):
                await self.reply(answer)
        self.mailbox.remove(update)

    async def _try(self, update: Update) -> Json | None:
        """One request; None when it failed."""
        try:
            return await self._push(update)
        except TimeoutError:
            self._failed("Read timeout expired")
        except aiohttp.ClientConnectorError:
            self._failed("Connection refused")
        except (aiohttp.ClientError, OSError):
            self._failed("Connection reset by peer")
        return None

    async def _push(self, update: Update) -> Json | None:
        headers = {"Content-Type": "application/json"}
        if self.target.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.target.secret
        body = json.dumps(update.wire(), ensure_ascii=False).encode()
        async with self._http().post(self.target.url, data=body, headers=headers) as response:
            text = await response.text(errors="replace")
            if 200 <= response.status < 300:
                return _method_call(text)
            self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
            return None

    def _failed(self, message: str) -> None:
        """Note what went wrong; the caller knows it by getting nothing."""
        self.trouble = Trouble(self.clock.date(), message)

    def _http(self) -> aiohttp.ClientSession:
        """Kept-alive connections, as many as the bot allowed."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self.target.max_connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, timeout=_TIMEOUT)
        return self._session


def _method_call(text: str) -> Json:
    """A bot may answer with a method call in JSON; anything else in a 200 is ignored."""
    try:
        answer: Any = json.loads(text) if text.strip() else {}
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
