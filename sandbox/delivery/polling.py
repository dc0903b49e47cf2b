"""getUpdates. An update goes away only when a higher offset is asked for."""

import asyncio

from sandbox.delivery.mailbox import Mailbox, Update
from sandbox.errors import conflict
from sandbox.records import Json

_TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Poller:
    """The one long poll that a bot may have open; a newer one ends it with 409, as in Telegram."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._waiting: asyncio.Future[None] | None = None
        mailbox.readers.append(self._wake)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """Confirm what is below the offset and return what is left, waiting for it if asked."""
        self.end(_TWO_POLLERS)
        self._mailbox.confirm(offset)
        if not self._mailbox.waiting() and timeout > 0:
            await self._wait(timeout)
        # a late one comes behind the others of its batch; in a later one it would be confirmed unseen
        batch = sorted(self._mailbox.waiting()[:limit], key=lambda update: update.late > 0)
        return [update.wire() for update in batch for _ in range(update.copies)]

    async def _wait(self, timeout: float) -> None:
        waiter = self._waiting = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait([waiter], timeout=timeout)
            if waiter.done():
                waiter.result()
        finally:
            if self._waiting is waiter:
                self._waiting = None

    def end(self, why: str) -> None:
        """Answer the open long poll with 409."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(conflict(why))

    def release(self) -> None:
        """Let the open long poll return with what there is."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    def _wake(self, _: Update) -> None:
        self.release()
