"""The power: fails at random moments, which the seed chooses, and comes back at once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from bot.clock import Clock
from tests.simulation.phones import Phones
from tests.story.stage import Stage

#: seconds that a bot may take to answer after its start
START = 30.0
#: seconds after which power fails although little is going on
CALM = 20.0
#: where power fails: while the bot starts, within a turn, while it sends, right after a commit, or anywhere
MOMENTS = ("start", "turn", "sending", "commit", "any")
#: what happens just before each of the aimed ones, and within how many seconds after it the power fails
AIMED = {"turn": ("act", 0.015), "sending": ("sent", 0.006), "commit": ("tap", 0.004)}


@dataclass(kw_only=True)
class Power:
    """Kills the bot of a stage with SIGKILL, again and again, and starts it again."""

    stage: Stage
    phones: Phones
    chance: Random
    clock: Clock
    #: seconds that a start takes, about
    start: float
    #: when power failed, by the clock of the world
    failures: list[float] = field(default_factory=list)
    moments: Counter[str] = field(default_factory=Counter)

    async def fail(self, times: int, may: Callable[[int], bool]) -> None:
        """So many power cuts; `may` tells whether there is enough to be interrupted for the one to come."""
        for _ in range(times):
            moment = self.chance.choice(MOMENTS)
            if moment != "start":
                await self.ready()
                with suppress(TimeoutError):  # power may fail in calm moments, too
                    await until(self._enough(may), CALM)
            await self._wait_for(moment)
            await asyncio.to_thread(self.stage.kill)
            self.failures.append(self.clock.now().timestamp())
            self.moments[moment] += 1
            self.stage.process = await asyncio.to_thread(self.stage.spawn, "run")
        await self.ready()

    async def ready(self) -> None:
        """Waits until the bot answers; raises if it has ended by itself."""
        await until(lambda: asyncio.to_thread(self.stage.health), START)

    def _enough(self, may: Callable[[int], bool]) -> Callable[[], Awaitable[bool]]:
        async def asked() -> bool:
            return may(len(self.failures))

        return asked

    async def _wait_for(self, moment: str) -> None:
        if moment == "start":
            await asyncio.sleep(self.chance.uniform(0, self.start))
        elif moment == "any":
            await asyncio.sleep(self.chance.uniform(0, 1.5))
        else:
            await asyncio.sleep(self.chance.uniform(0.05, 0.8))
            what, soon = AIMED[moment]
            await _at_most(self.phones.next(what), 2.0)
            await asyncio.sleep(self.chance.uniform(0, soon))


async def until(true: Callable[[], Awaitable[object]], seconds: float) -> None:
    """Asks again and again, which is all that one can do with another process."""
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110
            await asyncio.sleep(0.03)


async def _at_most(wait: Awaitable[None], seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(wait, seconds)
