"""Who is here, in which estate, at which moment, over which transaction: what every reaction needs."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot import topics
from bot.faces.base import Button, Invoice, Me, Rows
from bot.holidays import days_of
from bot.mail import File, Letter, Wanted, albums
from bot.session import Session
from desk.mail import Lane, Outgoing, Verb
from desk.records import NOBODY, Estate, Json, Media, Person, Queue, Role, Staff
from desk.view import DeskView
from locales.text import EMPTY, Value
from locales.words import Words, nearest, words

NOTHING: Final[Mapping[str, Json]] = {}
#: where nobody has imported an estate yet
NOWHERE = Estate(id=0, name="Steward", time_zone="UTC")


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment at one estate's desk. Texts become mail here, in each reader's own language."""

    session: Session
    bot: Me
    estate: Estate
    now: datetime

    def view(self, person: Person) -> DeskView:
        """The desk as this person sees it."""
        return DeskView(self.session, person, self.estate, self.now, days_of)

    def reader(self, person: Person) -> Words:
        """The words that a person reads: in the chosen language, else in the one nearest to Telegram's."""
        language = person.language or nearest(person.telegram_language, self.estate.languages)
        return words(language, self.estate.time_zone)

    def house(self) -> Words:
        """The words of the staff group."""
        return words(self.estate.languages[0], self.estate.time_zone)

    def posts(self, person: Person) -> tuple[Staff, ...]:
        """What the person may do here."""
        held = self.session.people.staff_of(person.id, self.now)
        return tuple(post for post in held if post.estate_id == self.estate.id)

    def holds(self, person: Person, roles: Set[Role]) -> bool:
        """Whether the person holds one of these posts here."""
        return any(post.role in roles for post in self.posts(person))

    def resides(self, person: Person) -> bool:
        """Whether the person is linked to a home now, wherever it is."""
        return bool(self.session.people.occupancies(person.id, self.now))

    def people_in(self, *roles: Role) -> tuple[Person, ...]:
        """Everybody who holds one of these posts, each once."""
        held = self.session.people.staff(self.estate.id, self.now)
        ids = dict.fromkeys(post.person_id for post in held if post.role in roles)
        return tuple(self.session.people.get(one) for one in ids)

    def tell(
        self,
        person: Person,
        text: Value,
        rows: "Sequence[Sequence[Tap]]" = (),
        *,
        lane: Lane = Lane.ANSWER,
    ) -> None:
        """Says something to a person, in their language, once."""
        self._put(person.telegram_id, Verb.SAY, "", written(self.reader(person), text, rows), lane=lane)

    def broadcast(self, person: Person, text: Value, media: tuple[Media, ...] = ()) -> None:
        """Says to a person what many are told, when nobody waits for an answer; pictures go before it."""
        for together in albums(media):
            letter = Letter(media=together)
            self._put(person.telegram_id, Verb.ALBUM, "", letter, lane=Lane.BROADCAST)
        self.tell(person, text, lane=Lane.BROADCAST)

    def show(
        self,
        person: Person,
        key: str,
        text: Value,
        rows: "Sequence[Sequence[Tap]]" = (),
        *,
        anew: bool = False,
        not_before: datetime | None = None,
    ) -> None:
        """Makes a person's keyed message look like this; `anew` puts it at the end of the chat."""
        verb = Verb.REPOST if anew else Verb.SHOW
        letter = written(self.reader(person), text, rows)
        self._put(person.telegram_id, verb, key, letter, not_before=not_before)

    def post(
        self, queue: Queue, key: str, text: Value, rows: "Sequence[Sequence[Tap]]" = (), *, anew: bool = False
    ) -> None:
        """Makes a card in the queue's topic look like this, in the group's language."""
        if self.estate.staff_chat is None:
            return
        letter = written(self.house(), text, rows)
        verb = Verb.REPOST if anew else Verb.SHOW
        self._put(self.estate.staff_chat, verb, key, letter, queue=queue, lane=Lane.CARD)

    def say_in_group(self, chat: int, text: Value) -> None:
        """Says something in a staff group, outside every topic."""
        self._put(chat, Verb.SAY, "", written(self.house(), text, ()))

    def album(
        self, media: tuple[Media, ...], *, queue: Queue | None = None, to: Person | None = None
    ) -> None:
        """Sends pictures and files to a queue's topic or to a person, each call as mail of its own, so that
        none is made again when a later one fails."""
        chat = to.telegram_id if to else self.estate.staff_chat
        if chat is None:
            return
        lane = Lane.ANSWER if to else Lane.CARD
        for together in albums(media):
            self._put(chat, Verb.ALBUM, "", Letter(media=together), queue=queue, lane=lane)

    def picture(
        self,
        person: Person,
        picture: Mapping[str, Json],
        caption: Value = EMPTY,
        rows: "Sequence[Sequence[Tap]]" = (),
        *,
        key: str = "",
    ) -> None:
        """Sends a person a picture that is drawn on its way (`bot.mail.qr`), with at most 1024 characters
        under it. Sent again with the same key, only the words and buttons under it change."""
        letter = replace(written(self.reader(person), caption, rows), picture=picture)
        self._put(person.telegram_id, Verb.SHOW if key else Verb.SAY, key, letter)

    def file(
        self,
        person: Person,
        name: str,
        content: str,
        caption: Value = EMPTY,
        rows: "Sequence[Sequence[Tap]]" = (),
    ) -> None:
        """Sends a person a small file of text. The outbox forgets what was in it as soon as it is sent."""
        letter = replace(written(self.reader(person), caption, rows), file=File(name, content))
        self._put(person.telegram_id, Verb.SAY, "", letter)

    def invoice(self, person: Person, invoice: Invoice, *, key: str = "") -> None:
        """Sends a person an invoice, where `bot.takes_payments`. Its title (32 characters), description (255)
        and labels are already in their language. What is shown with the same key and `anew` takes it away."""
        self._put(person.telegram_id, Verb.SHOW if key else Verb.SAY, key, Letter(invoice=invoice))

    def fetch(
        self, person: Person, media: Media, purpose: str, subject: Mapping[str, Json] = NOTHING
    ) -> None:
        """Has a file that the person sent downloaded and handed to what reads files of this purpose
        (`Flow.files`), with the subject. That is later, and in a transaction of its own."""
        wanted = Wanted(
            file_id=media.file_id,
            purpose=purpose,
            person=person.id,
            estate=self.estate.id,
            subject=subject,
        )
        self.session.outbox.put(
            Outgoing(
                bot_id=self.bot.id,
                chat_id=person.telegram_id,
                verb=Verb.FETCH,
                payload=wanted.payload(),
                since=self.now,
            )
        )

    def topic(self, chat: int, queue: Queue) -> None:
        """Has the queue's topic made in the group."""
        title = topics.name(queue, self.estate)
        self.session.outbox.put(topics.request(self.bot.id, chat, queue.id, title, Lane.ANSWER))

    def send(self, chat: int, letter: Letter, *, key: str = "") -> None:
        """Sends a letter that is already written."""
        self._put(chat, Verb.SHOW if key else Verb.SAY, key, letter)

    def _put(
        self,
        chat: int,
        verb: Verb,
        key: str,
        letter: Letter,
        *,
        queue: Queue | None = None,
        lane: Lane = Lane.ANSWER,
        not_before: datetime | None = None,
    ) -> None:
        if chat <= NOBODY:  # they asked to be forgotten: there is nobody to tell
            return
        self.session.outbox.put(
            Outgoing(
                bot_id=self.bot.id,
                chat_id=chat,
                queue_id=queue.id if queue and self.estate.staff_forum else None,
                lane=lane,
                verb=verb,
                key=key,
                payload=letter.payload(),
                not_before=not_before,
                since=self.now,
            )
        )

    def at(self, estate: Estate) -> "Scene":
        """The same moment at another estate's desk."""
        return self if estate is self.estate else replace(self, estate=estate)


@dataclass(frozen=True, slots=True)
class Tap:
    """A button in no language yet: what it says, and the data of 64 bytes that come back, a link, or what
    a tap copies (at most 256 characters)."""

    label: Value
    data: str = ""
    url: str = ""
    copy: str = ""


def written(reader: Words, text: Value, rows: "Sequence[Sequence[Tap]]") -> Letter:
    """A message in a reader's words."""
    return Letter(html=reader.html(text), rows=buttons(reader, rows))


def buttons(reader: Words, rows: "Sequence[Sequence[Tap]]") -> Rows:
    """Buttons in a reader's words."""
    return tuple(tuple(_button(reader, tap) for tap in row) for row in rows)


def _button(reader: Words, tap: Tap) -> Button:
    return Button(reader.plain(tap.label), tap.data, tap.url, tap.copy)
