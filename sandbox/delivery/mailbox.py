"""The updates that a bot has not confirmed yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from sandbox.clock import Clock
from sandbox.records import Json

#: Kinds that come only when `allowed_updates` names them.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

#: Messages are kept for a day, taps for 150 seconds.
DAY, TAP_LIFE = 86400.0, 150.0


#: Which updates a webhook must get in order: those of one chat and topic, or one person's taps.
Lane = tuple[str, int, int]


@dataclass(frozen=True, kw_only=True)
class Update:
    """One update in its mailbox."""

    id: int
    kind: str
    body: Json
    lane: Lane
    expires: float
    #: More than one where a fault asks for a double delivery.
    copies: int = 1
    #: By how many seconds others may overtake it.
    late: float = 0.0

    def wire(self) -> Json:
        """The update as the bot gets it."""
        return {"update_id": self.id, self.kind: self.body}


class Mailbox:
    """Counts update ids from 1 and drops what the bot did not ask for or fetched too late."""

    def __init__(self, clock: Clock, touched: Callable[[], None]) -> None:
        self._clock = clock
        self._touched = touched
        self._pending: dict[int, Update] = {}
        self._soonest = 0.0
        self._last_id = 0
        #: Empty means all kinds but those that come on request only.
        self.allowed: frozenset[str] = frozenset()
        #: Called with every update that arrives.
        self.readers: list[Callable[[Update], None]] = []

    def wants(self, kind: str) -> bool:
        """Whether an update of this kind is kept at all."""
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Take over `allowed_updates`; None leaves it as it was, an empty list is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def add(self, kind: str, body: Json, lane: Lane, *, copies: int = 1, late: float = 0.0) -> None:
        """Keep an update for the bot."""
        self._last_id += 1
        expires = self._clock.now() + (TAP_LIFE if kind == "callback_query" else DAY)
        update = Update(
            id=self._last_id, kind=kind, body=body, lane=lane, expires=expires, copies=copies, late=late
        )
        self._soonest = min(self._soonest, expires) if self._pending else expires
        self._pending[update.id] = update
        for reader in list(self.readers):
            reader(update)
        self._touched()

    def waiting(self) -> list[Update]:
        """What is to be delivered, oldest first."""
        now = self._clock.now()
        if self._pending and self._soonest <= now:
            self._keep(update for update in self._pending.values() if update.expires > now)
            self._soonest = min((update.expires for update in self._pending.values()), default=0.0)
        return list(self._pending.values())

    def holds(self, update: Update) -> bool:
        """Whether an update still waits, and is not too old."""
        return update.id in self._pending and update.expires > self._clock.now()

    def confirm(self, offset: int) -> None:
        """Forget everything below the offset; a negative one keeps the newest so many.

        An offset that was never given out is a bot's memory of the world before a reset.
        """
        if offset < 0:
            offset = next(islice(reversed(self._pending), -offset - 1, None), 0)
        if 0 < offset <= self._last_id + 1 and self._pending:
            self._keep(update for update in self._pending.values() if update.id >= offset)
            self._touched()

    def remove(self, update: Update) -> None:
        """Forget one update that the webhook took."""
        self._pending.pop(update.id, None)
        self._touched()

    def clear(self) -> None:
        """`drop_pending_updates`."""
        self._pending = {}
        self._touched()

    def _keep(self, updates: Iterable[Update]) -> None:
        self._pending = {update.id: update for update in updates}
