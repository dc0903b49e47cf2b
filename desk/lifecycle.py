"""The life of a request: one table of steps, and the only function that takes one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desk.errors import NotAllowed, NotPossible
from desk.records import Actor, Change, Event, Json, Request, Role, State

OFFICE = frozenset({Role.DISPATCHER, Role.MANAGER, Role.OWNER})
LEADERS = frozenset({Role.MANAGER, Role.OWNER})
CREW = frozenset({Role.WORKER}) | OFFICE
RESIDENT = frozenset({Role.RESIDENT})
SYSTEM = frozenset({Role.SYSTEM})

AT_WORK = frozenset({State.ACCEPTED, State.SCHEDULED, State.IN_PROGRESS})
OPEN = frozenset(state for state in State if state.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way through the table: from where, to where, who may, and whether a reason is owed."""

    before: frozenset[State]
    #: None stays; `previous` is where a waiting or held request came from
    after: State | None
    who: frozenset[Role]
    #: only the worker who claimed it (the office may always)
    own: bool = False
    why: bool = False


#: The procedure "work orders", design §4. Who closes is never the worker.
STEPS: Mapping[str, Step] = {
    "claimed": Step(before=frozenset({State.NEW}), after=State.ACCEPTED, who=CREW),
    "assigned": Step(before=OPEN, after=State.ASSIGNED, who=OFFICE | SYSTEM),
    "accepted": Step(before=frozenset({State.ASSIGNED}), after=State.ACCEPTED, who=CREW, own=True),
    "declined": Step(before=frozenset({State.ASSIGNED}), after=State.NEW, who=CREW, own=True, why=True),
    "on_the_way": Step(before=frozenset({State.ACCEPTED, State.SCHEDULED}), after=None, who=CREW, own=True),
    "started": Step(
        before=frozenset({State.ACCEPTED, State.SCHEDULED}), after=State.IN_PROGRESS, who=CREW, own=True
    ),
    "asked": Step(before=AT_WORK, after=State.WAITING_RESIDENT, who=CREW, own=True, why=True),
    "answered": Step(before=frozenset({State.WAITING_RESIDENT}), after=None, who=RESIDENT, why=True),
    "held": Step(
        before=frozenset({State.NEW}) | AT_WORK | {State.WAITING_RESIDENT},
        after=State.ON_HOLD,
        who=CREW | SYSTEM,
        own=True,
        why=True,
    ),
    "resumed": Step(before=frozenset({State.ON_HOLD}), after=None, who=CREW | SYSTEM, own=True),
    "released": Step(
        before=AT_WORK | {State.ON_HOLD, State.WAITING_RESIDENT},
        after=State.NEW,
        who=CREW | SYSTEM,
        own=True,
        why=True,
    ),
    "done": Step(before=AT_WORK, after=State.DONE, who=CREW, own=True, why=True),
    "confirmed": Step(before=frozenset({State.DONE}), after=State.CLOSED, who=RESIDENT | LEADERS),
    "closed_unanswered": Step(before=frozenset({State.DONE}), after=State.CLOSED, who=SYSTEM),
    "not_fixed": Step(before=frozenset({State.DONE}), after=State.ACCEPTED, who=RESIDENT, why=True),
    "not_fixed_again": Step(before=frozenset({State.DONE}), after=State.NEW, who=RESIDENT, why=True),
    "cancelled": Step(
        before=frozenset({State.NEW, State.ASSIGNED, State.ACCEPTED, State.SCHEDULED})
        | {State.WAITING_RESIDENT, State.ON_HOLD},
        after=State.CANCELLED,
        who=RESIDENT | OFFICE,
    ),
    "rejected": Step(
        before=frozenset({State.NEW, State.ASSIGNED}), after=State.REJECTED, who=OFFICE, why=True
    ),
    "escalated": Step(before=OPEN, after=None, who=SYSTEM),
}


def take(
    request: Request,
    name: str,
    actor: Actor,
    now: datetime,
    why: str = "",
    *,
    data: Mapping[str, Json] | None = None,
    **changes: Any,
) -> Change:
    """Takes one step: the request as it then is, and the event that says so.

    Raises `NotPossible` where the table has no such way, `NotAllowed` where this actor may not go it.
    """
    step = STEPS[name]
    check(request, step, actor)
    if step.why and not why.strip():
        raise NotPossible(f"{name} needs a reason")
    after = changes.pop("state", None) or step.after or request.state
    moved = replace(request, state=after, version=request.version + 1, **changes)
    moved = _clocked(request, moved, now)
    return Change(request=moved, event=_event(name, request, moved, actor, now, why, data or {}))


def check(request: Request, step: Step, actor: Actor) -> None:
    """Raises what `take` would raise for this actor."""
    if actor.role not in step.who:
        raise NotAllowed
    if actor.role is Role.RESIDENT and actor.person_id != request.resident_id:
        raise NotAllowed
    if step.own and actor.role is Role.WORKER and actor.person_id != request.worker_id:
        raise NotAllowed
    if request.state not in step.before:
        raise NotPossible


def possible(request: Request, name: str, actor: Actor) -> bool:
    """Whether this step could be taken now: which buttons a card shows."""
    try:
        check(request, STEPS[name], actor)
    except (NotAllowed, NotPossible):
        return False
    return True


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
