"""Mail on its way, and where delivered messages can be found again; in SQL.

A row carries a revision. The sender takes mail at one revision; if the chat's state moves on meanwhile, the
row moves to the next one, and settling the older leaves the newer waiting.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Exists,
    Table,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from desk.mail import LONGEST_PUT_OFF, Backlog, Delivery, Fate, Lane, Outgoing, Verb
from storage.bells import RING, channel
from storage.link import Link
from storage.prepared import Prepared
from storage.rows import Shape, Values
from storage.tables import REFUSED, UNSENT, UNSENT_KEYED, estates, messages, outbox

OUTGOING = Shape(Outgoing, outbox)

PUT = Prepared(
    lambda into: (
        (add := into(outbox))
        .on_conflict_do_update(
            index_elements=["bot_id", "chat_id", "key"],
            index_where=UNSENT_KEYED,
            set_={
                "queue_id": add.excluded.queue_id,
                # the more urgent lane of the two: what somebody waits for must not fall behind a broadcast
                "lane": case((outbox.c.lane < add.excluded.lane, outbox.c.lane), else_=add.excluded.lane),
                # a SHOW does not undo the wish for a new message
                "verb": case((outbox.c.verb == Verb.REPOST, outbox.c.verb), else_=add.excluded.verb),
                "payload": add.excluded.payload,
                "not_before": add.excluded.not_before,
                "attempts": add.excluded.attempts,
                "revision": outbox.c.revision + 1,
                "reposted": case(
                    (add.excluded.verb == Verb.REPOST, outbox.c.revision + 1), else_=outbox.c.reposted
                ),
            },
        )
        .returning(outbox.c.id, outbox.c.lane, outbox.c.verb, outbox.c.revision)
    )
)
WAITING = Prepared(
    select(*OUTGOING.columns)
    .where(outbox.c.bot_id == bindparam("bot"), outbox.c.id > bindparam("after"), UNSENT)
    .where(
        # as `Outgoing.may_go` has it
        or_(
            outbox.c.not_before.is_(None),
            outbox.c.not_before <= bindparam("now"),
            outbox.c.not_before > bindparam("beyond"),
        )
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)
DEPTH = Prepared(select(func.count()).select_from(outbox).where(outbox.c.bot_id == bindparam("bot"), UNSENT))
REFUSED_COUNT = Prepared(
    select(func.count()).select_from(outbox).where(outbox.c.bot_id == bindparam("bot"), REFUSED)
)
NOW = bindparam("now", type_=outbox.c.since.type)
#: mail that was put off counts from when it may go; mail that was tried in vain from when it was written
WAITING_SINCE = case(
    (and_(outbox.c.attempts == 0, outbox.c.not_before > outbox.c.since), outbox.c.not_before),
    else_=outbox.c.since,
)
MAY_GO = or_(outbox.c.not_before.is_(None), outbox.c.attempts > 0, outbox.c.not_before <= NOW)
#: one walk over what waits, however many lanes there are
BACKLOG = Prepared(
    select(
        *(func.count(case((outbox.c.lane == lane, 1))) for lane in Lane),
        *(func.min(case((and_(outbox.c.lane == lane, MAY_GO), WAITING_SINCE))) for lane in Lane),
    ).where(outbox.c.bot_id == bindparam("bot"), UNSENT)
)
THE_REFUSED = and_(outbox.c.id == bindparam("sought"), outbox.c.bot_id == bindparam("bot"), REFUSED)
REFUSAL = Prepared(select(*OUTGOING.columns, outbox.c.why).where(THE_REFUSED))
#: what came to the same message after it; a walk over everything newer, on an operator's command only
NEWER = Prepared(
    select(outbox.c.id)
    .where(outbox.c.id > bindparam("after"), outbox.c.bot_id == bindparam("bot"))
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.key == bindparam("sought"))
    .limit(1)
)
RESENT = Prepared(update(outbox).where(THE_REFUSED).values(fate=Fate.REPLACED, settled_at=bindparam("now")))
DROP = Prepared(delete(outbox).where(THE_REFUSED))
REFUSALS = Prepared(
    select(*OUTGOING.columns, outbox.c.why)
    .where(outbox.c.bot_id == bindparam("bot"), REFUSED)
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)
MESSAGE = Prepared(
    select(messages.c.message_id).where(
        messages.c.bot_id == bindparam("bot"),
        messages.c.chat_id == bindparam("chat"),
        messages.c.key == bindparam("sought"),
    )
)

SAME_REVISION = (outbox.c.id == bindparam("sought"), outbox.c.revision == bindparam("taken"), UNSENT)
SETTLE = Prepared(
    update(outbox)
    .where(*SAME_REVISION)
    .values(fate=bindparam("became"), why=bindparam("reason"), settled_at=bindparam("now"))
)
#: refused mail is kept whole: an operator may send it once more
FORGET_FILE = Prepared(
    update(outbox).where(outbox.c.id == bindparam("sought"), outbox.c.fate != Fate.REFUSED).values(payload={})
)
POSTPONE = Prepared(
    update(outbox).where(*SAME_REVISION).values(attempts=outbox.c.attempts + 1, not_before=bindparam("later"))
)
#: The new message that a REPOST asked for is out: what replaced it meanwhile edits that one, unless it
#: asked for a new message itself.
CALM = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("sought"), UNSENT, outbox.c.verb == Verb.REPOST)
    .where(outbox.c.revision > bindparam("taken"), outbox.c.reposted <= bindparam("taken"))
    .values(verb=Verb.SHOW)
)
REMEMBER = Prepared(
    lambda into: (add := into(messages)).on_conflict_do_update(
        index_elements=["bot_id", "chat_id", "key"], set_={"message_id": add.excluded.message_id}
    )
)
FORGET = Prepared(
    delete(messages).where(
        messages.c.bot_id == bindparam("bot"),
        messages.c.chat_id == bindparam("chat"),
        messages.c.key == bindparam("sought"),
    )
)


def twin(table: Table) -> Exists:
    """Whether the new chat has a row with the same key, which then counts."""
    other = table.alias()
    same = (other.c.bot_id == table.c.bot_id) & (other.c.key == table.c.key)
    there = exists().where(other.c.chat_id == bindparam("new"), same)
    return there if table is messages else there.where(other.c.fate.is_(None), other.c.key != "")


DROP_TWINS = Prepared(delete(messages).where(messages.c.chat_id == bindparam("old"), twin(messages)))
MOVE_MESSAGES = Prepared(
    update(messages).where(messages.c.chat_id == bindparam("old")).values(chat_id=bindparam("new"))
)
DROP_MAIL_TWINS = Prepared(delete(outbox).where(outbox.c.chat_id == bindparam("old"), UNSENT, twin(outbox)))
MOVE_MAIL = Prepared(
    update(outbox).where(outbox.c.chat_id == bindparam("old"), UNSENT).values(chat_id=bindparam("new"))
)
MOVE_STAFF_CHAT = Prepared(
    update(estates).where(estates.c.staff_chat == bindparam("old")).values(staff_chat=bindparam("new"))
)


class SqlOutbox:
    """`desk.ports.Outbox` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._fresh: list[Outgoing] = []

    def put(self, outgoing: Outgoing) -> Outgoing:
        """Adds it; an unsent one with the same chat and key is replaced, its place in the line kept."""
        reposted = 1 if outgoing.verb is Verb.REPOST else 0
        values = OUTGOING.values(outgoing) | {"revision": 1, "reposted": reposted, "why": ""}
        values.pop("id", None)
        ((number, lane, verb, revision),) = PUT.rows(self._link, values)
        kept = replace(outgoing, id=number, lane=lane, verb=verb, revision=revision)
        self._fresh.append(kept)
        return kept

    def fresh(self) -> tuple[Outgoing, ...] | None:
        """What was put in this transaction; None if some of it was undone."""
        return None if self._link.undone else tuple(self._fresh)

    def announce(self, bot_id: int) -> None:
        """On PostgreSQL, where another process may send: rings its bell, see `storage.bells`."""
        if self._link.dialect.name == "postgresql":
            self._link.sql.execute(RING, {"channel": channel(bot_id)})

    def waiting(self, bot_id: int, now: datetime, after: int = 0, limit: int = 500) -> tuple[Outgoing, ...]:
        """Unsent mail that may go now, with id > after, by id."""
        beyond = now + LONGEST_PUT_OFF
        wanted: Values = {"bot": bot_id, "now": now, "beyond": beyond, "after": after, "most": limit}
        return OUTGOING.all(WAITING.rows(self._link, wanted))

    def message(self, bot_id: int, chat_id: int, key: str) -> int | None:
        """The Telegram id of a keyed message, if it was sent."""
        wanted = {"bot": bot_id, "chat": chat_id, "sought": key}
        row = MESSAGE.row(self._link, wanted)
        return row[0] if row else None

    def settle(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Records what became of mail, in one batch."""
        SETTLE.many(self._link, [settled(delivery, now) for delivery in deliveries])
        sent = [delivery for delivery in deliveries if delivery.fate is Fate.SENT]
        REMEMBER.many(self._link, [remembered(one) for one in sent if worth_keeping(one)])
        reposts = [one.outgoing for one in sent if one.outgoing.verb is Verb.REPOST]
        CALM.many(self._link, [{"sought": mail.id, "taken": mail.revision} for mail in reposts])
        files = [{"sought": one.outgoing.id} for one in deliveries if one.outgoing.carries_file]
        FORGET_FILE.many(self._link, files)

    def postpone(self, outgoing: Outgoing, until: datetime | None) -> None:
        """Counts a failed attempt and keeps it for later, unless a newer form waits already."""
        wanted = {"sought": outgoing.id, "taken": outgoing.revision, "later": until}
        POSTPONE.change(self._link, wanted)

    def forget(self, bot_id: int, chat_id: int, key: str) -> None:
        """The message is gone in Telegram: the next SHOW sends it anew."""
        FORGET.change(self._link, {"bot": bot_id, "chat": chat_id, "sought": key})

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: its mail, its messages and the estate's staff chat follow."""
        for statement in (DROP_TWINS, MOVE_MESSAGES, DROP_MAIL_TWINS, MOVE_MAIL, MOVE_STAFF_CHAT):
            statement.change(self._link, {"old": old, "new": new})

    def depth(self, bot_id: int) -> int:
        """How much mail waits."""
        depth: int = DEPTH.value(self._link, {"bot": bot_id})
        return depth

    def backlog(self, bot_id: int, now: datetime) -> tuple[Backlog, ...]:
        """How much of each lane waits, and since when."""
        row = BACKLOG.rows(self._link, {"bot": bot_id, "now": now})[0]
        counted = zip(Lane, row, row[len(Lane) :], strict=False)
        return tuple(Backlog(lane=lane, depth=depth, since=since) for lane, depth, since in counted)

    def refused(self, bot_id: int, limit: int = 50) -> tuple[Delivery, ...]:
        """What Telegram refused for good, the latest first."""
        rows = REFUSALS.rows(self._link, {"bot": bot_id, "most": limit})
        return tuple(refusal(row) for row in rows)

    def refused_count(self, bot_id: int) -> int:
        """How much that is."""
        count: int = REFUSED_COUNT.value(self._link, {"bot": bot_id})
        return count

    def refusal(self, bot_id: int, mail_id: int) -> Delivery | None:
        """One piece of it."""
        row = REFUSAL.row(self._link, {"bot": bot_id, "sought": mail_id})
        return refusal(row) if row else None

    def resend(self, bot_id: int, mail_id: int, now: datetime) -> bool:
        """Puts refused mail into the outbox once more, unless newer mail came to the same message."""
        found = self.refusal(bot_id, mail_id)
        if found is None or self._undoes_newer(found.outgoing):
            return False
        if RESENT.change(self._link, {"bot": bot_id, "sought": mail_id, "now": now}) != 1:
            return False  # somebody else was quicker
        FORGET_FILE.change(self._link, {"sought": mail_id})
        self.put(replace(found.outgoing, attempts=0, not_before=None, since=now))
        return True

    def drop(self, bot_id: int, mail_id: int) -> bool:
        """Forgets refused mail; False if it is not there."""
        return DROP.change(self._link, {"bot": bot_id, "sought": mail_id}) == 1

    def _undoes_newer(self, mail: Outgoing) -> bool:
        wanted = {"after": mail.id, "bot": mail.bot_id, "chat": mail.chat_id, "sought": mail.key}
        return bool(mail.key) and NEWER.row(self._link, wanted) is not None


def refusal(row: Sequence[Any]) -> Delivery:
    """A row of `REFUSALS`."""
    return Delivery(outgoing=OUTGOING.read(row), fate=Fate.REFUSED, why=row[-1])


def settled(delivery: Delivery, now: datetime) -> Values:
    """What `SETTLE` wants of a delivery."""
    return {
        "sought": delivery.outgoing.id,
        "taken": delivery.outgoing.revision,
        "became": delivery.fate,
        "reason": delivery.why,
        "now": now,
    }


def worth_keeping(delivery: Delivery) -> bool:
    """Whether there is a message that a later one may edit."""
    return bool(delivery.outgoing.key) and delivery.message_id is not None


def remembered(delivery: Delivery) -> Values:
    """The row of `messages` that a delivery leaves."""
    mail = delivery.outgoing
    return {
        "bot_id": mail.bot_id,
        "chat_id": mail.chat_id,
        "key": mail.key,
        "message_id": delivery.message_id,
    }
