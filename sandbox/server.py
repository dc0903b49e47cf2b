"""The application: the Bot API, the control API and the page on one port."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.api import BotApi
from sandbox.clock import Clock
from sandbox.control.acting import Acting
from sandbox.control.making import Making
from sandbox.control.paying import Paying
from sandbox.control.watching import Watching
from sandbox.emulator import Emulator
from sandbox.errors import Problem

_PAGE = Path(__file__).parent / "page"

#: Telegram takes 50 MB; the rest is room for the form around it.
_BODY_LIMIT = 52 * 2**20


def create_app(
    clock: Clock | None = None, floods: bool = False, home: Emulator | None = None
) -> web.Application:
    """Build the sandbox; a test may bring its own clock, or the whole world."""
    home = home or Emulator(clock or Clock(), floods)
    app = web.Application(middlewares=[_problems], client_max_size=_BODY_LIMIT)
    for part in (BotApi(home), Making(home), Acting(home), Paying(home), Watching(home)):
        app.add_routes(part.routes())
    app.add_routes([web.get("/", _index), web.get("/page/{file:.+}", _page)])

    async def lifetime(_: web.Application) -> AsyncIterator[None]:
        yield
        await home.close()

    app.cleanup_ctx.append(lifetime)
    return app


@web.middleware
async def _problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Control calls that make no sense are answered in words."""
    try:
        return await handler(request)
    except Problem as problem:
        return web.json_response({"error": str(problem)}, status=problem.status)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        if not request.path.startswith("/sandbox/"):
            raise
        return web.json_response({"error": f"That call cannot be read: {error!r}"}, status=400)


async def _index(_: web.Request) -> web.StreamResponse:
    return _file("index.html")


async def _page(request: web.Request) -> web.StreamResponse:
    return _file(request.match_info["file"])


def _file(name: str) -> web.StreamResponse:
    """A file of the page, and nothing outside its folder."""
    path = (_PAGE / name).resolve()
    if not path.is_relative_to(_PAGE) or not path.is_file():
        return web.Response(status=404, text=json.dumps({"error": f"There is no page file {name}."}))
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})
