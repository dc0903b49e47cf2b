"""What people ask the desk to do: one record an order, filled in by a conversation or a tap."""

from dataclasses import dataclass
from datetime import datetime

from desk.records import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOrder:
    """An order about one request."""

    request_id: int


class Claim(RequestOrder):
    """A worker takes it."""


class OnMyWay(RequestOrder):
    """The worker sets out."""


class Start(RequestOrder):
    """The worker begins."""


class Resume(RequestOrder):
    """A held job goes on."""


class Confirm(RequestOrder):
    """It is truly fixed."""


class Cancel(RequestOrder):
    """It is no longer needed."""


class Reviewed(RequestOrder):
    """A manager has looked into a low score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskResident(RequestOrder):
    """The worker needs to know something."""

    question: str
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWorker(RequestOrder):
    """The resident answers."""

    words: str
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(RequestOrder):
    """Put off until a date."""

    why: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(RequestOrder):
    """Given back to the queue."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(RequestOrder):
    """The worker is done."""

    note: str
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFixed(RequestOrder):
    """The resident says that it is not fixed, and why."""

    why: str
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(RequestOrder):
    """How it was, 1 to 5."""

    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain(RequestOrder):
    """Why it was so."""

    reasons: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Somebody came in by a code, and chose a language."""

    code: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speak:
    """Another language, please."""

    language: str
