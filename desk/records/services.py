"""Services that an estate offers besides repairs, as data: questions, documents, queue and promise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from desk.records.base import Opening


class Asks(StrEnum):
    """What kind of answer a service's question wants."""

    WORDS = "words"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    #: photos or documents
    FILES = "files"
    #: a stretch of time out of the service's calendar, as long as there is room
    SLOT = "slot"
    #: something to agree to, without which the service is not given
    CONSENT = "consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a service."""

    code: str
    #: language → the question
    title: Mapping[str, str]
    asks: Asks = Asks.WORDS
    optional: bool = False
    #: for a choice: code → language → label
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What residents can ask for, and what they are asked; run by one conversation for all of them."""

    id: int = 0
    estate_id: int
    code: str
    title: Mapping[str, str]
    #: language → what to know before, such as opening hours or fees
    about: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    queue_id: int
    #: kinds of the taxonomy that lead here, when somebody reports one of them
    kinds: tuple[str, ...] = ()
    #: by when it is settled
    promise: timedelta = timedelta(days=3)
    #: its own calendar for slots; none means the queue's or the estate's
    hours: tuple[Opening, ...] = ()
    #: how long a slot is
    length: timedelta = timedelta(hours=1)
    #: how many may have the same slot
    room: int = 1
    #: the beginning of the number that a resident waits with, such as A for A-12; "" gives none
    ticket: str = ""
    #: whether it is offered at present
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A seat in a slot of a service; seats are counted from 1, and each is given once."""

    service_id: int
    start: datetime
    end: datetime
    seat: int
    request_id: int
