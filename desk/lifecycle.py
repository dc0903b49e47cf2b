"""The life of a request: one table of steps, and the only function that takes one."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any

from desk.errors import NotAllowed, NotPossible
from desk.records import Actor, Change, Event, Json, Request, Role, State, Type

OFFICE = frozenset({Role.DISPATCHER, Role.MANAGER, Role.OWNER})
LEADERS = frozenset({Role.MANAGER, Role.OWNER})
CREW = frozenset({Role.WORKER}) | OFFICE
RESIDENT = frozenset({Role.RESIDENT})
SYSTEM = frozenset({Role.SYSTEM})

AT_WORK = frozenset({State.ACCEPTED, State.SCHEDULED, State.IN_PROGRESS})
OPEN = frozenset(state for state in State if state.open)
#: stopped for a while; a request remembers where it came from
PAUSES = frozenset({State.WAITING_RESIDENT, State.ON_HOLD})
#: as long as nobody has begun, another time can be agreed on
UNBEGUN = frozenset({State.NEW, State.ASSIGNED, State.ACCEPTED, State.SCHEDULED})
STOPPABLE = PAUSES | {State.IN_PROGRESS}
#: nobody has said yet that they take it on
UNACCEPTED = frozenset({State.NEW, State.ASSIGNED})

#: what is for the office alone, as `desk.discretion` tells
DISCREET = frozenset({Type.COMPLAINT, Type.SUGGESTION, Type.QUESTION, Type.PRAISE})


class Whose(Enum):
    """How somebody has to stand to a job to take a step with it."""

    ANYBODYS = auto()
    #: a worker only with a job of their own; the office with everybody's
    OWN = auto()
    #: the very worker whose job it is, and nobody for them
    VERY_OWN = auto()
    #: anybody but the worker whose job it is, whatever else they are
    NOT_OWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way through the table: from where, to where, who may, and whether a reason is owed."""

    before: Set[State]
    #: None stays
    after: State | None = None
    #: to where a waiting or held request came from
    back: bool = False
    who: frozenset[Role]
    #: who may, once the work has begun; None is the same people
    once_begun: frozenset[Role] | None = None
    whose: Whose = Whose.ANYBODYS
    why: bool = False
    #: whether residents may who follow the request, or are about to
    neighbours: bool = False
    #: what it is a step of; None is everything
    types: frozenset[Type] | None = None


