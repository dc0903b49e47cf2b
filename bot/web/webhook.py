"""The webhook: an update is confirmed with 200 once it is committed, and not before."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

import structlog
from aiohttp import web

from bot.faces.base import Face, Respond

log = structlog.get_logger()

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
#: Telegram's updates have a few kilobytes
LARGEST_BODY: Final = 1024**2
JSON: Final = {"Content-Type": "application/json"}


def webhook(face: Face, secret: str, respond: Respond) -> Handler:
    """A handler for POST; `secret` is what Telegram was told with `set_webhook`.

    Anything but 200 makes Telegram deliver the update again: at once, then after 2, 4 … 60 seconds. A tap is
    answered in the 200 itself, which saves a call; if that gets lost, the tap comes again.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        if not _is_telegram(request, secret):
            return web.Response(status=401)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        try:
            incoming = face.read(body)
        except ValueError:
            return web.Response(status=400)
        try:
            answer = await respond(incoming)
        except Exception:
            log.exception("webhook.failed", update=incoming.update_id)
            return web.Response(status=500)
        return web.Response() if answer is None else web.Response(body=face.as_reply(answer), headers=JSON)

    return handle


async def _body(request: web.Request) -> bytes | None:
    """None if it is too large; then the rest is not read. aiohttp's own limit raises, and what an exception
    holds on to stays until Python looks for circles: six megabytes a call."""
    if (request.content_length or 0) > LARGEST_BODY:
        return None
    body = bytearray()
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _is_telegram(request: web.Request, secret: str) -> bool:
    """Compared in constant time; a bot without a secret accepts nobody."""
    told = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
    return bool(secret) and hmac.compare_digest(told, secret.encode())
