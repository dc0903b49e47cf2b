"""Forgets what nobody asks for any more, a piece at a time, so that the writer is never held up for long."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, tuple_

from storage.prepared import Prepared
from storage.tables import RUN_ENDED, SETTLED, outbox, runs, updates

UPDATE_KEY = tuple_(updates.c.bot_id, updates.c.update_id)

OLD_UPDATES = (
    select(updates.c.bot_id, updates.c.update_id)
    .where(updates.c.at < bindparam("before"))
    .order_by(updates.c.at)
    .limit(bindparam("most"))
)
OLD_MAIL = (
    select(outbox.c.id)
    .where(SETTLED, outbox.c.settled_at < bindparam("before"))
    .order_by(outbox.c.settled_at)
    .limit(bindparam("most"))
)
OLD_RUNS = (
    select(runs.c.id)
    .where(RUN_ENDED, runs.c.touched_at < bindparam("before"))
    .order_by(runs.c.touched_at)
    .limit(bindparam("most"))
)
FORGET = (
    Prepared(delete(updates).where(UPDATE_KEY.in_(OLD_UPDATES))),
    Prepared(delete(outbox).where(outbox.c.id.in_(OLD_MAIL))),
    Prepared(delete(runs).where(runs.c.id.in_(OLD_RUNS))),
)


def sweep(connection: Connection, before: datetime, limit: int) -> int:
    """Forgets at most so many updates taken in, mail settled and runs ended before then; how many."""
    wanted = {"before": before, "most": limit}
    return sum(statement.change(connection, wanted) for statement in FORGET)
