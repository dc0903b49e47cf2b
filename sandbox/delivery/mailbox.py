"""The updates that a bot has not confirmed yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.records import Json

#: Kinds that come only when `allowed_updates` names them.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

#: Messages are kept for a day, taps for 150 seconds.
DAY, TAP_LIFE = 86400.0, 150.0


@dataclass(frozen=True, kw_only=True)
class Update:
    """One update in its mailbox. `lane` says which updates must stay in order in a webhook."""

    id: int
    kind: str
    body: Json
    lane: tuple[str, int, int]
    expires: float
    #: More than one where a fault asks for a double delivery.
    copies: int = 1

    def wire(self) -> Json:
        """The update as the bot gets it."""
        return {"update_id": self.id, self.kind: self.body}


@dataclass
class Mailbox:
    """Counts update ids from 1 and drops what the bot did not ask for or fetched too late."""

    clock: Clock
    pending: list[Update] = field(default_factory=list)
    #: Empty means all kinds but those that come on request only.
    allowed: frozenset[str] = frozenset()
    last_id: int = 0
    #: Called when something arrives or goes.
    listeners: list[Callable[[], None]] = field(default_factory=list)

    def wants(self, kind: str) -> bool:
        """Whether an update of this kind is kept at all."""
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Take over `allowed_updates`; None leaves it as it was, an empty list is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def add(self, kind: str, body: Json, lane: tuple[str, int, int], copies: int = 1) -> None:
        """Keep an update for the bot."""
        if not self.wants(kind):
            return
        self.last_id += 1
        life = TAP_LIFE if kind == "callback_query" else DAY
        expires = self.clock.now() + life
        update = Update(id=self.last_id, kind=kind, body=body, lane=lane, expires=expires, copies=copies)
        self.pending.append(update)
        self._changed()

    def waiting(self) -> list[Update]:
        """What is to be delivered, oldest first."""
        now = self.clock.now()
        self.pending = [update for update in self.pending if update.expires > now]
        return self.pending

    def confirm(self, offset: int) -> None:
        """Forget everything below the offset; a negative one keeps the newest so many."""
        if offset < 0:
            offset = self.pending[offset].id if len(self.pending) >= -offset else 0
        if offset > 0:
            self.pending = [update for update in self.pending if update.id >= offset]
            self._changed()

    def remove(self, update: Update) -> None:
        """Forget one update that the webhook took."""
        self.pending = [one for one in self.pending if one.id != update.id]
        self._changed()

    def clear(self) -> None:
        """`drop_pending_updates`."""
        self.pending = []
        self._changed()

    def _changed(self) -> None:
        for listener in self.listeners:
            listener()
