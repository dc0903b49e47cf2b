"""What the end of a call means for the mail: settled or tried again, and what has to be written down."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeAlias

from bot import topics
from bot.faces import base
from bot.lanes import Parcel
from desk.mail import Delivery, Fate, Lane, Outgoing, Verb
from desk.ports import Work

#: something to be written in the transaction that records the outcome
Note: TypeAlias = Callable[[Work], None]

LONGEST_BACKOFF: Final = 60.0
#: a day of trying: 1, 2, 4 … 60 seconds, and then a minute each
LAST_ATTEMPT: Final = 24 * 60 + 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one call ended."""

    parcel: Parcel
    #: either what became of it …
    delivery: Delivery | None = None
    #: … or what is still to be tried
    again: Outgoing | None = None
    #: for how many seconds its chat is left alone
    rest: float = 0.0
    #: what the storage has to know before anything else goes to the chat
    note: Note | None = None
    #: mail that follows from it
    after: Outgoing | None = None

    @property
    def holds(self) -> bool:
        """Whether the chat waits until this is recorded, since it is not as it was when the mail was read."""
        return self.again is not None or self.note is not None

    @property
    def message(self) -> int | None:
        """The message that came of it."""
        return self.delivery.message_id if self.delivery else None


def judge(parcel: Parcel, outcome: base.Outcome, now: datetime) -> Verdict:
    """The one place where Telegram's outcomes are decided upon."""
    match outcome:
        case base.Sent():
            return _sent(parcel, outcome.id)
        case base.Ok() | base.Fetched():
            return _settled(parcel, Fate.SENT, message=parcel.message)
        case base.Blocked():
            return _settled(
                parcel, Fate.BLOCKED, outcome.why, note=partial(_mark_blocked, parcel.mail.chat_id)
            )
        case base.Denied():
            return _denied(parcel, outcome.why)
        case base.Unreachable():
            return _unreachable(parcel, outcome.why, now)
        case _:
            return _moved_on(parcel, outcome)


def _moved_on(
    parcel: Parcel, outcome: base.Flood | base.Migrated | base.MessageGone | base.TopicGone
) -> Verdict:
    """The chat is not as it was when the mail was read: written down, read anew, and tried again."""
    mail = parcel.mail
    match outcome:
        case base.Flood():
            return _again(parcel, rest=outcome.seconds)
        case base.Migrated():
            return _migrated(parcel, outcome.to)
        case base.MessageGone() if mail.verb is Verb.RETIRE:
            return _settled(parcel, Fate.SENT)
        case base.MessageGone():
            return _again(parcel, note=lambda work: work.outbox.forget(mail.bot_id, mail.chat_id, mail.key))
        case base.TopicGone():
            if mail.queue_id is None or parcel.thread is None:
                return _settled(parcel, Fate.REFUSED, "no such topic")
            return _again(parcel, note=partial(topics.lose, queue_id=mail.queue_id, thread=parcel.thread))


def _migrated(parcel: Parcel, new: int) -> Verdict:
    old = parcel.mail.chat_id
    moved = replace(parcel.mail, chat_id=new)
    return Verdict(parcel=parcel, again=moved, note=lambda work: work.outbox.move_chat(old, new))


def _sent(parcel: Parcel, message: int) -> Verdict:
    mail = parcel.mail
    if mail.verb is Verb.TOPIC:
        return _settled(parcel, Fate.SENT, note=partial(topics.keep, mail=mail, thread=message))
    return replace(_settled(parcel, Fate.SENT, message=message), after=_retiring(parcel))


def _retiring(parcel: Parcel) -> Outgoing | None:
    """What was posted anew leaves an old message behind, whose buttons would still look alive."""
    mail, old = parcel.mail, parcel.message
    if mail.verb is not Verb.REPOST or old is None:
        return None
    return Outgoing(
        bot_id=mail.bot_id,
        chat_id=mail.chat_id,
        lane=Lane.CARD,
        verb=Verb.RETIRE,
        key=f"retired/{old}",
        payload={"message": old},
    )


def _denied(parcel: Parcel, why: str) -> Verdict:
    """A bot without the right to make topics works in the group itself."""
    mail = parcel.mail
    note = partial(topics.do_without, mail=mail, why=why) if mail.verb is Verb.TOPIC else None
    return _settled(parcel, Fate.REFUSED, why, note=note)


def _unreachable(parcel: Parcel, why: str, now: datetime) -> Verdict:
    attempts = parcel.mail.attempts
    if attempts >= LAST_ATTEMPT:
        return _settled(parcel, Fate.REFUSED, why)
    rest = min(2.0**attempts, LONGEST_BACKOFF) if attempts < 10 else LONGEST_BACKOFF
    until = now + timedelta(seconds=rest)
    # The chat rests a hair longer, so that the storage finds the mail due.
    return _again(parcel, rest=rest + 0.01, note=partial(_postpone, parcel.mail, until))


def _settled(
    parcel: Parcel, fate: Fate, why: str = "", *, message: int | None = None, note: Note | None = None
) -> Verdict:
    delivery = Delivery(outgoing=parcel.mail, fate=fate, message_id=message, why=why)
    return Verdict(parcel=parcel, delivery=delivery, note=note)


def _again(parcel: Parcel, *, rest: float = 0.0, note: Note | None = None) -> Verdict:
    return Verdict(parcel=parcel, again=parcel.mail, rest=rest, note=note)


def _postpone(mail: Outgoing, until: datetime, work: Work) -> None:
    work.outbox.postpone(mail, until)


def _mark_blocked(chat: int, work: Work) -> None:
    """A private chat has its person's id; a group that put the bot out has nobody to mark."""
    person = work.people.by_telegram(chat) if chat > 0 else None
    if person and not person.blocked:
        work.people.save(replace(person, blocked=True))