#: The procedure "work orders", design §4. Who closes is never the worker.
STEPS: Mapping[str, Step] = {
    "claimed": Step(before={State.NEW}, after=State.ACCEPTED, who=CREW),
    "assigned": Step(before={State.NEW, State.ASSIGNED}, after=State.ASSIGNED, who=OFFICE | SYSTEM),
    "accepted": Step(before={State.ASSIGNED}, after=State.ACCEPTED, who=CREW, whose=Whose.VERY_OWN),
    "declined": Step(
        before={State.ASSIGNED}, after=State.NEW, who=CREW | SYSTEM, whose=Whose.VERY_OWN, why=True
    ),
    "on_the_way": Step(before={State.ACCEPTED, State.SCHEDULED}, who=CREW, whose=Whose.OWN),
    "started": Step(
        before={State.ACCEPTED, State.SCHEDULED}, after=State.IN_PROGRESS, who=CREW, whose=Whose.OWN
    ),
    "asked": Step(before=AT_WORK, after=State.WAITING_RESIDENT, who=CREW, whose=Whose.OWN, why=True),
    "answered": Step(before={State.WAITING_RESIDENT}, back=True, who=RESIDENT, why=True),
    #: the question was given up meanwhile, and the request put on hold
    "answered_late": Step(before={State.ON_HOLD}, back=True, who=RESIDENT, why=True),
    "noted": Step(before=OPEN | {State.DONE}, who=RESIDENT, why=True),
    "hurried": Step(before=OPEN - {State.WAITING_RESIDENT}, who=RESIDENT),
    #: slots of a service are given out one by one, and not changed by chat
    "moved": Step(before=UNBEGUN, who=RESIDENT | CREW, whose=Whose.OWN, types=frozenset({Type.REPAIR})),
    "held": Step(
        before=AT_WORK | {State.NEW, State.ASSIGNED, State.WAITING_RESIDENT},
        after=State.ON_HOLD,
        who=CREW | SYSTEM,
        whose=Whose.OWN,
        why=True,
    ),
    "resumed": Step(before={State.ON_HOLD}, back=True, who=CREW | SYSTEM, whose=Whose.OWN),
    "released": Step(before=AT_WORK | PAUSES, after=State.NEW, who=CREW | SYSTEM, whose=Whose.OWN, why=True),
    "transferred": Step(
        before=AT_WORK | {State.ON_HOLD}, after=State.ASSIGNED, who=CREW, whose=Whose.OWN, why=True
    ),
    "done": Step(
        before={State.ACCEPTED, State.IN_PROGRESS}, after=State.DONE, who=CREW, whose=Whose.OWN, why=True
    ),
    "confirmed": Step(before={State.DONE}, after=State.CLOSED, who=RESIDENT | LEADERS, whose=Whose.NOT_OWN),
    "closed_unanswered": Step(before={State.DONE}, after=State.CLOSED, who=SYSTEM),
    "not_fixed": Step(before={State.DONE}, after=State.ACCEPTED, who=RESIDENT, why=True, neighbours=True),
    "not_fixed_again": Step(before={State.DONE}, after=State.NEW, who=RESIDENT, why=True, neighbours=True),
    #: a new request is filed for it, linked to this one, which stays closed
    "reopened": Step(
        before={State.CLOSED, State.CANCELLED}, who=RESIDENT | OFFICE, why=True, neighbours=True
    ),
    "cancelled": Step(before=OPEN, after=State.CANCELLED, who=RESIDENT | OFFICE, once_begun=OFFICE),
    #: once the work has begun, the resident can only ask for it
    "cancel_asked": Step(before=STOPPABLE, who=RESIDENT),
    "cancel_refused": Step(before=STOPPABLE, who=OFFICE, why=True),
    "rejected": Step(before={State.NEW, State.ASSIGNED}, after=State.REJECTED, who=OFFICE, why=True),
    "appealed": Step(before={State.REJECTED}, after=State.NEW, who=RESIDENT, why=True),
    "followed": Step(before=OPEN | {State.DONE}, who=RESIDENT, neighbours=True),
    "unfollowed": Step(before=OPEN | {State.DONE}, who=RESIDENT, neighbours=True),
    "gathered": Step(before=OPEN | {State.DONE}, who=OFFICE),
    "parted": Step(before=frozenset(State), who=OFFICE),
    "merged": Step(before=OPEN, after=State.DUPLICATE, who=OFFICE),
    "unmerged": Step(before={State.DUPLICATE}, after=State.NEW, who=OFFICE),
    "escalated": Step(before={State.NEW}, who=SYSTEM),
    #: an emergency: where it is, and that it was told once more
    "located": Step(before=OPEN, who=RESIDENT),
    "alerted": Step(before=UNACCEPTED, who=SYSTEM),
    #: what residents tell the office: it answers in words, decides on suggestions, and is reminded of both
    "replied": Step(before=OPEN, after=State.DONE, who=OFFICE, why=True, types=DISCREET),
    "decided": Step(
        before=OPEN, after=State.CLOSED, who=LEADERS, why=True, types=frozenset({Type.SUGGESTION})
    ),
    "praised": Step(before={State.NEW}, after=State.CLOSED, who=RESIDENT, types=frozenset({Type.PRAISE})),
    "answer_due": Step(before=OPEN, who=SYSTEM, types=DISCREET),
}


