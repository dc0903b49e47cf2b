"""What is to happen later, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select

from desk.records import Timer
from storage.link import Link
from storage.prepared import Prepared, Query
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
GET = Query(select(*TIMER.columns).where(timers.c.key == bindparam("sought")), TIMER.read)
#: SQLite leaves FOR UPDATE out: there the transaction itself is the lock
TAKE = Prepared(
    select(*TIMER.columns)
    .where(timers.c.due_at <= bindparam("now"))
    .order_by(timers.c.due_at, timers.c.key)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
OVERDUE = Prepared(select(func.count()).select_from(timers).where(timers.c.due_at <= bindparam("now")))
NEXT_DUE = Prepared(select(func.min(timers.c.due_at)))


class SqlTimers:
    """`desk.ports.Timers` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def set(self, timer: Timer) -> None:
        """Adds the timer, or moves the one with its key."""
        SET.change(self._link, TIMER.values(timer))

    def cancel(self, key: str) -> None:
        """Drops it if it is there."""
        CANCEL.change(self._link, {"sought": key})

    def get(self, key: str) -> Timer | None:
        """The timer with this key, if it is still to come."""
        return GET.first(self._link, {"sought": key})

    def take(self, now: datetime, limit: int = 100) -> tuple[Timer, ...]:
        """Due timers, locked until this transaction ends; each is then cancelled or set anew."""
        return TIMER.all(TAKE.rows(self._link, {"now": now, "most": limit}))

    def next_due(self) -> datetime | None:
        """When the earliest one is due."""
        earliest: datetime | None = NEXT_DUE.value(self._link, {})
        return earliest

    def overdue(self, now: datetime) -> int:
        """How many are due."""
        count: int = OVERDUE.value(self._link, {"now": now})
        return count
