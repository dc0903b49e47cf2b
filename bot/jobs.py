"""Work for the database: a job, who waits for it, and how it is done in a transaction."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.session import Session, Store

Job = Callable[[Session], Any]
Then = Callable[[], None] | None
#: looks at a transaction at its end; what comes back is called on the loop once that is committed
Collect = Callable[[Session], Then]
#: how many jobs share one commit at the most: all of them hold up the event loop
GROUP: Final = 8


@dataclass(slots=True)
class Task:
    """A job and the one who waits for it."""

    job: Job
    #: the chat that the work is for, ordered across processes; 0 is none
    chat: int
    #: takes more than a few milliseconds
    long: bool
    #: goes before the others, where they wait in one line
    first: bool
    future: "asyncio.Future[Any]"
    result: Any = None
    error: BaseException | None = field(default=None)

    def settle(self) -> None:
        """Tells the one who waits, if they still do."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


def transact(store: Store, group: list[Task], collect: Collect, *, wait: bool = True) -> Then:
    """Does the jobs in one transaction; what is to follow, which counts only now that it is committed."""
    with store.write(wait=wait) as session:
        _work_off_all(session, group)
        then = collect(session)
    return then  # noqa: RET504 - only once it is committed


def _work_off_all(session: Session, group: list[Task]) -> None:
    """One that fails is undone alone; where it is the only one, with its transaction."""
    if len(group) == 1:
        _work_off(session, group[0])
        return
    for task in group:
        try:
            with session.savepoint():
                _work_off(session, task)
        except Exception as error:
            task.error = error


def _work_off(session: Session, task: Task) -> None:
    if task.chat:
        session.lock_chat(task.chat)
    task.result = task.job(session)


def fail(group: list[Task], error: BaseException) -> None:
    """The commit itself failed: nothing of the group is kept."""
    for task in group:
        task.error = error


def settle(group: list[Task], then: Then) -> None:
    """Hands all results back, on the loop, and does what is to follow."""
    for task in group:
        task.settle()
    if then:
        then()