def take(
    request: Request,
    name: str,
    actor: Actor,
    now: datetime,
    why: str = "",
    *,
    data: Mapping[str, Json] | None = None,
    neighbour: bool = False,
    **changes: Any,
) -> Change:
    """Takes one step: the request as it then is, and the event that says so. `neighbour` says that a resident
    whose request it is not has a part in it, which the caller has looked up.

    Raises `NotPossible` where the table has no such way, `NotAllowed` where this actor may not go it.
    """
    step = STEPS[name]
    check(request, step, actor, neighbour=neighbour)
    if step.why and not why.strip():
        raise NotPossible(f"{name} needs a reason")
    placed = {**changes, **_placed(request, step), "version": request.version + 1}
    moved = _clocked(request, replace(request, **placed), now)
    return Change(request=moved, event=_event(name, request, moved, actor, now, why, data or {}))


def check(request: Request, step: Step, actor: Actor, *, neighbour: bool = False) -> None:
    """Raises what `take` would raise for this actor."""
    begun = State.IN_PROGRESS in {request.state, request.previous}
    who = step.once_begun if begun and step.once_begun is not None else step.who
    known = actor.person_id == request.resident_id or (neighbour and step.neighbours)
    stranger = actor.role is Role.RESIDENT and not known
    able = actor.role in who or (may_clerk(actor.role, request) and Role.WORKER in who)
    if not able or stranger or not _fits(step.whose, request, actor):
        raise NotAllowed
    if not _discreet_enough(request, actor):
        raise NotAllowed
    if request.state not in step.before or not (step.types is None or request.type in step.types):
        raise NotPossible


def may_clerk(role: Role, request: Request) -> bool:
    """Whether somebody who looks after fees may do what a worker may: with what is about a bill."""
    return role is Role.FEES and request.type is Type.FEES


def _discreet_enough(request: Request, actor: Actor) -> bool:
    """Nobody deals with a complaint against themselves, and no worker or neighbour with what is discreet."""
    if actor.person_id is not None and actor.person_id == request.accused_id:
        return False
    own = actor.role is Role.RESIDENT and actor.person_id == request.resident_id
    return own or request.type not in DISCREET or actor.role in OFFICE | SYSTEM


def _fits(whose: Whose, request: Request, actor: Actor) -> bool:
    own = actor.person_id is not None and actor.person_id == request.worker_id
    match whose:
        case Whose.OWN:
            return own or actor.role not in {Role.WORKER, Role.FEES}
        case Whose.VERY_OWN:
            return own or actor.role is Role.SYSTEM
        case Whose.NOT_OWN:
            return not own
        case _:
            return True


def possible(request: Request, name: str, actor: Actor) -> bool:
    """Whether this step could be taken now: which buttons a card shows."""
    try:
        check(request, STEPS[name], actor)
    except (NotAllowed, NotPossible):
        return False
    return True


def _placed(request: Request, step: Step) -> dict[str, Any]:
    """Where a step leads, and what follows: a pause knows its way back, what is new is nobody's."""
    origin = request.previous or request.state
    after = origin if step.back else step.after or request.state
    placed: dict[str, Any] = {"state": after, "previous": origin if after in PAUSES else None}
    if after is not State.ON_HOLD:
        placed["hold_until"] = None
    if after is State.NEW:
        placed["worker_id"] = None
    return placed


def _clocked(before: Request, after: Request, now: datetime) -> Request:
    """The service clock stands still while the resident is asked, and the promises move by that much."""
    waits = after.state is State.WAITING_RESIDENT
    if waits and before.paused_at is None:
        return replace(after, paused_at=now)
    if before.paused_at is None or waits:
        return after
    pause = now - before.paused_at
    return replace(
        after, paused_at=None, respond_by=after.respond_by + pause, solve_by=after.solve_by + pause
    )


def _event(
    name: str,
    before: Request,
    after: Request,
    actor: Actor,
    now: datetime,
    why: str,
    data: Mapping[str, Json],
) -> Event:
    moved = {} if after.solve_by == before.solve_by else {"solve_by": after.solve_by.isoformat()}
    return Event(
        request_id=before.id,
        estate_id=before.estate_id,
        at=now,
        name=name,
        actor=actor,
        before=before.state,
        after=after.state,
        why=why,
        data={**data, **moved},
    )
