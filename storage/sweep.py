"""Forgets what nobody asks for any more, a piece at a time, so that the writer is never held up for long."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, tuple_

from storage.link import Link
from storage.outbox import FORGET as FORGET_MESSAGE
from storage.prepared import Prepared
from storage.tables import (
    ANSWERED_KNOCK,
    RUN_ENDED,
    SETTLED,
    dead_letters,
    knocks,
    outbox,
    people,
    runs,
    updates,
)

#: what a run shows in its private chat (`bot.conversation`)
SHOWN = ("run", "parked")

UPDATE_KEY = tuple_(updates.c.bot_id, updates.c.update_id)
LETTER_KEY = tuple_(dead_letters.c.bot_id, dead_letters.c.update_id)

OLD_UPDATES = (
    select(updates.c.bot_id, updates.c.update_id)
    .where(updates.c.at < bindparam("before"))
    .order_by(updates.c.at)
    .limit(bindparam("most"))
)
OLD_LETTERS = (
    select(dead_letters.c.bot_id, dead_letters.c.update_id)
    .where(dead_letters.c.last_at < bindparam("before"))
    .order_by(dead_letters.c.last_at)
    .limit(bindparam("most"))
)
OLD_MAIL = (
    select(outbox.c.id)
    .where(SETTLED, outbox.c.settled_at < bindparam("before"))
    .order_by(outbox.c.settled_at)
    .limit(bindparam("most"))
)
OLD_KNOCKS = (
    select(knocks.c.id)
    .where(ANSWERED_KNOCK, knocks.c.settled_at < bindparam("before"))
    .order_by(knocks.c.settled_at)
    .limit(bindparam("most"))
)
OLD_RUNS = Prepared(
    select(runs.c.id, people.c.telegram_id)
    .where(people.c.id == runs.c.person_id)
    .where(RUN_ENDED, runs.c.touched_at < bindparam("before"))
    .order_by(runs.c.touched_at)
    .limit(bindparam("most"))
)
FORGET = (
    Prepared(delete(updates).where(UPDATE_KEY.in_(OLD_UPDATES))),
    Prepared(delete(dead_letters).where(LETTER_KEY.in_(OLD_LETTERS))),
    Prepared(delete(outbox).where(outbox.c.id.in_(OLD_MAIL))),
    Prepared(delete(knocks).where(knocks.c.id.in_(OLD_KNOCKS))),
)
FORGET_RUN = Prepared(delete(runs).where(runs.c.id == bindparam("sought")))


def sweep(link: Link, bot_id: int, before: datetime, limit: int) -> int:
    """Forgets at most so many updates taken in, letters set aside, mail settled, wishes to be linked
    answered and runs ended before then;
    how many."""
    wanted = {"before": before, "most": limit}
    found = sum(statement.change(link, wanted) for statement in FORGET)
    return found + _runs(link, bot_id, wanted)


def _runs(link: Link, bot_id: int, wanted: dict[str, object]) -> int:
    """The runs, and where their messages are: nothing edits those any more."""
    old = OLD_RUNS.rows(link, wanted)
    shown = [{"bot": bot_id, "chat": chat, "sought": f"{what}/{run}"} for run, chat in old for what in SHOWN]
    FORGET_MESSAGE.many(link, shown)
    FORGET_RUN.many(link, [{"sought": run} for run, _chat in old])
    return len(old)
