"""The border between asyncio and the database: jobs are handed in, and results come after the commit."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from bot.abreast import Abreast
from bot.jobs import Collect, Job, Task
from bot.session import Session, Store
from bot.together import Together

T = TypeVar("T")


class Writer:
    """Runs jobs in transactions: on SQLite together, on PostgreSQL side by side."""

    def __init__(self, store: Store) -> None:
        self._way = Together(store) if store.is_sqlite else Abreast(store)
        self.closed = False

    @property
    def collect(self) -> Collect:
        """Takes along the mail that a transaction has written."""
        return self._way.collect

    @collect.setter
    def collect(self, collect: Collect) -> None:
        self._way.collect = collect

    def start(self) -> None:
        """Begins with what was handed in."""
        self._way.start()

    async def close(self) -> None:
        """Finishes what was handed in."""
        self.closed = True
        await self._way.close()

    async def run(self, job: Callable[[Session], T], chat: int = 0, *, long: bool = False) -> T:
        """The job's result once it is committed; its exception if it alone was undone. A `long` job takes
        more than a few milliseconds."""
        result: T = await self._handed_in(job, chat, long=long)
        return result

    async def run_first(self, job: Callable[[Session], T]) -> T:
        """The same, before other jobs that wait: a short one that keeps mail from going on."""
        result: T = await self._handed_in(job, first=True)
        return result

    def _handed_in(
        self, job: Job, chat: int = 0, *, long: bool = False, first: bool = False
    ) -> "asyncio.Future[Any]":
        if self.closed:
            raise RuntimeError("the writer is closed")
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._way.put(Task(job, chat, long, first, future))
        return future
