"""Mail on its way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.mail import Backlog, Delivery, Outgoing


class Outbox(Protocol):
    """Mail on its way, and where delivered messages can be found again."""

    def put(self, outgoing: Outgoing) -> Outgoing:
        """Adds it; an unsent one with the same chat and key is replaced, its place in the line kept. A
        waiting REPOST stays one, the more urgent lane counts, and the rest is as in the newer. Returns it as
        it waits now."""

    def fresh(self) -> tuple[Outgoing, ...] | None:
        """What was put in this transaction, in its order; None if some of it was undone, so that only the
        outbox itself can tell."""

    def announce(self, bot_id: int) -> None:
        """Tells the process that sends for the bot, once this is committed; where that is another one."""

    def waiting(self, bot_id: int, now: datetime, after: int = 0, limit: int = 500) -> tuple[Outgoing, ...]:
        """Unsent mail that may go now, with id > after, by id."""

    def message(self, bot_id: int, chat_id: int, key: str) -> int | None:
        """The Telegram id of a keyed message, if it was sent."""

    def settle(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Records what became of mail. A SENT keyed one remembers its message id. Mail that was
        replaced while it was under way stays waiting in its newer form."""

    def postpone(self, outgoing: Outgoing, until: datetime | None) -> None:
        """Counts a failed attempt and keeps it for later."""

    def forget(self, bot_id: int, chat_id: int, key: str) -> None:
        """The message is gone in Telegram: the next SHOW sends it anew."""

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: its mail, its messages and the estate's staff chat follow."""

    def depth(self, bot_id: int) -> int:
        """How much mail waits."""

    def backlog(self, bot_id: int, now: datetime) -> tuple[Backlog, ...]:
        """How much of each lane waits, and since when."""

    def refused(self, bot_id: int, limit: int = 50) -> tuple[Delivery, ...]:
        """What Telegram refused for good, the latest first."""

    def refused_count(self, bot_id: int) -> int:
        """How much that is."""

    def refusal(self, bot_id: int, mail_id: int) -> Delivery | None:
        """One piece of it."""

    def resend(self, bot_id: int, mail_id: int, now: datetime) -> bool:
        """Puts refused mail into the outbox once more, as new mail; False if it is not there any more, or
        newer mail of the same key came after it, which it would undo."""

    def drop(self, bot_id: int, mail_id: int) -> bool:
        """Forgets refused mail; False if it is not there."""
