"""What one short look into the database tells an operator, however much is stored there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.session import Session
from desk.mail import Backlog, Lane
from desk.records import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """How things stood at one moment, for one bot."""

    at: datetime
    backlog: tuple[Backlog, ...]
    #: timers that are due, and by how many seconds the earliest is late
    overdue: int
    late: float
    #: open requests of all estates
    open: Mapping[State, int]
    updates_set_aside: int
    mail_refused: int

    @property
    def depth(self) -> int:
        """How much mail waits."""
        return sum(one.depth for one in self.backlog)

    def age(self, lane: Lane) -> float:
        """For how many seconds the oldest mail of a lane has been waiting; 0 where none may go."""
        since = next((one.since for one in self.backlog if one.lane is lane), None)
        return max((self.at - since).total_seconds(), 0.0) if since else 0.0


def look(work: Session, bot_id: int, now: datetime) -> Snapshot:
    """Reads by index only: in a transaction of its own, it holds nobody up."""
    due = work.timers.next_due() or now
    return Snapshot(
        at=now,
        backlog=work.outbox.backlog(bot_id, now),
        overdue=work.timers.overdue(now),
        late=max((now - due).total_seconds(), 0.0),
        open=work.requests.open_by_state(),
        updates_set_aside=work.dead_letters.count(bot_id),
        mail_refused=work.outbox.refused_count(bot_id),
    )
