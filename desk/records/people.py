"""Persons: where they live, what they may do, and how they came in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
class Actor:
    """Who acts, and in which role; what an event row is signed with."""

    role: Role
    person_id: int | None = None
    name: str = ""
    badge: str = ""


SYSTEM = Actor(role=Role.SYSTEM, name="Steward")
