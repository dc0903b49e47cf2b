"""Mail on its way, and where delivered messages can be found again; in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk.mail import Backlog, Delivery, Fate, Lane, Outgoing, Verb
from desk.records import Estate
from storage.memory.shelves import Room, Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Unsent mail, and the revision that last asked for a new message."""

    outgoing: Outgoing
    reposted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of mail, and when."""

    delivery: Delivery
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Where a keyed message is in Telegram."""

    bot_id: int
    chat_id: int
    key: str
    message_id: int


def without_file(delivery: Delivery) -> Delivery:
    """Refused mail is kept whole: an operator may send it once more."""
    if delivery.fate is Fate.REFUSED or not delivery.outgoing.carries_file:
        return delivery
    return replace(delivery, outgoing=replace(delivery.outgoing, payload={}))


class MemoryOutbox:
    """`desk.ports.Outbox` in memory."""

    def __init__(self, room: Room) -> None:
        place = ["outgoing.bot_id", "outgoing.chat_id", "outgoing.key"]
        self._waiting = Shelf(room, "outbox", Waiting, place)
        self._settled = Shelf(room, "settled", Settled)
        self._messages = Shelf(room, "messages", Message, ["chat_id"])
        self._estates = Shelf(room, "estates", Estate, ["name"])
        self._room = room
        self._fresh: list[Outgoing] = []

    def put(self, outgoing: Outgoing) -> Outgoing:
        """Adds it; an unsent one with the same chat and key is replaced, its place in the line kept."""
        before = self._same(outgoing.bot_id, outgoing.chat_id, outgoing.key)
        kept = self._added(outgoing) if before is None else replaced(before, outgoing)
        self._waiting.put(kept.outgoing.id, kept)
        self._fresh.append(kept.outgoing)
        return kept.outgoing

    def fresh(self) -> tuple[Outgoing, ...] | None:
        """What was put in this transaction; None if some of it was undone."""
        return None if self._room.undone else tuple(self._fresh)

    def announce(self, bot_id: int) -> None:
        """There is no other process."""

    def waiting(self, bot_id: int, now: datetime, after: int = 0, limit: int = 500) -> tuple[Outgoing, ...]:
        """Unsent mail that may go now, with id > after, by id."""
        mail = [kept.outgoing for kept in self._of(bot_id) if kept.outgoing.id > after]
        ready = [one for one in mail if one.may_go(now)]
        return tuple(sorted(ready, key=lambda one: one.id)[:limit])

    def message(self, bot_id: int, chat_id: int, key: str) -> int | None:
        """The Telegram id of a keyed message, if it was sent."""
        message = self._messages.get((bot_id, chat_id, key))
        return message.message_id if message else None

    def settle(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Records what became of mail, in one batch."""
        for delivery in deliveries:
            self._remember(delivery)
            self._settle(delivery, now)

    def postpone(self, outgoing: Outgoing, until: datetime | None) -> None:
        """Counts a failed attempt and keeps it for later, unless a newer form waits already."""
        kept = self._waiting.get(outgoing.id)
        if kept is None or kept.outgoing.revision != outgoing.revision:
            return
        later = replace(kept.outgoing, attempts=kept.outgoing.attempts + 1, not_before=until)
        self._waiting.put(later.id, replace(kept, outgoing=later))

    def forget(self, bot_id: int, chat_id: int, key: str) -> None:
        """The message is gone in Telegram: the next SHOW sends it anew."""
        self._messages.remove((bot_id, chat_id, key))

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: its mail, its messages and the estate's staff chat follow."""
        for message in self._messages.where(chat_id=old):
            self.forget(message.bot_id, old, message.key)
            if self.message(message.bot_id, new, message.key) is None:
                self._note(replace(message, chat_id=new))
        for kept in self._waiting.where(**{"outgoing.chat_id": old}):
            self._move(kept, new)
        for estate in self._estates.all():
            if estate.staff_chat == old:
                self._estates.put(estate.id, replace(estate, staff_chat=new))

    def depth(self, bot_id: int) -> int:
        """How much mail waits."""
        return len(self._of(bot_id))

    def refused(self, bot_id: int, limit: int = 50) -> tuple[Delivery, ...]:
        """What Telegram refused for good, the latest first."""
        settled = [kept.delivery for kept in self._settled.all()]
        found = [one for one in settled if one.fate is Fate.REFUSED and one.outgoing.bot_id == bot_id]
        return tuple(sorted(found, key=lambda one: -one.outgoing.id)[:limit])

    def backlog(self, bot_id: int, now: datetime) -> tuple[Backlog, ...]:
        """How much of each lane waits, and since when."""
        mail = [kept.outgoing for kept in self._of(bot_id)]
        return tuple(backlog(lane, [one for one in mail if one.lane is lane], now) for lane in Lane)

    def refused_count(self, bot_id: int) -> int:
        """How much Telegram refused for good."""
        return len(self.refused(bot_id, limit=len(self._settled.all())))

    def refusal(self, bot_id: int, mail_id: int) -> Delivery | None:
        """One piece of it."""
        kept = self._settled.get(mail_id)
        found = kept.delivery if kept else None
        return found if found and found.fate is Fate.REFUSED and found.outgoing.bot_id == bot_id else None

    def resend(self, bot_id: int, mail_id: int, now: datetime) -> bool:
        """Puts refused mail into the outbox once more, unless newer mail came to the same message."""
        found = self.refusal(bot_id, mail_id)
        if found is None or self._undoes_newer(found.outgoing):
            return False
        self._settled.put(mail_id, Settled(delivery=without_file(replace(found, fate=Fate.REPLACED)), at=now))
        self.put(replace(found.outgoing, attempts=0, not_before=None, since=now))
        return True

    def drop(self, bot_id: int, mail_id: int) -> bool:
        """Forgets refused mail; False if it is not there."""
        there = self.refusal(bot_id, mail_id) is not None
        if there:
            self._settled.remove(mail_id)
        return there

    def _undoes_newer(self, mail: Outgoing) -> bool:
        known = [kept.outgoing for kept in self._waiting.all()]
        known += [kept.delivery.outgoing for kept in self._settled.all()]
        same = [one for one in known if (one.bot_id, one.chat_id) == (mail.bot_id, mail.chat_id)]
        return bool(mail.key) and any(one.key == mail.key and one.id > mail.id for one in same)

    def sweep(self, before: datetime, limit: int) -> int:
        """Forgets mail that was settled before then."""
        return self._settled.sweep(lambda kept: kept.at < before, limit)

    def _of(self, bot_id: int) -> list[Waiting]:
        return self._waiting.where(**{"outgoing.bot_id": bot_id})

    def _same(self, bot_id: int, chat_id: int, key: str) -> Waiting | None:
        place = {"outgoing.bot_id": bot_id, "outgoing.chat_id": chat_id, "outgoing.key": key}
        return next(iter(self._waiting.where(**place)), None) if key else None

    def _added(self, outgoing: Outgoing) -> Waiting:
        reposted = 1 if outgoing.verb is Verb.REPOST else 0
        numbered = replace(outgoing, id=self._waiting.next_id(), revision=1)
        return Waiting(outgoing=numbered, reposted=reposted)

    def _remember(self, delivery: Delivery) -> None:
        mail, number = delivery.outgoing, delivery.message_id
        if delivery.fate is Fate.SENT and mail.key and number is not None:
            self._note(Message(bot_id=mail.bot_id, chat_id=mail.chat_id, key=mail.key, message_id=number))

    def _note(self, message: Message) -> None:
        self._messages.put((message.bot_id, message.chat_id, message.key), message)

    def _settle(self, delivery: Delivery, now: datetime) -> None:
        mail = delivery.outgoing
        kept = self._waiting.get(mail.id)
        if kept is None:
            return
        if kept.outgoing.revision == mail.revision:
            self._waiting.remove(mail.id)
            plain = replace(delivery, outgoing=kept.outgoing, message_id=None)
            self._settled.put(mail.id, Settled(delivery=without_file(plain), at=now))
        elif delivery.fate is Fate.SENT and kept.reposted <= mail.revision:
            self._calm(kept)

    def _calm(self, kept: Waiting) -> None:
        """The new message that a REPOST asked for is out: what replaced it meanwhile edits that one."""
        if kept.outgoing.verb is Verb.REPOST:
            mail = replace(kept.outgoing, verb=Verb.SHOW)
            self._waiting.put(mail.id, replace(kept, outgoing=mail))

    def _move(self, kept: Waiting, new: int) -> None:
        mail = replace(kept.outgoing, chat_id=new)
        if self._same(mail.bot_id, new, mail.key):
            self._waiting.remove(mail.id)
        else:
            self._waiting.put(mail.id, replace(kept, outgoing=mail))


def replaced(before: Waiting, outgoing: Outgoing) -> Waiting:
    """Waiting mail in its newer form."""
    old = before.outgoing
    again = outgoing.verb is Verb.REPOST
    verb = Verb.REPOST if old.verb is Verb.REPOST else outgoing.verb
    lane = min(old.lane, outgoing.lane)
    revision = old.revision + 1
    newer = replace(outgoing, id=old.id, verb=verb, lane=lane, revision=revision, since=old.since)
    return Waiting(outgoing=newer, reposted=revision if again else before.reposted)


def backlog(lane: Lane, mail: Sequence[Outgoing], now: datetime) -> Backlog:
    """What waits in one lane."""
    since = [waits_since(one) for one in mail if may_go(one, now)]
    return Backlog(lane=lane, depth=len(mail), since=min((at for at in since if at), default=None))


def may_go(mail: Outgoing, now: datetime) -> bool:
    """Whether it would be sent now, or was tried in vain."""
    return mail.not_before is None or mail.attempts > 0 or mail.not_before <= now


def waits_since(mail: Outgoing) -> datetime | None:
    """Mail that was put off counts from when it may go."""
    put_off = mail.attempts == 0 and mail.since and mail.not_before and mail.not_before > mail.since
    return mail.not_before if put_off else mail.since
