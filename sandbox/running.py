"""The sandbox inside a test or a demo: its own thread, its own event loop, a free port."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from sandbox.clock import Clock
from sandbox.emulator import Emulator
from sandbox.server import create_app

T = TypeVar("T")


@contextmanager
def running(port: int = 0, clock: Clock | Path | None = None, floods: bool = False) -> Iterator[str]:
    """Serve on loopback while the block runs; yields the base URL. `clock` is a Clock or its file."""
    ours = clock if isinstance(clock, Clock) else Clock(clock)
    with hosting(Emulator(ours, floods), port) as hosted:
        yield hosted.base


@dataclass(frozen=True)
class Hosted:
    """A sandbox being served whose world one can reach into."""

    base: str
    home: Emulator
    loop: asyncio.AbstractEventLoop

    def do(self, act: Callable[[], T]) -> T:
        """What a function comes to on the sandbox's own loop, where alone its world may be touched."""

        async def there() -> T:
            return act()

        return _wait(self.loop, there())


@contextmanager
def hosting(home: Emulator, port: int = 0) -> Iterator[Hosted]:
    """Serve a world of one's own on loopback while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="sandbox", daemon=True)
    thread.start()
    runner, bound = _wait(loop, _serve(port, home))
    try:
        yield Hosted(f"http://127.0.0.1:{bound}", home, loop)
    finally:
        _wait(loop, runner.cleanup())
        _wait(loop, _end_tasks())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _serve(port: int, home: Emulator) -> tuple[web.AppRunner, int]:
    runner = web.AppRunner(create_app(home=home), access_log=None, shutdown_timeout=0.1)
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
