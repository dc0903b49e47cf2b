"""Updates that were set aside, in SQL. One that was taken in since, delivered again, is none any more."""

from datetime import datetime

from sqlalchemy import and_, bindparam, delete, exists, func, select, update

from dialogs.engine.runs import DeadLetter
from storage.link import Link
from storage.prepared import Prepared
from storage.rows import Shape
from storage.tables import ASKED, DEAD, dead_letters, updates

LETTER = Shape(DeadLetter, dead_letters)

OF_BOT = dead_letters.c.bot_id == bindparam("bot")
SOUGHT = and_(OF_BOT, dead_letters.c.update_id == bindparam("sought"))
TAKEN_SINCE = exists().where(
    updates.c.bot_id == dead_letters.c.bot_id, updates.c.update_id == dead_letters.c.update_id
)

WAITING = Prepared(
    select(*LETTER.columns)
    .where(OF_BOT, DEAD, ~TAKEN_SINCE)
    .order_by(dead_letters.c.update_id)
    .limit(bindparam("most"))
)
COUNT = Prepared(select(func.count()).select_from(dead_letters).where(OF_BOT, DEAD, ~TAKEN_SINCE))
GET = Prepared(select(*LETTER.columns).where(SOUGHT, DEAD))
ASK = Prepared(update(dead_letters).where(SOUGHT, DEAD).values(asked_at=bindparam("now")))
TO_TRY = Prepared(
    select(*LETTER.columns).where(OF_BOT, ASKED).order_by(dead_letters.c.asked_at).limit(bindparam("most"))
)
DROP = Prepared(delete(dead_letters).where(SOUGHT))


class SqlDeadLetters:
    """`dialogs.engine.runs.DeadLetters` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def waiting(self, bot_id: int, limit: int = 50) -> tuple[DeadLetter, ...]:
        """Those of a bot, by update id."""
        return LETTER.all(WAITING.rows(self._link, {"bot": bot_id, "most": limit}))

    def count(self, bot_id: int) -> int:
        """How many they are."""
        count: int = COUNT.value(self._link, {"bot": bot_id})
        return count

    def get(self, bot_id: int, update_id: int) -> DeadLetter | None:
        """The letter of one update."""
        return LETTER.maybe(GET.row(self._link, {"bot": bot_id, "sought": update_id}))

    def ask(self, bot_id: int, update_id: int, now: datetime) -> bool:
        """Has it tried again by the process at work; False if it is not there."""
        return ASK.change(self._link, {"bot": bot_id, "sought": update_id, "now": now}) == 1

    def asked(self, bot_id: int, limit: int = 10) -> tuple[DeadLetter, ...]:
        """Those that are to be tried again, the longest asked for first."""
        return LETTER.all(TO_TRY.rows(self._link, {"bot": bot_id, "most": limit}))

    def drop(self, bot_id: int, update_id: int) -> bool:
        """Forgets it; False if it is not there, as somebody else was quicker."""
        return DROP.change(self._link, {"bot": bot_id, "sought": update_id}) == 1
