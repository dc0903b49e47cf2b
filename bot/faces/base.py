"""The one border to Telegram: what a face takes in, what it is asked to do, and how that can end."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.said import Said
from desk.records import Media


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: `data` of 1–64 bytes comes back with a tap, or `url` is opened, or `copy` of 1–256
    characters goes into the person's clipboard."""

    label: str
    data: str = ""
    url: str = ""
    copy: str = ""


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendText:
    """Send a message; `html` in Telegram's subset, at most 4096 characters after parsing."""

    chat: int
    html: str
    rows: Rows = ()
    thread: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditText:
    """Change a message; without rows its buttons go."""

    chat: int
    message: int
    html: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMedia:
    """Send media by their ids: one alone, or 2–10 as an album (which has no buttons).

    In an album photos and videos go together, files only with files, and voice notes not at all.
    """

    chat: int
    media: tuple[Media, ...]
    caption: str = ""
    thread: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPicture:
    """Upload a PNG; `caption` in HTML, at most 1024 characters after parsing."""

    chat: int
    png: bytes
    caption: str = ""
    rows: Rows = ()
    thread: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFile:
    """Upload a file of at most 50 MB; `caption` in HTML, at most 1024 characters after parsing."""

    chat: int
    name: str
    content: bytes
    caption: str = ""
    rows: Rows = ()
    thread: int | None = None


#: what is uploaded from memory
Upload: TypeAlias = SendPicture | SendFile


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCaption:
    """Change the words and buttons under a picture or a file."""

    chat: int
    message: int
    caption: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Invoice:
    """What is to be paid: amounts in the currency's minor units, which Telegram sums up.

    Title of 1–32 characters, description of 1–255; `payload` of 1–128 bytes comes back with the payment.
    """

    title: str
    description: str
    payload: str
    currency: str
    #: label and amount, line by line
    prices: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendInvoice:
    """Send an invoice with a Pay button. The provider's token is the face's to add."""

    chat: int
    invoice: Invoice
    thread: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeTopic:
    """Make a topic in a forum group; the title has 1–128 characters."""

    chat: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAway:
    """Delete a message of the bot's own; Telegram allows that for 48 hours."""

    chat: int
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTap:
    """End the spinner on a tapped button, with at most 200 characters; unlimited, within 15 s."""

    tap: str
    text: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPreCheckout:
    """Let somebody pay who is about to, or tell them in `error` why not; unlimited, within 10 s."""

    query: str
    error: str = ""


#: what goes out at once, since somebody's app waits for it
Answer: TypeAlias = AnswerTap | AnswerPreCheckout


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """Download a file that somebody sent, of at most 20 MB."""

    file_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCommands:
    """Fill the command menu of private chats in one language ("" is the rest of the world)."""

    commands: tuple[tuple[str, str], ...]
    language: str = ""


Call: TypeAlias = (
    SendText
    | EditText
    | SendMedia
    | SendPicture
    | SendFile
    | EditCaption
    | TakeAway
    | MakeTopic
    | SendInvoice
    | AnswerTap
    | AnswerPreCheckout
    | Fetch
    | SetCommands
)


@dataclass(frozen=True, slots=True)
class Sent:
    """It is in the chat under this id (the first one of an album; the thread of a new topic)."""

    id: int


@dataclass(frozen=True, slots=True)
class Ok:
    """Done, and there is nothing to remember. An edit that changed nothing counts too."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is in a file."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Flood:
    """429: not before so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Blocked:
    """403, or no such chat: the person stopped the bot, or it was put out of the group."""

    why: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group is a supergroup with this id now."""

    to: int


@dataclass(frozen=True, slots=True)
class MessageGone:
    """The message is no longer there (or can no longer be edited)."""


@dataclass(frozen=True, slots=True)
class TopicGone:
    """The topic was deleted."""


@dataclass(frozen=True, slots=True)
class Denied:
    """Telegram refuses it for good, in its own words (400, 401, 404 …)."""

    why: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer, or 5xx: whether it was done is not known."""

    why: str


Outcome: TypeAlias = (
    Sent | Ok | Fetched | Flood | Blocked | Migrated | MessageGone | TopicGone | Denied | Unreachable
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """The bot's own account."""

    id: int
    username: str
    name: str
    #: whether invoices can be sent
    takes_payments: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the bot may do in a group."""

    title: str
    forum: bool
    administrator: bool
    can_manage_topics: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as it came: its id, what it means to us (None: nothing), and its JSON for dead letters."""

    update_id: int
    said: Said | None
    raw: str


#: takes an update in, and returns once it is committed
Receive: TypeAlias = Callable[[Incoming], Awaitable[None]]
#: the same; what somebody's app waits for, if it does, is for the caller to answer
Respond: TypeAlias = Callable[[Incoming], Awaitable[Answer | None]]


class TelegramError(Exception):
    """Telegram could not be asked."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why or (type(self).__doc__ or "").strip())


class WrongToken(TelegramError):
    """Telegram does not know this token. Check STEWARD_BOT_TOKEN."""


class OtherPoller(TelegramError):
    """Another process polls with the same token, or a webhook is set. Stop the other one first."""


class NoAnswer(TelegramError):
    """Telegram cannot be reached. Check the network and STEWARD_TELEGRAM_API."""


class Face(Protocol):
    """A Telegram library at work. What `call` ends in is an `Outcome`; all else raises `TelegramError`."""

    async def start(self) -> Me:
        """Opens the connection and asks who the bot is."""

    async def close(self) -> None:
        """Closes every connection."""

    async def updates(self, offset: int, wait: float) -> Sequence[Incoming]:
        """Long-polls for up to `wait` seconds; asking with a higher offset confirms everything below it."""

    def read(self, body: bytes) -> Incoming:
        """Reads the body of a webhook call; raises ValueError if it is no update."""

    async def call(self, call: Call) -> Outcome:
        """Does one thing in Telegram."""

    def as_reply(self, call: Answer) -> bytes:
        """The call as the JSON that a webhook may answer with. Nobody learns how it ended."""

    async def set_webhook(self, url: str, secret: str) -> None:
        """Has updates delivered to `url`, with `secret` in the header; "" goes back to polling."""

    async def rights(self, chat: int) -> Rights | None:
        """What the bot may do in a group; None if it is not in it."""


#: What `updates` and `set_webhook` ask for. Membership of others is not needed yet.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "pre_checkout_query")
