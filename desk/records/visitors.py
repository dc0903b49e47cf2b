"""Visitors: who is expected, by which pass, and what happened at the gate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from desk.records.base import Json
from desk.records.people import Actor


class Stay(StrEnum):
    """Where a visit stands; `desk.visitors` holds the only table of ways between them."""

    REQUESTED = "requested"
    APPROVED = "approved"
    #: the pass is good, from its first minute to its last
    ACTIVE = "active"
    ARRIVED = "arrived"
    LEFT = "left"
    REFUSED = "refused"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def open(self) -> bool:
        """Whether the gate may still see this visitor."""
        return self in {Stay.REQUESTED, Stay.APPROVED, Stay.ACTIVE, Stay.ARRIVED}


class Mode(StrEnum):
    """How often a pass lets its visitor in."""

    ONCE = "once"
    SEVERAL = "several"
    #: on some weekdays, between two times of the day
    REGULAR = "regular"
    #: came without a pass; somebody at home is asked from the gate
    WALK_UP = "walk_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """When a regular visitor comes: weekdays (Monday is 0) and hours, in the estate's own time."""

    weekdays: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody whom a home expects, or who stands at the gate. Once purged, only what is counted is left."""

    id: int = 0
    #: counted per estate; what people quote
    number: int = 0
    estate_id: int
    home_id: int
    #: who expects them; of a walk-up, who let them in
    host_id: int | None = None
    #: of a walk-up, who asked from the gate
    guard_id: int | None = None
    name: str
    #: as `desk.plates.normal` writes it; "" comes without a car
    plate: str = ""
    people: int = 1
    #: code of `desk.visit_reasons`
    reason: str = "other"
    mode: Mode = Mode.ONCE
    #: in aware UTC, the end exclusive; of a regular pass, the first and the last moment of all its days
    start: datetime
    end: datetime
    days: Days | None = None
    #: the one gate that the pass is for, as the estate calls it; "" is any
    gate: str = ""
    state: Stay = Stay.REQUESTED
    #: goes up by one with every change; a stale writer is refused
    version: int = 1
    #: which code and link of this visitor are the good ones; 0 has none yet
    issue: int = 0
    #: keyed hash of the code, unique in the estate
    code_hash: str | None = None
    registered_at: datetime
    #: the last time they came in, and went
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    #: how often they came in
    entries: int = 0
    purged_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitEvent:
    """One row of a visit's audit trail: who did what, when, from which state to which, and why."""

    id: int = 0
    visitor_id: int
    estate_id: int
    at: datetime
    #: registered, issued, arrived … (the rules in `desk.visitors`)
    name: str
    actor: Actor
    before: Stay | None
    after: Stay
    why: str = ""
    data: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitChange:
    """A visitor as they now are, and the event that made it so."""

    visitor: Visitor
    event: VisitEvent
