"""What waits to be sent, and whose turn it is. Pure: no clock, no Telegram, no storage.

Answers go before cards, cards before broadcasts. Within a lane the chats take turns, so that nobody waits
for a talkative neighbour. New messages of a chat go out one by one, each once the outcome of the last one is
recorded: a kill repeats one of them at most. Edits may overlap, since a repeated one changes nothing.
"""

from bisect import insort
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from bot.recent import Recent
from desk.mail import Lane, Outgoing, Verb

#: a parcel that was never read for sending, only seen in the list
UNREAD: Final = float("-inf")
#: how far an edit may overtake new messages of its chat that have to wait
AHEAD: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A piece of mail in hand, with what its chat looked like when it was read."""

    mail: Outgoing
    #: when it was first seen, and when it was last read; monotonic seconds
    since: float
    read_at: float = UNREAD
    #: the message to be edited, if there is one
    message: int | None = None
    thread: int | None = None

    @property
    def edits(self) -> bool:
        """Whether it changes a message that is there; done twice, that does no harm."""
        verb = self.mail.verb
        return verb is Verb.RETIRE or (verb is Verb.SHOW and self.message is not None)

    @property
    def fixed(self) -> bool:
        """Whether nothing in the storage can change how it is sent: nothing takes its place, nor is there a
        topic to be found."""
        return not self.mail.key and self.mail.queue_id is None


@dataclass(slots=True)
class _Chat:
    """What waits for one chat, by lane and id, and what keeps it waiting."""

    waiting: dict[Lane, list[int]] = field(default_factory=dict)
    under_way: set[int] = field(default_factory=set)
    #: new messages whose outcome is not recorded yet
    unrecorded: int = 0
    #: how many times it was told to wait; while any counts, nothing goes
    holds: int = 0

    @property
    def idle(self) -> bool:
        return not (self.waiting or self.under_way or self.unrecorded or self.holds)

    def add(self, mail: Outgoing) -> None:
        insort(self.waiting.setdefault(mail.lane, []), mail.id)

    def remove(self, mail: Outgoing) -> None:
        ids = self.waiting[mail.lane]
        ids.remove(mail.id)
        if not ids:
            del self.waiting[mail.lane]

    def may_go(self, parcel: Parcel) -> bool:
        """Whether nothing of its own chat stands in its way."""
        if self.holds or parcel.mail.id in self.under_way:
            return False
        return parcel.edits or not (self.under_way or self.unrecorded)


class Lanes:
    """The waiting mail of one bot."""

    def __init__(self) -> None:
        self._chats: dict[int, _Chat] = {}
        #: the chats of each lane in the order of their turns
        self._turns: dict[Lane, OrderedDict[int, None]] = {lane: OrderedDict() for lane in Lane}
        self._waiting: dict[int, Parcel] = {}
        self._under_way: dict[int, Parcel] = {}
        self._recent = Recent()

    def __len__(self) -> int:
        return len(self._waiting) + len(self._under_way)

    @property
    def waits(self) -> bool:
        """Whether anything is not under way yet."""
        return bool(self._waiting)

    def knows(self, mail: Outgoing) -> bool:
        """Whether it is in hand in just this form, or on its way in this form or a newer one."""
        waiting = self._waiting.get(mail.id)
        return (waiting is not None and waiting.mail == mail) or self._recent.has(mail)

    def since(self) -> float | None:
        """When the oldest was first seen."""
        return min((parcel.since for parcel in self._parcels()), default=None)

    def add(self, parcel: Parcel) -> None:
        """Puts it in its chat's line by id; a newer form takes the place of the older."""
        mail = parcel.mail
        if self._recent.has(mail):
            return
        if old := self._waiting.get(mail.id):
            if old.mail.revision > mail.revision:
                return
            self._chat(old.mail.chat_id).remove(old.mail)
            parcel = replace(parcel, since=old.since)
        self._waiting[mail.id] = self._informed(parcel)
        self._chat(mail.chat_id).add(mail)
        self._turns[mail.lane].setdefault(mail.chat_id)

    def has_turns(self, lane: Lane) -> bool:
        """Whether any chat waits for its turn in this lane; it may yet have to give it away."""
        return bool(self._turns[lane])

    def pick(self, lane: Lane) -> Parcel | None:
        """The next in turn: under way from now on, until `returned`, `put_back` or `drop`. A chat that may
        not go gives its turn away, and gets a new one when that changes."""
        turns = self._turns[lane]
        while turns:
            chat_id, _ = turns.popitem(last=False)
            chat = self._chats.get(chat_id)
            parcel = self._first(chat, lane) if chat else None
            if chat and parcel:
                self._take(chat, parcel)
                if lane in chat.waiting:
                    turns[chat_id] = None
                return parcel
        return None

    def put_back(self, parcel: Parcel) -> None:
        """It did not go, and waits again in its place."""
        self._arrived(parcel)
        self._recent.forget(parcel.mail)
        self.add(parcel)
        self._retry(parcel.mail.chat_id)

    def drop(self, parcel: Parcel) -> None:
        """It did not go, and waits no longer."""
        self._arrived(parcel)
        self._recent.forget(parcel.mail)
        self._retry(parcel.mail.chat_id)

    def returned(self, parcel: Parcel, message: int | None) -> None:
        """The call is over, and its outcome has yet to be recorded."""
        chat = self._arrived(parcel)
        if not parcel.edits:
            chat.unrecorded += 1
            self._learn(parcel.mail, message)
        self._retry(parcel.mail.chat_id)

    def recorded(self, parcel: Parcel) -> None:
        """The outcome is in the storage."""
        if not parcel.edits:
            self._chat(parcel.mail.chat_id).unrecorded -= 1
        self._recent.recorded(parcel.mail)
        self._retry(parcel.mail.chat_id)

    def unread(self, chat: int) -> None:
        """Something about the chat has changed: what is in hand for it is read again before it goes."""
        self._recent.lose(chat)
        for mail_id in self._ids(chat):
            self._waiting[mail_id] = replace(self._waiting[mail_id], read_at=UNREAD)

    def distrust(self) -> None:
        """Others may have sent meanwhile: everything in hand is read again before it goes."""
        for chat in self._chats:
            self.unread(chat)

    def hold(self, chat: int) -> None:
        """Nothing goes to the chat until as many `release`s."""
        self._chat(chat).holds += 1

    def release(self, chat: int) -> None:
        """The chat may have its next turn."""
        self._chat(chat).holds -= 1
        self._retry(chat)

    # ── parts ────────────────────────────────────────────────────────────────────────────────────

    def _chat(self, chat: int) -> _Chat:
        return self._chats.setdefault(chat, _Chat())

    def _ids(self, chat: int) -> list[int]:
        found = self._chats.get(chat)
        return [mail_id for ids in found.waiting.values() for mail_id in ids] if found else []

    def _informed(self, parcel: Parcel) -> Parcel:
        """With the message that was sent a moment ago, which the storage may not know yet."""
        message = self._recent.message(parcel.mail)
        if message is None:
            return parcel
        return replace(parcel, message=message, read_at=self._read_at(parcel))

    def _read_at(self, parcel: Parcel) -> float:
        """A REPOST is read again if its mail was sent in an older form: it may have had its new message by
        that, which only the storage can say."""
        outdated = parcel.mail.verb is Verb.REPOST and self._recent.older(parcel.mail)
        return UNREAD if outdated else parcel.read_at

    def _learn(self, mail: Outgoing, message: int | None) -> None:
        """What waits for the same message will change this one. Whether a REPOST has had its new message is
        the storage's to say."""
        if not mail.key or message is None:
            return
        self._recent.sent(mail, message)
        for mail_id in self._ids(mail.chat_id):
            waiting = self._waiting[mail_id]
            if waiting.mail.key == mail.key:
                read_at = UNREAD if waiting.mail.verb is Verb.REPOST else waiting.read_at
                self._waiting[mail_id] = replace(waiting, message=message, read_at=read_at)

    def _first(self, chat: _Chat, lane: Lane) -> Parcel | None:
        ids = islice(chat.waiting.get(lane, ()), AHEAD)
        parcels = (self._waiting[mail_id] for mail_id in ids)
        return next((parcel for parcel in parcels if chat.may_go(parcel)), None)

    def _take(self, chat: _Chat, parcel: Parcel) -> None:
        del self._waiting[parcel.mail.id]
        chat.remove(parcel.mail)
        chat.under_way.add(parcel.mail.id)
        self._under_way[parcel.mail.id] = parcel
        self._recent.began(parcel.mail)

    def _arrived(self, parcel: Parcel) -> _Chat:
        chat = self._chat(parcel.mail.chat_id)
        chat.under_way.discard(parcel.mail.id)
        self._under_way.pop(parcel.mail.id, None)
        return chat

    def _retry(self, chat_id: int) -> None:
        """The chat gets a turn in each lane that it has mail in."""
        chat = self._chat(chat_id)
        for lane in chat.waiting:
            self._turns[lane].setdefault(chat_id)
        if chat.idle:
            del self._chats[chat_id]

    def _parcels(self) -> Iterator[Parcel]:
        yield from self._waiting.values()
        yield from self._under_way.values()
