"""The life of a visit: one table of steps, the only function that takes one, and what the gate is told."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any
from zoneinfo import ZoneInfo

from desk.errors import NotAllowed, NotPossible
from desk.lifecycle import LEADERS, OFFICE, RESIDENT, SYSTEM
from desk.records import Actor, Json, Role
from desk.records.visitors import Mode, Stay, VisitChange, VisitEvent, Visitor

GATE = frozenset({Role.GUARD}) | LEADERS
#: those who may be asked; guards only where the estate says so
APPROVERS = OFFICE | {Role.GUARD}

PASSES = frozenset({Mode.ONCE, Mode.SEVERAL, Mode.REGULAR})
AGAIN = frozenset({Mode.SEVERAL, Mode.REGULAR})
WALK_UPS = frozenset({Mode.WALK_UP})
OPEN = frozenset(stay for stay in Stay if stay.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way through the table: from where, to where, of which passes, who may, whether with a reason."""

    before: Set[Stay]
    #: None stays
    after: Stay | None
    of: frozenset[Mode] = PASSES
    who: frozenset[Role]
    why: bool = False


STEPS: Mapping[str, Step] = {
    "approved": Step(before={Stay.REQUESTED}, after=Stay.APPROVED, who=APPROVERS | SYSTEM),
    "refused": Step(before={Stay.REQUESTED}, after=Stay.REFUSED, who=APPROVERS, why=True),
    "issued": Step(before={Stay.APPROVED}, after=Stay.ACTIVE, who=SYSTEM),
    "arrived": Step(before={Stay.ACTIVE}, after=Stay.ARRIVED, who=GATE),
    "left": Step(before={Stay.ARRIVED}, after=Stay.LEFT, of=frozenset({Mode.ONCE, Mode.WALK_UP}), who=GATE),
    #: out again, by a pass that will be used once more
    "went_out": Step(before={Stay.ARRIVED}, after=Stay.ACTIVE, of=AGAIN, who=GATE),
    "revoked": Step(before={Stay.REQUESTED, Stay.ACTIVE}, after=Stay.REVOKED, who=RESIDENT | OFFICE),
    "expired": Step(
        before={Stay.REQUESTED, Stay.ACTIVE}, after=Stay.EXPIRED, of=PASSES | WALK_UPS, who=SYSTEM
    ),
    "let_in": Step(before={Stay.REQUESTED}, after=Stay.ARRIVED, of=WALK_UPS, who=RESIDENT | GATE),
    "turned_away": Step(before={Stay.REQUESTED}, after=Stay.REFUSED, of=WALK_UPS, who=RESIDENT | GATE),
    "purged": Step(before=frozenset(Stay), after=None, of=PASSES | WALK_UPS, who=SYSTEM),
}


def take(
    visitor: Visitor,
    name: str,
    actor: Actor,
    now: datetime,
    why: str = "",
    /,
    *,
    data: Mapping[str, Json] | None = None,
    **changes: Any,
) -> VisitChange:
    """Takes one step: the visitor as they then are, and the event that says so.

    Raises `NotPossible` where the table has no such way, `NotAllowed` where this actor may not go it.
    """
    step = STEPS[name]
    check(visitor, step, actor)
    if step.why and not why.strip():
        raise NotPossible(f"{name} needs a reason")
    moved = replace(visitor, **changes, state=step.after or visitor.state, version=visitor.version + 1)
    return VisitChange(visitor=moved, event=event(name, visitor.state, moved, actor, now, why, data or {}))


def check(visitor: Visitor, step: Step, actor: Actor) -> None:
    """Raises what `take` would raise for this actor. A walk-up is the whole home's guest; that a resident
    lives there is for whoever looks them up to see."""
    stranger = visitor.mode in PASSES and actor.person_id != visitor.host_id
    if actor.role not in step.who or (actor.role is Role.RESIDENT and stranger):
        raise NotAllowed
    if visitor.state not in step.before or visitor.mode not in step.of:
        raise NotPossible


def possible(visitor: Visitor, name: str, actor: Actor) -> bool:
    """Whether this step could be taken now: which buttons are shown."""
    try:
        check(visitor, STEPS[name], actor)
    except (NotAllowed, NotPossible):
        return False
    return True


def event(
    name: str,
    before: Stay | None,
    after: Visitor,
    actor: Actor,
    now: datetime,
    why: str = "",
    data: Mapping[str, Json] | None = None,
) -> VisitEvent:
    """The row that says what happened."""
    return VisitEvent(
        visitor_id=after.id,
        estate_id=after.estate_id,
        at=now,
        name=name,
        actor=actor,
        before=before,
        after=after.state,
        why=why,
        data=data or {},
    )


class Verdict(Enum):
    """What the gate is told of a pass."""

    VALID = auto()
    #: came in, and has not gone
    INSIDE = auto()
    #: came in once, by a pass for one visit
    USED = auto()
    NOT_YET = auto()
    #: a regular visitor, on another day or at another hour
    NOT_NOW = auto()
    EXPIRED = auto()
    REVOKED = auto()
    REFUSED = auto()
    #: the office has not said yes yet
    WAITING = auto()
    WRONG_GATE = auto()


_STANDING: Mapping[Stay, Verdict] = {
    Stay.REQUESTED: Verdict.WAITING,
    Stay.APPROVED: Verdict.WAITING,
    Stay.ARRIVED: Verdict.INSIDE,
    Stay.LEFT: Verdict.USED,
    Stay.REFUSED: Verdict.REFUSED,
    Stay.EXPIRED: Verdict.EXPIRED,
    Stay.REVOKED: Verdict.REVOKED,
}


def verdict(visitor: Visitor, now: datetime, zone: str, gate: str = "") -> Verdict:
    """Whether the pass lets in now, at this gate ("" is not known), and if not, why."""
    if visitor.state in _STANDING:
        return _STANDING[visitor.state]
    if now >= visitor.end:
        return Verdict.EXPIRED
    if now < visitor.start:
        return Verdict.NOT_YET
    if not _on_a_day(visitor, now, zone):
        return Verdict.NOT_NOW
    return Verdict.WRONG_GATE if gate and visitor.gate not in ("", gate) else Verdict.VALID


def _on_a_day(visitor: Visitor, now: datetime, zone: str) -> bool:
    days, local = visitor.days, now.astimezone(ZoneInfo(zone))
    if days is None:
        return True
    return local.weekday() in days.weekdays and days.opens <= local.time() < days.closes
