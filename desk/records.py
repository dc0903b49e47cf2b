"""The records of the desk: frozen, complete, and free of Telegram and SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"


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


class Role(StrEnum):
    """In what capacity somebody acts; least right first, so that who holds two posts acts by the higher."""

    RESIDENT = "resident"
    FEES = "fees"
    GUARD = "guard"
    WORKER = "worker"
    DISPATCHER = "dispatcher"
    MANAGER = "manager"
    OWNER = "owner"
    SYSTEM = "system"


class Priority(StrEnum):
    """How fast a kind of request wants to be answered."""

    NORMAL = "normal"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A stretch of time for a visit; aware UTC, end exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One stretch of working hours on a weekday, in the estate's own time."""

    #: Monday is 0
    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What an estate promises its residents, by the company's written procedure."""

    respond: timedelta = timedelta(minutes=30)
    solve: timedelta = timedelta(hours=24)
    #: silence of the resident after "done" that closes a request
    confirm: timedelta = timedelta(hours=72)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRules:
    """When residents are asked how it was."""

    after: timedelta = timedelta(hours=2)
    #: start and end of the hours in which nobody is asked, in the estate's time; None asks at any hour
    quiet: tuple[time, time] | None = (time(22), time(8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """A housing estate: whose desk this is, and by which hours and promises it works."""

    id: int = 0
    name: str
    #: IANA name, such as Asia/Shanghai
    time_zone: str
    #: the first is spoken where a reader's own is not known
    languages: tuple[str, ...] = ("en",)
    country: str = ""
    #: ISO 4217
    currency: str = ""
    hours: tuple[Opening, ...] = ()
    promises: Promises = Promises()
    survey: SurveyRules = SurveyRules()
    digest_at: time = time(8, 30)
    #: the staff group, once it is bound with /setup
    staff_chat: int | None = None
    #: whether that group has topics
    staff_forum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A dwelling of an estate, known by the code on its door."""

    id: int = 0
    estate_id: int
    code: str
    #: square metres, which fees are computed from
    area: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A line of work: which kinds of requests go to which people, in which topic."""

    id: int = 0
    estate_id: int
    code: str
    #: language → name
    title: Mapping[str, str]
    #: codes of groups or kinds in the taxonomy
    kinds: tuple[str, ...] = ()
    #: own working hours; none means the estate's
    hours: tuple[Opening, ...] = ()
    #: the topic in the staff group, once made
    topic: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who writes to the bot. `telegram_id` is also the id of their private chat."""

    id: int = 0
    telegram_id: int
    name: str
    #: None until chosen; then one of the estate's languages
    language: str | None = None
    #: what Telegram says of them, to offer a language from
    telegram_language: str = ""
    #: the person stopped the bot, so nothing can be delivered
    blocked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """That a person lives in a home, from when until when."""

    id: int = 0
    person_id: int
    home_id: int
    estate_id: int
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """That a person works for an estate in a role; the badge is what colleagues and residents see."""

    id: int = 0
    person_id: int
    estate_id: int
    role: Role
    badge: str = ""
    #: queues whose work may be claimed; none means all
    queues: tuple[int, ...] = ()
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A single-use start parameter, kept only as its hash."""

    #: hex SHA-256 of the code
    hash: str
    estate_id: int
    #: links a resident to this home …
    home_id: int | None = None
    #: … or hires somebody in this role
    role: Role | None = None
    queue_id: int | None = None
    badge: str = ""
    issued_at: datetime
    expires_at: datetime
    spent_at: datetime | None = None
    spent_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, video, voice note or file that Telegram keeps for us."""

    #: photo, video, voice or document
    kind: str
    file_id: str

    def to_json(self) -> Json:
        """The form that is kept inside other JSON: an event's data, a draft, a letter."""
        return {"kind": self.kind, "file_id": self.file_id}

    @classmethod
    def all_from(cls, kept: Json) -> "tuple[Media, ...]":
        """Reads a kept list; anything else holds none."""
        pieces = (one for one in kept if isinstance(one, dict)) if isinstance(kept, list) else ()
        return tuple(cls(kind=str(one["kind"]), file_id=str(one["file_id"])) for one in pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and in which role; what an event row is signed with."""

    role: Role
    person_id: int | None = None
    name: str = ""
    badge: str = ""


SYSTEM = Actor(role=Role.SYSTEM, name="Steward")


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
    #: code of the taxonomy
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Something to do at a moment, kept as a row so that no restart forgets it."""

    #: unique; setting the same key again moves the timer
    key: str
    kind: str
    due_at: datetime
    payload: Mapping[str, Json] = field(default_factory=dict)
    attempts: int = 0
