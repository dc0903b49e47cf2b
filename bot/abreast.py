"""Writing to a server: several threads commit a job each; the jobs of one chat stay in order."""

import asyncio
import threading
from queue import SimpleQueue
from typing import Final

from bot.jobs import Collect, Task, Then, fail, settle, transact
from bot.session import Store

#: a transaction waits for the server most of its time, so that many run side by side
THREADS: Final = 8


class Abreast:
    """Transactions side by side, in threads of their own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.collect: Collect = lambda _session: None
        self._lines: list[SimpleQueue[Task | None]] = [SimpleQueue() for _ in range(THREADS)]
        self._threads = [
            threading.Thread(target=self._work, args=(line,), name=f"writer-{number}", daemon=True)
            for number, line in enumerate(self._lines)
        ]
        self._turn = 0

    def start(self) -> None:
        """Starts the threads."""
        for thread in self._threads:
            thread.start()

    async def close(self) -> None:
        """Finishes what was handed in, then ends the threads."""
        for line in self._lines:
            line.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def put(self, task: Task) -> None:
        """Hands a job in."""
        self._turn += 1
        self._lines[(task.chat or self._turn) % THREADS].put(task)

    def _work(self, line: "SimpleQueue[Task | None]") -> None:
        while (task := line.get()) is not None:
            then = self._commit(task)
            loop = task.future.get_loop()
            if not loop.is_closed():
                loop.call_soon_threadsafe(settle, [task], then)

    def _commit(self, task: Task) -> Then:
        try:
            return transact(self._store, [task], self.collect)
        except Exception as error:
            fail([task], error)
            return None
