"""Persons: where they live, what they may do, and how they came in."""

from dataclasses import dataclass
from datetime import datetime, time
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


class HomeRole(StrEnum):
    """As what somebody belongs to a home."""

    OWNER = "owner"
    TENANT = "tenant"
    FAMILY = "family"


class Notice(StrEnum):
    """What somebody may choose not to hear of. Answers and emergencies are never among it."""

    ANNOUNCEMENTS = "announcements"
    FEES = "fees"
    SURVEYS = "surveys"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """When and with what somebody wants to be disturbed."""

    #: start and end of the hours for nothing but what is urgent, in the estate's time; None is the estate's
    quiet: tuple[time, time] | None = None
    #: what is not wanted at all
    off: tuple[Notice, ...] = ()


#: Nobody in Telegram has a number this low. Below it are those who asked to be forgotten: their id cut off,
#: one for each, and mail to them is never written.
NOBODY = -(2**62)


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
    wishes: Wishes = Wishes()

    @property
    def forgotten(self) -> bool:
        """Whether the person asked to be forgotten, and only a pseudonym is left."""
        return self.telegram_id <= NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """That a person belongs to a home, as what, and from when until when."""

    id: int = 0
    person_id: int
    home_id: int
    estate_id: int
    since: datetime
    until: datetime | None = None
    role: HomeRole = HomeRole.OWNER
    #: who let them in; None where a slip of the office did
    added_by: int | None = None
    #: who ended it before its time
    ended_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """That somebody asks to be linked to a home. It says nothing of whether there is such a home."""

    id: int = 0
    estate_id: int
    person_id: int
    #: None where no home has that door
    home_id: int | None
    #: what was typed
    door: str
    role: HomeRole
    #: who they say they are
    words: str = ""
    asked_at: datetime
    settled_at: datetime | None = None
    #: None also where it lapsed
    settled_by: int | None = None
    granted: bool = False


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
    #: links a resident to this home, as this, until then …
    home_id: int | None = None
    home_role: HomeRole = HomeRole.OWNER
    lives_until: datetime | None = None
    #: … or hires somebody in this role
    role: Role | None = None
    queue_id: int | None = None
    badge: str = ""
    issued_at: datetime
    expires_at: datetime
    spent_at: datetime | None = None
    spent_by: int | None = None
    #: who asked for it; None at the command line
    issued_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and in which role; what an event row is signed with."""

    role: Role
    person_id: int | None = None
    name: str = ""
    badge: str = ""


SYSTEM = Actor(role=Role.SYSTEM, name="Steward")
