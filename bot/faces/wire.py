"""What an update looks like, whichever library parsed it: both name things as the Bot API does.

Each face hands its own library's objects to `bot.faces.reading`; the type checker holds both to this.
"""

from collections.abc import Sequence
from typing import Protocol


class User(Protocol):
    """Somebody's account; `language_code` is what their app is set to."""

    @property
    def id(self) -> int: ...
    @property
    def full_name(self) -> str: ...
    @property
    def language_code(self) -> str | None: ...


class Chat(Protocol):
    """A chat; `is_forum` only for supergroups with topics."""

    @property
    def id(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def is_forum(self) -> bool | None: ...


class Entity(Protocol):
    """A marked stretch of a text, in UTF-16 units."""

    @property
    def type(self) -> str: ...
    @property
    def offset(self) -> int: ...
    @property
    def length(self) -> int: ...


class File(Protocol):
    """A file that Telegram keeps."""

    @property
    def file_id(self) -> str: ...
    @property
    def file_size(self) -> int | None: ...


class Document(File, Protocol):
    """A file with the name that its sender gave it."""

    @property
    def file_name(self) -> str | None: ...
    @property
    def mime_type(self) -> str | None: ...


class Contact(Protocol):
    """A shared phone number; `user_id` is missing for somebody who is not on Telegram."""

    @property
    def phone_number(self) -> str: ...
    @property
    def user_id(self) -> int | None: ...


class Location(Protocol):
    """A place on the map."""

    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


class PreCheckoutQuery(Protocol):
    """Somebody is about to pay."""

    @property
    def id(self) -> str: ...
    @property
    def from_user(self) -> User: ...
    @property
    def currency(self) -> str: ...
    @property
    def total_amount(self) -> int: ...
    @property
    def invoice_payload(self) -> str: ...


class PaymentDone(Protocol):
    """A payment, or one that was given back."""

    @property
    def currency(self) -> str: ...
    @property
    def total_amount(self) -> int: ...
    @property
    def invoice_payload(self) -> str: ...
    @property
    def telegram_payment_charge_id(self) -> str: ...
    @property
    def provider_payment_charge_id(self) -> str | None: ...


class TappedMessage(Protocol):
    """The message under a tapped button, which may be too old for Telegram to show."""

    @property
    def message_id(self) -> int: ...
    @property
    def chat(self) -> Chat: ...


class Message(TappedMessage, Protocol):
    """A message; photos come in several sizes, the largest last."""

    @property
    def from_user(self) -> User | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def entities(self) -> Sequence[Entity] | None: ...
    @property
    def caption(self) -> str | None: ...
    @property
    def media_group_id(self) -> str | None: ...
    @property
    def photo(self) -> Sequence[File] | None: ...
    @property
    def video(self) -> File | None: ...
    @property
    def voice(self) -> File | None: ...
    @property
    def document(self) -> Document | None: ...
    @property
    def animation(self) -> Document | None: ...
    @property
    def contact(self) -> Contact | None: ...
    @property
    def location(self) -> Location | None: ...
    @property
    def successful_payment(self) -> PaymentDone | None: ...
    @property
    def refunded_payment(self) -> PaymentDone | None: ...
    @property
    def message_thread_id(self) -> int | None: ...
    @property
    def is_topic_message(self) -> bool | None: ...
    @property
    def migrate_to_chat_id(self) -> int | None: ...


class CallbackQuery(Protocol):
    """A tap; without `message` when the button was sent in inline mode, which Steward never does."""

    @property
    def id(self) -> str: ...
    @property
    def from_user(self) -> User: ...
    @property
    def data(self) -> str | None: ...
    @property
    def message(self) -> TappedMessage | None: ...


class ChatMember(Protocol):
    """Somebody's standing in a chat."""

    @property
    def status(self) -> str: ...


class ChatMemberUpdated(Protocol):
    """A change of the bot's own standing."""

    @property
    def chat(self) -> Chat: ...
    @property
    def from_user(self) -> User: ...
    @property
    def old_chat_member(self) -> ChatMember: ...
    @property
    def new_chat_member(self) -> ChatMember: ...


class Update(Protocol):
    """One update; at most one of these is there."""

    @property
    def update_id(self) -> int: ...
    @property
    def message(self) -> Message | None: ...
    @property
    def callback_query(self) -> CallbackQuery | None: ...
    @property
    def my_chat_member(self) -> ChatMemberUpdated | None: ...
    @property
    def pre_checkout_query(self) -> PreCheckoutQuery | None: ...
