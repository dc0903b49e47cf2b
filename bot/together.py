"""Writing to a file: what waits is done together, on the event loop, and committed once.

Python runs one thread at a time, and SQLite's driver lets go of it at every statement: in a thread of their
own the jobs would take turns with the loop some twenty times an update, on two processors with cold caches,
which costs more than it saves (decision 0011). A thread is there for what may take long: jobs that say so,
and a file that another process is writing to.
"""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.jobs import GROUP, Collect, Task, Then, fail, settle, transact
from bot.session import Store
from desk.ports import Busy


class Together:
    """One transaction at a time, for all that waits when it begins."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.collect: Collect = lambda _session: None
        self._waiting: deque[Task] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._started = False
        self._idle = asyncio.Event()
        self._idle.set()

    def start(self) -> None:
        """Begins with what waits."""
        self._started = True
        self._go_on()

    async def close(self) -> None:
        """Finishes what was handed in."""
        while self._waiting or not self._idle.is_set():
            await self._idle.wait()
        self._thread.shutdown()

    def put(self, task: Task) -> None:
        """Hands a job in; one that others wait for is done before them."""
        if task.first:
            self._waiting.appendleft(task)
        else:
            self._waiting.append(task)
        self._go_on()

    def _go_on(self) -> None:
        """With the next group, once the loop has had its turn: what it hears meanwhile comes along."""
        if self._started and self._waiting and self._idle.is_set():
            self._idle.clear()
            asyncio.get_running_loop().call_soon(self._work)

    def _work(self) -> None:
        group = self._group()
        if group[0].long:
            self._work_in_thread(group)
            return
        try:
            then = transact(self._store, group, self.collect, wait=False)
        except Busy:
            self._work_in_thread(group)
        except Exception as error:
            self._failed(group, error)
        else:
            self._done(group, then)

    def _work_in_thread(self, group: list[Task]) -> None:
        def done(future: "asyncio.Future[Then]") -> None:
            error = future.exception()
            if error is not None:
                self._failed(group, error)
            else:
                self._done(group, future.result())

        job = partial(transact, self._store, group, self.collect)
        asyncio.get_running_loop().run_in_executor(self._thread, job).add_done_callback(done)

    def _group(self) -> list[Task]:
        """The jobs that wait; a long one goes alone."""
        group = [self._waiting.popleft()]
        while self._waiting and len(group) < GROUP and not (group[0].long or self._waiting[0].long):
            group.append(self._waiting.popleft())
        return group

    def _failed(self, group: list[Task], error: BaseException) -> None:
        fail(group, error)
        self._done(group, None)

    def _done(self, group: list[Task], then: Then) -> None:
        """Whatever the results set off, the next group comes."""
        try:
            settle(group, then)
        finally:
            self._idle.set()
            self._go_on()
