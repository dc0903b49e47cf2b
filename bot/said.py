"""One update of Telegram in our own terms: who said what, where."""

from dataclasses import dataclass
from typing import TypeAlias

from dialogs.engine.heard import Contacted, Edited, Located, Pictured, Unheard, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The Telegram account that an update comes from."""

    id: int
    name: str
    #: IETF tag of the app's language, "" if Telegram does not tell
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Where something was said. A private chat has the id of its person."""

    id: int
    private: bool
    #: whether a group has topics
    forum: bool = False
    #: the topic, in a group that has them; None in General
    thread: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """`/name argument`; the name without the slash and without the bot's own name, in lower case."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button; `data` is whatever the tapper's client sent and is never trusted."""

    id: str
    data: str
    message_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreCheckout:
    """Somebody is about to pay an invoice, and waits to hear for at most 10 s whether they may."""

    id: str
    #: ISO 4217, and the amount in its minor units
    currency: str
    amount: int
    #: what the invoice was sent with
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """An invoice was paid. The charge's two numbers are Telegram's and the provider's."""

    currency: str
    amount: int
    payload: str
    telegram_charge: str
    provider_charge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded:
    """A payment was given back; its numbers are those of the payment."""

    currency: str
    amount: int
    payload: str
    telegram_charge: str
    provider_charge: str


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot's own standing in a group changed."""

    #: member, administrator, left, kicked or restricted
    status: str
    can_manage_topics: bool = False
    #: whether the bot was outside before
    entered: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became the supergroup with this id."""

    to: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person stopped the bot (True) or started it again (False)."""

    stopped: bool


#: what is done about money
Payment: TypeAlias = PreCheckout | Paid | Refunded
Act: TypeAlias = (
    Words
    | Pictured
    | Edited
    | Located
    | Contacted
    | Unheard
    | Command
    | Tap
    | Payment
    | Membership
    | Moved
    | Stopped
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One update. Updates that mean nothing to the desk have no `Said`."""

    update_id: int
    speaker: Speaker
    chat: Chat
    act: Act
    #: the person's own message, to be replied to; None for taps and membership
    message_id: int | None = None
