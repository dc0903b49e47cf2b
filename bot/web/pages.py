"""What an operator's tools ask: is it well (/healthz), and how much does it do (/metrics)."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import TypeAlias

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.measures import Measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the process is: mail that waits, and by how many seconds a timer is overdue."""

    database: bool
    outbox: int = 0
    late: float = 0


#: how the process is, looked at anew
Look: TypeAlias = Callable[[], Awaitable[Health]]
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]


def healthz(look: Look) -> Handler:
    """200 while the database answers, else 503; the details as JSON either way."""

    async def handle(_request: web.Request) -> web.Response:
        health = await look()
        status = 200 if health.database else 503
        return web.json_response({"ok": health.database, **asdict(health)}, status=status)

    return handle


def metrics(measures: Measures, look: Look) -> Handler:
    """Everything counted, in Prometheus' text form; a look brings the figures of the outbox up to now."""

    async def handle(_request: web.Request) -> web.Response:
        await look()
        headers = {"Content-Type": CONTENT_TYPE_LATEST}
        return web.Response(body=generate_latest(measures.registry), headers=headers)

    return handle
