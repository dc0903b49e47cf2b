"""The poll: updates are asked for, committed, and only then confirmed by asking for the next ones."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import structlog

from bot.faces.base import Face, Incoming, NoAnswer, OtherPoller
from bot.pause import Pause, pause, unless

log = structlog.get_logger()

#: takes a batch and returns once all of it is committed or set aside
ReceiveMany: TypeAlias = Callable[[Sequence[Incoming]], Awaitable[None]]

#: seconds that Telegram holds a poll open while there is nothing new
LONG: Final = 25.0
FIRST_BACKOFF: Final = 0.5
LONGEST_BACKOFF: Final = 15.0
#: seconds: after a restart Telegram answers 409 until it has noticed that the old poll is gone
CONFLICT_GRACE: Final = 10.0


class NotCommitted(Exception):
    """The updates could not be committed; Telegram keeps them until they are."""

    def __str__(self) -> str:
        return "updates could not be committed"


@dataclass(slots=True)
class _Trouble:
    """How polling goes; one log line whenever that changes."""

    now: Callable[[], float]
    backoff: float = 0.0
    conflict_since: float | None = field(default=None)

    def over(self) -> None:
        """An answer came."""
        if self.backoff:
            log.info("polling.back")
        self.backoff, self.conflict_since = 0.0, None

    def worse(self, why: Exception) -> float:
        """How long to leave it alone."""
        if not self.backoff:
            log.warning("polling.trouble", error=type(why).__name__, why=str(why))
        self.backoff = min(self.backoff * 2 or FIRST_BACKOFF, LONGEST_BACKOFF)
        return self.backoff

    def conflict(self, error: OtherPoller) -> float:
        """How long to wait for the other poller to go; raises when it stays."""
        if self.conflict_since is None:
            self.conflict_since = self.now()
        if self.now() - self.conflict_since >= CONFLICT_GRACE:
            raise error
        self.worse(error)
        return 1.0


async def poll(
    face: Face,
    receive_many: ReceiveMany,
    stop: asyncio.Event,
    *,
    wait: Pause = pause,
    monotonic: Callable[[], float] = time.monotonic,
) -> None:
    """Polls until told to stop; what is in hand is finished then. Raises `WrongToken`, and `OtherPoller` if
    that one stays. A batch that could not be committed is asked for again."""
    trouble = _Trouble(monotonic)
    offset = 0
    while not stop.is_set():
        try:
            batch = await unless(stop, face.updates(offset, LONG)) or ()
            offset = await _commit(batch, receive_many, offset)
            trouble.over()
        except OtherPoller as error:
            await wait(stop, trouble.conflict(error))
        except (NoAnswer, NotCommitted) as error:
            await wait(stop, trouble.worse(error))


async def _commit(batch: Sequence[Incoming], receive_many: ReceiveMany, offset: int) -> int:
    """The offset that confirms the batch. Ids grow, but may start anew after a quiet week."""
    if not batch:
        return offset
    try:
        await receive_many(batch)
    except Exception as error:
        log.exception("updates.failed", count=len(batch))
        raise NotCommitted from error
    return max(incoming.update_id for incoming in batch) + 1
