"""Updates as the Bot API writes them, read straight into records: only what `bot.faces.wire` names.

What is not named here is skipped over without being built, so that an update costs microseconds.
"""

from typing import Annotated, Final, TypeAlias

from msgspec import DecodeError, Meta, Struct, convert, field
from msgspec.json import Decoder

from bot.faces import reading
from bot.faces.base import Incoming

#: what a database keeps; Telegram's ids have 52 bits
Number: TypeAlias = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


class User(Struct, frozen=True, gc=False):
    """Somebody's account."""

    id: Number
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    @property
    def full_name(self) -> str:
        """Both names, or the only one."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


class Chat(Struct, frozen=True, gc=False):
    """A private chat, or a group."""

    id: Number
    type: str
    title: str | None = None
    is_forum: bool | None = None


class Entity(Struct, frozen=True, gc=False):
    """A marked stretch of a text."""

    type: str
    offset: int
    length: int


class File(Struct, frozen=True, gc=False):
    """A file that Telegram keeps, of whatever kind."""

    file_id: str
    file_size: int | None = None


class Document(Struct, frozen=True, gc=False):
    """A file with the name that its sender gave it."""

    file_id: str
    file_size: int | None = None
    file_name: str | None = None
    mime_type: str | None = None


class Contact(Struct, frozen=True, gc=False):
    """A shared phone number."""

    phone_number: str
    user_id: Number | None = None


class Location(Struct, frozen=True, gc=False):
    """A place on the map."""

    latitude: float
    longitude: float


class PaymentDone(Struct, frozen=True, gc=False):
    """A payment, or one that was given back."""

    currency: str
    total_amount: Number
    invoice_payload: str
    telegram_payment_charge_id: str
    provider_payment_charge_id: str | None = None


class PreCheckoutQuery(Struct, frozen=True, gc=False):
    """Somebody is about to pay."""

    id: str
    from_user: User = field(name="from")
    currency: str
    total_amount: Number
    invoice_payload: str


class Thing(Struct, frozen=True, gc=False):
    """Something sent that no question can use: it is enough that it is there."""


class Origin(Struct, frozen=True, gc=False):
    """Where a forwarded message comes from: somebody, somebody who does not want to be linked, or a chat."""

    sender_user: User | None = None
    sender_user_name: str | None = None
    sender_chat: Chat | None = None
    chat: Chat | None = None


class Message(Struct, frozen=True, gc=False):
    """A message; one under a button that is too old for Telegram to show has a chat and an id only."""

    message_id: Number
    chat: Chat
    from_user: User | None = field(default=None, name="from")
    text: str | None = None
    entities: list[Entity] | None = None
    caption: str | None = None
    forward_origin: Origin | None = None
    media_group_id: str | None = None
    photo: list[File] | None = None
    video: File | None = None
    voice: File | None = None
    document: Document | None = None
    animation: Document | None = None
    contact: Contact | None = None
    location: Location | None = None
    successful_payment: PaymentDone | None = None
    refunded_payment: PaymentDone | None = None
    message_thread_id: Number | None = None
    is_topic_message: bool | None = None
    migrate_to_chat_id: Number | None = None
    sticker: Thing | None = None
    video_note: Thing | None = None
    audio: Thing | None = None
    poll: Thing | None = None
    dice: Thing | None = None
    game: Thing | None = None
    story: Thing | None = None
    paid_media: Thing | None = None
    checklist: Thing | None = None
    invoice: Thing | None = None


class CallbackQuery(Struct, frozen=True, gc=False):
    """A tap."""

    id: str
    from_user: User = field(name="from")
    data: str | None = None
    message: Message | None = None


class ChatMember(Struct, frozen=True, gc=False):
    """Somebody's standing in a chat."""

    status: str
    can_manage_topics: bool | None = None


class ChatMemberUpdated(Struct, frozen=True, gc=False):
    """A change of the bot's own standing."""

    chat: Chat
    from_user: User = field(name="from")
    old_chat_member: ChatMember
    new_chat_member: ChatMember


class Update(Struct, frozen=True, gc=False):
    """One update."""

    update_id: Number
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: ChatMemberUpdated | None = None
    pre_checkout_query: PreCheckoutQuery | None = None


_DECODER: Final = Decoder(Update)
#: the character that ends a text for PostgreSQL, as JSON has it
NOUGHT: Final = rb"\u0000"


def read(body: bytes, username: str) -> Incoming:
    """What an update's JSON means to the bot of this name; ValueError if it is no update."""
    raw = body.decode()
    try:
        update = _DECODER.decode(body) if NOUGHT not in body else _tame(raw)
    except (DecodeError, ValueError, RecursionError):
        return _strange(raw, username)
    return reading.read(update, username, raw)


def _strange(raw: str, username: str) -> Incoming:
    """Not written as Telegram writes: perhaps only half a character too much is in it."""
    try:
        update = _tame(raw)
    except (DecodeError, ValueError, RecursionError):
        return reading.unknown(raw)
    return reading.read(update, username, raw)


def _tame(raw: str) -> Update:
    """The update without the characters that no database takes as text."""
    return convert(reading.storable(reading.parse(raw)), Update)
