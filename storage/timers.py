"""What is to happen later, in SQL."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select

from desk.records import Timer
from storage.prepared import Prepared
from storage.rows import Shape
from storage.tables import timers

TIMER = Shape(Timer, timers)

SET = Prepared(
    lambda into: (add := into(timers)).on_conflict_do_update(
        index_elements=["key"],
        set_={name: add.excluded[name] for name in TIMER.names if name != "key"},
    )
)
CANCEL = Prepared(delete(timers).where(timers.c.key == bindparam("sought")))
GET = Prepared(select(*TIMER.columns).where(timers.c.key == bindparam("sought")))
#: SQLite leaves FOR UPDATE out: there the transaction itself is the lock
TAKE = Prepared(
    select(*TIMER.columns)
    .where(timers.c.due_at <= bindparam("now"))
    .order_by(timers.c.due_at, timers.c.key)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
NEXT_DUE = Prepared(select(func.min(timers.c.due_at)))


class SqlTimers:
    """`desk.ports.Timers` over a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, timer: Timer) -> None:
        """Adds the timer, or moves the one with its key."""
        SET.change(self._connection, TIMER.values(timer))

    def cancel(self, key: str) -> None:
        """Drops it if it is there."""
        CANCEL.change(self._connection, {"sought": key})

    def get(self, key: str) -> Timer | None:
        """The timer with this key, if it is still to come."""
        return TIMER.maybe(GET.row(self._connection, {"sought": key}))

    def take(self, now: datetime, limit: int = 100) -> tuple[Timer, ...]:
        """Due timers, locked until this transaction ends; each is then cancelled or set anew."""
        return TIMER.all(TAKE.rows(self._connection, {"now": now, "most": limit}))

    def next_due(self) -> datetime | None:
        """When the earliest one is due."""
        earliest: datetime | None = NEXT_DUE.value(self._connection, {})
        return earliest
