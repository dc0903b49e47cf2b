"""What the world is made of. As at Telegram a thread is a topic's id; a place is where messages are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]
Rows = tuple[tuple[Json, ...], ...]

ADMINISTRATORS = frozenset({"creator", "administrator"})
PRESENT = frozenset({"creator", "administrator", "member"})


class Place(NamedTuple):
    """Where messages are: a group (`bot` is 0), or one person's private chat with one bot."""

    chat: int
    bot: int = 0

    @property
    def private(self) -> bool:
        return self.bot != 0

    @property
    def scope(self) -> int:
        """What message ids are counted by: the chat in groups, the bot in private chats."""
        return self.bot or self.chat


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with a Telegram account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    role: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(kw_only=True)
class Bot:
    """A bot and what it has told Telegram about itself."""

    id: int
    token: str
    username: str
    name: str
    #: Privacy mode, on for a fresh bot: in groups it sees commands, mentions and replies only.
    privacy: bool = True
    #: Commands by (scope, language).
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    #: Name, description and short description by (which, language).
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    #: Menu buttons by chat; 0 is the default.
    menus: dict[int, Json] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody's standing in a group."""

    user: int
    status: str
    rights: Mapping[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        return self.status in PRESENT

    def may(self, right: str) -> bool:
        """Whether they hold an administrator's right; the owner holds all."""
        return self.status == "creator" or (self.status == "administrator" and bool(self.rights.get(right)))


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A thread of a forum; its id is that of the message which opened it."""

    thread: int
    name: str
    creator: int
    icon_color: int = 0x6FB9F0
    icon_emoji: str = ""
    closed: bool = False


@dataclass(kw_only=True)
class Group:
    """A group or supergroup with its members and topics."""

    id: int
    title: str
    kind: str
    forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    migrated_to: int = 0

    @property
    def noun(self) -> str:
        """What Telegram's refusals call it."""
        return f"{self.kind} chat"


@dataclass(kw_only=True)
class PrivateChat:
    """One person's line to one bot. A bot may write only once the person has opened it."""

    blocked: bool = False
    #: Whether the bot asked to keep a keyboard under the input field.
    keyboard: Rows | None = None


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """What a message carries besides words, as the Bot API shows it under the key `kind`."""

    kind: str
    value: Any
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message as it stands now; an edit puts a new record in its place."""

    place: Place
    id: int
    sender: int
    date: int
    thread: int = 0
    text: str = ""
    entities: Sequence[Json] = ()
    attachment: Attachment | None = None
    album: str = ""
    reply_to: int = 0
    buttons: Rows = ()
    #: The keyboard that this message brings; empty when it takes one away.
    keyboard: Rows | None = None
    edited: int = 0
    pinned: bool = False
    reactions: Mapping[int, str] = field(default_factory=dict)
    #: The Bot API fields of a service message.
    service: Mapping[str, Any] = field(default_factory=dict)
    forwarded_from: int = 0
    forwarded_date: int = 0
    #: Whether that author does not want forwards to lead to them.
    forwarded_hidden: bool = False

    @property
    def file_ids(self) -> tuple[str, ...]:
        return self.attachment.files if self.attachment else ()


@dataclass(kw_only=True)
class Tap:
    """Somebody tapped a button: what the bot was told, and what it answered."""

    id: str
    place: Place
    message_id: int
    sender: int
    data: str
    at: float
    answered: bool = False
    text: str = ""
    show_alert: bool = False
    url: str = ""
    #: What the tap put into the person's clipboard.
    copied: str = ""


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """What a bot wants to be paid; the total in the currency's minor units."""

    bot: int
    title: str
    description: str
    payload: str
    currency: str
    total: int


@dataclass(kw_only=True)
class Checkout:
    """Somebody was about to pay an invoice, and what came of it."""

    id: str
    place: Place
    message_id: int
    payer: int
    invoice: Invoice
    at: float
    answered: bool = False
    error: str = ""
    #: Telegram's number of the payment, once it is made.
    charge: str = ""
    refunded: bool = False

    @property
    def paid(self) -> bool:
        return bool(self.charge)
