"""The border between asyncio and the database: worker threads that commit in groups."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot.session import Session, Store

T = TypeVar("T")
Job = Callable[[Session], Any]
#: looks at a transaction at its end; what comes back is called on the loop once that is committed
Collect = Callable[[Session], Callable[[], None] | None]

#: how many jobs share one commit at the most
GROUP = 100
#: threads on PostgreSQL, where transactions run side by side
THREADS = 8


@dataclass(slots=True)
class _Task:
    job: Job
    #: the chat that the work is for, ordered across processes; 0 is none
    chat: int
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"
    result: Any = None
    error: BaseException | None = field(default=None)

    def settle(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Runs jobs in transactions, off the event loop; a job's result comes only after its commit.

    On SQLite one thread takes whatever waits, each job in a savepoint, and commits once for all.
    On PostgreSQL several threads commit a job each; the jobs of one chat stay in order.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        #: takes along the mail that was written
        self.collect: Collect = lambda _session: None
        self._lines: list[SimpleQueue[_Task | None]] = [
            SimpleQueue() for _ in range(1 if store.is_sqlite else THREADS)
        ]
        self._threads = [
            threading.Thread(target=self._work, args=(line,), name=f"writer-{number}", daemon=True)
            for number, line in enumerate(self._lines)
        ]
        self._turn = 0
        self._closed = False

    def start(self) -> None:
        """Starts the threads."""
        for thread in self._threads:
            thread.start()

    async def close(self) -> None:
        """Finishes what was handed in, then ends the threads."""
        self._closed = True
        for line in self._lines:
            line.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    async def run(self, job: Callable[[Session], T], chat: int = 0) -> T:
        """The job's result once it is committed; its exception if it alone was undone."""
        if self._closed:
            raise RuntimeError("the writer is closed")
        loop = asyncio.get_running_loop()
        task = _Task(job, chat, loop, loop.create_future())
        self._line(chat).put(task)
        result: T = await task.future
        return result

    def _line(self, chat: int) -> "SimpleQueue[_Task | None]":
        self._turn += 1
        return self._lines[(chat or self._turn) % len(self._lines)]

    def _work(self, line: "SimpleQueue[_Task | None]") -> None:
        while (first := line.get()) is not None:
            group = [first, *self._waiting(line)] if self._store.is_sqlite else [first]
            _tell(group, self._commit(group))

    def _waiting(self, line: "SimpleQueue[_Task | None]") -> Iterable[_Task]:
        for _ in range(GROUP - 1):
            try:
                task = line.get_nowait()
            except Empty:
                return
            if task is None:
                line.put(None)
                return
            yield task

    def _commit(self, group: list[_Task]) -> Callable[[], None] | None:
        try:
            with self._store.write() as session:
                if len(group) == 1:
                    _run_alone(group[0], session)
                else:
                    for task in group:
                        _run(task, session)
                then = self.collect(session)
            return then  # noqa: RET504 - only once it is committed
        except Exception as error:  # the commit itself failed: nothing of the group is kept
            for task in group:
                task.error = error
            return None


def _run_alone(task: _Task, session: Session) -> None:
    """What fails alone takes the whole transaction with it."""
    if task.chat:
        session.lock_chat(task.chat)
    task.result = task.job(session)


def _run(task: _Task, session: Session) -> None:
    try:
        if task.chat:
            session.lock_chat(task.chat)
        with session.savepoint():
            task.result = task.job(session)
    except Exception as error:  # undone alone; the others of the group go on
        task.error = error


def _tell(group: list[_Task], then: Callable[[], None] | None) -> None:
    """Hands all results back with one call into the loop."""
    loop = group[0].loop
    if not loop.is_closed():
        loop.call_soon_threadsafe(_settle, group, then)


def _settle(group: list[_Task], then: Callable[[], None] | None) -> None:
    for task in group:
        task.settle()
    if then:
        then()
