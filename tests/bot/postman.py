"""Who carries the mail to a Telegram of lists, and refuses what the real one would refuse."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from bot import topics
from bot.faces.base import Invoice
from bot.mail import File, Wanted, letter, wanted_from
from bot.session import Session
from desk.mail import Delivery, Fate, Outgoing, Verb
from desk.records import Json, Media
from sandbox.entities import parse_html

#: mail that waits for the rest of an album goes out all the same
SOON = timedelta(seconds=5)
LONGEST_TEXT, LONGEST_DATA, LONGEST_ALBUM = 4096, 64, 10


@dataclass(frozen=True)
class Post:
    """One message as it stands in a chat."""

    id: int
    key: str
    html: str
    text: str
    #: label and data (or link) of each button
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    media: tuple[Media, ...] = ()
    picture: Mapping[str, Json] | None = None
    file: File | None = None
    invoice: Invoice | None = None
    thread: int | None = None

    def asks(self, question: str) -> bool:
        """Whether it asks this question of a conversation."""
        return any(f":{question}:" in data for row in self.rows for _label, data in row)

    @property
    def labels(self) -> list[str]:
        """What its buttons say."""
        return [label for row in self.rows for label, _data in row]


@dataclass
class Postman:
    """Delivers at once, and remembers."""

    bot_id: int
    #: files that were asked for; nobody downloads them here
    fetched: list[Wanted] = field(default_factory=list)
    chats: dict[int, list[Post]] = field(default_factory=lambda: defaultdict(list))
    _ids: "count[int]" = field(default_factory=lambda: count(1))
    _news: dict[int, list[Post]] = field(default_factory=lambda: defaultdict(list))

    def deliver(self, work: Session, now: datetime) -> None:
        """Everything that waits, in its order; topics first, as cards wait for theirs."""
        waiting = work.outbox.waiting(self.bot_id, now + SOON)
        for mail in sorted(waiting, key=lambda one: one.verb is not Verb.TOPIC):
            number = self._carry(work, mail)
            work.outbox.settle([Delivery(outgoing=mail, fate=Fate.SENT, message_id=number)], now)

    def _carry(self, work: Session, mail: Outgoing) -> int:
        number = next(self._ids)
        if mail.verb is Verb.TOPIC:
            topics.keep(work, mail=mail, thread=number)
            return number
        if mail.verb is Verb.FETCH:
            self.fetched.append(wanted_from(mail.payload))
            return number
        post = written(mail, number, self._thread(work, mail))
        known = work.outbox.message(mail.bot_id, mail.chat_id, mail.key) if mail.key else None
        chat = self.chats[mail.chat_id]
        at = next((place for place, one in enumerate(chat) if one.id == known), None)
        if mail.verb is Verb.SHOW and at is not None:
            chat[at] = post = replace(post, id=chat[at].id, thread=chat[at].thread)
        else:
            chat.append(post)
        self._news[mail.chat_id].append(post)
        return post.id

    @staticmethod
    def _thread(work: Session, mail: Outgoing) -> int | None:
        return work.estates.queue(mail.queue_id).topic if mail.queue_id else None

    def chat(self, chat: int) -> list[Post]:
        """All messages of a chat."""
        return self.chats[chat]

    def news(self, chat: int) -> str:
        """The words that came since this was last asked."""
        return "\n".join(post.text for post in self._news.pop(chat, []))

    def button(self, chat: int, label: str) -> str:
        """The data of the newest button whose label has this part."""
        return self._newest(chat, lambda shown, _data: label in shown, label)

    def data(self, chat: int, end: str) -> str:
        """The newest button data that end so."""
        return self._newest(chat, lambda _shown, data: data.endswith(end), end)

    def _newest(self, chat: int, fits: Callable[[str, str], bool], sought: str) -> str:
        for post in reversed(self.chats[chat]):
            for row in post.rows:
                for shown, data in row:
                    if fits(shown, data):
                        return data
        raise AssertionError(f"no button {sought!r}: {[post.labels for post in self.chats[chat]]}")


def written(mail: Outgoing, number: int, thread: int | None) -> Post:
    """A piece of mail as it arrives; fails where Telegram would refuse it."""
    read = letter(mail.payload)
    text, _entities = parse_html(read.html)
    beside = read.picture or read.file
    assert text.strip() or read.media or beside or read.invoice, f"an empty message: {mail}"
    assert len(text) <= (1024 if beside else LONGEST_TEXT), f"too long: {text[:200]}…"
    assert len(read.media) <= LONGEST_ALBUM
    rows = tuple(tuple((one.label, one.url or one.copy or one.data) for one in row) for row in read.rows)
    for row in read.rows:
        for button in row:
            assert button.label.strip(), "a button without a word"
            assert button.url or button.copy or 1 <= len(button.data.encode()) <= LONGEST_DATA, button.data
    return Post(
        id=number,
        key=mail.key,
        html=read.html,
        text=text,
        rows=rows,
        media=read.media,
        picture=read.picture,
        file=read.file,
        invoice=read.invoice,
        thread=thread,
    )
