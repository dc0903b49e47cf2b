"""What a person did, as far as a conversation can hear it."""

from dataclasses import dataclass
from typing import TypeAlias

from desk.records import Media
from locales.text import Text, _


@dataclass(frozen=True, slots=True)
class Words:
    """Something typed, or typed by somebody else and forwarded."""

    text: str
    #: who wrote it first, where it was forwarded
    author: str = ""
    #: the message's number in its chat, by which an edit names it; 0 if it does not matter
    message: int = 0


@dataclass(frozen=True, slots=True)
class Pictured:
    """A photo, video, voice note or file; the pieces of an album share their `album`."""

    media: Media
    caption: str = ""
    album: str | None = None
    #: bytes, as far as Telegram tells
    size: int = 0
    #: as with words
    author: str = ""
    message: int = 0


@dataclass(frozen=True, slots=True)
class Edited:
    """What a message says since its sender changed it: its words, or those under its picture."""

    text: str
    message: int


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button of the present run: which question it belongs to, and which of its options."""

    question: str
    key: str


@dataclass(frozen=True, slots=True)
class Located:
    """A place on the map."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Contacted:
    """A phone number; `own` when it is the sender's, as Telegram vouches."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Unheard:
    """Something that no question can use: a sticker, a game, a poll."""

    what: str
    #: what was written under it
    caption: str = ""


Heard: TypeAlias = Words | Pictured | Edited | Tapped | Located | Contacted | Unheard


def edited() -> Text:
    """What is said to an edit that counts."""
    return _("✏️ Changed, as you edited it.")


def edited_in_vain() -> Text:
    """What is said to an edit of something that was taken for an answer, or that is long past."""
    return _("I keep what you wrote first. To change it, please send it anew.")
