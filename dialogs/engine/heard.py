"""What a person did, as far as a conversation can hear it."""

from dataclasses import dataclass
from typing import TypeAlias

from desk.records import Media


@dataclass(frozen=True, slots=True)
class Words:
    """Something typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Pictured:
    """A photo, video, voice note or file; the pieces of an album share their `album`."""

    media: Media
    caption: str = ""
    album: str | None = None
    #: bytes, as far as Telegram tells
    size: int = 0


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


Heard: TypeAlias = Words | Pictured | Tapped | Located | Contacted | Unheard
