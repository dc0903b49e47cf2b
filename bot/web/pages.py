"""What an operator's tools ask: is it well (/healthz), and how much does it do (/metrics)."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, TypeAlias

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.health import Health, Report
from bot.measures import release

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]


def healthz(health: Health) -> Handler:
    """200 while no part is failing, else 503; the parts as JSON either way."""

    async def handle(_request: web.Request) -> web.Response:
        report = await health.report()
        return web.json_response(_json(report), status=200 if report.well else 503)

    return handle


def _json(report: Report) -> dict[str, Any]:
    """`outbox` and `late` are plain numbers for whoever waits until all is done."""
    seen = report.snapshot
    return {
        "ok": report.well,
        "version": release(),
        "outbox": seen.depth if seen else None,
        "late": seen.late if seen else None,
        "parts": {name: asdict(part) for name, part in report.parts.items()},
    }


def metrics(health: Health) -> Handler:
    """Everything counted, in Prometheus' text form; a look brings the database's figures up to now."""

    async def handle(_request: web.Request) -> web.Response:
        await health.look()
        body = generate_latest(health.measures.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return handle
