"""A request from the first word to the closed order, and its audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from desk.records.base import Json, Media, Slot
from desk.records.people import Actor


class State(StrEnum):
    """Where a request stands; `desk.lifecycle` holds the only table of ways between them."""

    NEW = "new"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    WAITING_RESIDENT = "waiting_resident"
    ON_HOLD = "on_hold"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something before the resident can be asked."""
        return self not in {State.DONE, State.CLOSED, State.CANCELLED, State.REJECTED, State.DUPLICATE}


class Priority(StrEnum):
    """How fast a kind of request wants to be answered."""

    NORMAL = "normal"
    URGENT = "urgent"
    #: somebody may come to harm: told at once, and again until somebody accepts
    EMERGENCY = "emergency"


class Type(StrEnum):
    """What somebody wants of the desk; which rules of the procedure hold follows from it."""

    REPAIR = "repair"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    QUESTION = "question"
    FEES = "fees"
    SERVICE = "service"


class Place(StrEnum):
    """Where it is, as far as anybody has to look."""

    HOME = "home"
    #: a shared part of the building
    BUILDING = "building"
    GROUNDS = "grounds"
    #: nowhere in particular
    ESTATE = "estate"


class Link(StrEnum):
    """Why a request points at an earlier one."""

    #: the same kind of fault in the same home, not long ago
    REPEAT = "repeat"
    #: opened again after it was closed
    REOPENED = "reopened"
    #: a complaint or praise about that job
    ABOUT = "about"
    #: merged into that one
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Who pays for a job, as it was shown before it was ordered."""

    #: free, warranty or paid
    kind: str = "free"
    #: the price in the estate's currency; None where it is told on site
    amount: Decimal | None = None
    #: language → what the price is for, such as "per visit"
    unit: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What helps whoever comes, and what nobody searches by."""

    #: which part of the building or the grounds, in the resident's words
    where: str = ""
    #: whom to call on arrival
    phone: str = ""
    #: whether there are animals in the home; None was not asked
    pets: bool | None = None
    #: how to get in: a door code, a bell that does not work
    access: str = ""
    terms: Terms = Terms()
    #: what the estate calls this kind or service, by language; empty where the taxonomy's word holds
    title: Mapping[str, str] = field(default_factory=dict)
    #: the number that the resident waits with, such as A-12
    ticket: str = ""
    #: the answers to a service's own questions, by the question's code
    form: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a resident needs, from the first word to the closed order."""

    id: int = 0
    #: counted per estate; what people quote
    number: int = 0
    estate_id: int
    resident_id: int
    home_id: int | None
    queue_id: int
    type: Type = Type.REPAIR
    #: code of the taxonomy, or of a service of the estate
    kind: str
    problem: str
    media: tuple[Media, ...] = ()
    #: the time that the resident asked for
    visit: Slot | None = None
    #: whether staff may go in when nobody is there
    entry: bool = False
    #: language of `problem`
    language: str = ""
    priority: Priority = Priority.NORMAL
    #: bot, phone, desk, walk-in or paper
    channel: str = "bot"
    state: State = State.NEW
    #: goes up by one with every change; a stale writer is refused
    version: int = 1
    worker_id: int | None = None
    #: where a waiting or held request goes back to
    previous: State | None = None
    opened_at: datetime
    respond_by: datetime
    solve_by: datetime
    claimed_at: datetime | None = None
    #: when the service clock was stopped, while it is
    paused_at: datetime | None = None
    hold_until: datetime | None = None
    done_at: datetime | None = None
    closed_at: datetime | None = None
    #: how often the resident said "not fixed"
    not_fixed: int = 0
    #: 0 none, 1 warned in the group, 2 dispatcher told, 3 manager told
    escalation: int = 0
    place: Place = Place.HOME
    #: which building, where it is known; requests near each other share it
    building: str = ""
    details: Details = Details()
    #: the colleague that a complaint is against, who never sees it
    accused_id: int | None = None
    #: an earlier request that this one belongs to, and why
    linked_id: int | None = None
    link: Link | None = None
    #: how many residents it is about: the one who reported it, and those who said "me too"
    weight: int = 1
    #: how often the resident asked to hurry up, and when last
    hurried: int = 0
    hurried_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of the audit trail: who did what, when, from which state to which, and why."""

    id: int = 0
    request_id: int
    estate_id: int
    at: datetime
    #: filed, claimed, started, asked … (the rules in `desk.lifecycle`)
    name: str
    actor: Actor
    before: State | None
    after: State
    why: str = ""
    data: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A request as it now is, and the event that made it so; nothing else writes a state."""

    request: Request
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """How a closed job was for the resident, and what the manager owes a low score."""

    request_id: int
    estate_id: int
    resident_id: int
    asked_at: datetime
    reminded_at: datetime | None = None
    #: 1 (bad) to 5 (very good)
    score: int | None = None
    reasons: tuple[str, ...] = ()
    words: str = ""
    answered_at: datetime | None = None
    #: by when a manager has to look into a score of 1 or 2
    review_due: datetime | None = None
    reviewed_at: datetime | None = None
    reviewed_by: int | None = None
