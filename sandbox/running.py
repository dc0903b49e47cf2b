"""The sandbox inside a test or a demo: its own thread, its own event loop, a free port."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from sandbox.clock import Clock
from sandbox.server import create_app

T = TypeVar("T")


@contextmanager
def running(port: int = 0, clock: Clock | Path | None = None, floods: bool = False) -> Iterator[str]:
    """Serve on loopback while the block runs; yields the base URL. `clock` is a Clock or its file."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="sandbox", daemon=True)
    thread.start()
    ours = clock if isinstance(clock, Clock) else Clock(clock)
    runner, bound = _wait(loop, _serve(port, ours, floods))
    try:
        yield f"http://127.0.0.1:{bound}"
    finally:
        _wait(loop, runner.cleanup())
        _wait(loop, _end_tasks())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _serve(port: int, clock: Clock, floods: bool) -> tuple[web.AppRunner, int]:
    runner = web.AppRunner(create_app(clock, floods), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    return runner, int(runner.addresses[0][1])


async def _end_tasks() -> None:
    """Handlers whose callers are gone may still be on their way out."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _wait(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result(30)
