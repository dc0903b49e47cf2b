"""What waits to be sent, and whose turn it is. Pure: no clock, no Telegram, no storage.

Answers go before cards, cards before broadcasts. Within a lane the chats take turns, so that nobody waits
for a talkative neighbour. A chat has one piece of mail under way at a time, which keeps its order.
"""

from bisect import insort
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from desk.mail import Lane, Outgoing

#: a parcel that was never read for sending, only seen in the list
UNREAD = float("-inf")


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
    #: what has been sent of it already: an album may take several calls
    sent: tuple[int, ...] = ()


@dataclass(slots=True)
class _Line:
    """One lane: the mail of each chat by id, and the chats in the order of their turns."""

    chats: dict[int, list[int]] = field(default_factory=dict)
    turns: OrderedDict[int, None] = field(default_factory=OrderedDict)

    def add(self, chat: int, mail_id: int) -> None:
        self.turns.setdefault(chat)
        insort(self.chats.setdefault(chat, []), mail_id)

    def remove(self, chat: int, mail_id: int) -> None:
        ids = self.chats[chat]
        ids.remove(mail_id)
        if not ids:
            del self.chats[chat]


class Lanes:
    """The waiting mail of one bot."""

    def __init__(self) -> None:
        self._lines = {lane: _Line() for lane in Lane}
        self._waiting: dict[int, Parcel] = {}
        self._under_way: dict[int, Parcel] = {}
        self._held: set[int] = set()

    def __len__(self) -> int:
        return len(self._waiting) + len(self._under_way)

    def knows(self, mail: Outgoing) -> bool:
        """Whether it is in hand in just this form, or under way: what replaces that comes after it."""
        waiting = self._waiting.get(mail.id)
        return mail.id in self._under_way or (waiting is not None and waiting.mail == mail)

    def since(self) -> float | None:
        """When the oldest was first seen."""
        return min((parcel.since for parcel in self._parcels()), default=None)

    def add(self, parcel: Parcel) -> None:
        """Puts it in its chat's line by id; a newer form takes the place of the older."""
        mail = parcel.mail
        if mail.id in self._under_way:
            return
        if old := self._waiting.get(mail.id):
            self._lines[old.mail.lane].remove(old.mail.chat_id, mail.id)
            same = parcel.mail.revision == old.mail.revision
            parcel = replace(parcel, since=old.since, sent=old.sent if same else parcel.sent)
        self._waiting[mail.id] = parcel
        self._lines[mail.lane].add(mail.chat_id, mail.id)

    def pick(self, lanes: Iterable[Lane] = tuple(Lane)) -> Parcel | None:
        """The next in turn in these lanes; its chat is held until `release`."""
        return next((parcel for lane in lanes if (parcel := self._next(self._lines[lane]))), None)

    def unread(self, chat: int) -> None:
        """Something about the chat has changed: what is in hand for it is read again before it goes."""
        for line in self._lines.values():
            for mail_id in line.chats.get(chat, ()):
                self._waiting[mail_id] = replace(self._waiting[mail_id], read_at=UNREAD)

    def done(self, parcel: Parcel) -> None:
        """It is no longer under way. Its chat is still held."""
        self._under_way.pop(parcel.mail.id, None)

    def release(self, chat: int) -> None:
        """The chat may have its next turn."""
        self._held.discard(chat)
        for line in self._lines.values():
            if chat in line.chats:
                line.turns.setdefault(chat)

    def _next(self, line: _Line) -> Parcel | None:
        """A chat that is held gives its turn away, and gets a new one with `release`."""
        while line.turns:
            chat, _ = line.turns.popitem(last=False)
            if chat not in self._held and chat in line.chats:
                return self._take(line, chat)
        return None

    def _take(self, line: _Line, chat: int) -> Parcel:
        parcel = self._waiting.pop(line.chats[chat][0])
        line.remove(chat, parcel.mail.id)
        self._under_way[parcel.mail.id] = parcel
        self._held.add(chat)
        return parcel

    def _parcels(self) -> Iterator[Parcel]:
        yield from self._waiting.values()
        yield from self._under_way.values()
