"""What a resident may still wish of a request that is filed: add something, hurry, another time, call it off,
open it again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desk import lifecycle, service_levels
from desk.actions import filing
from desk.actions.actors import Handler, by_either, by_resident, by_staff, lives_in
from desk.actions.orders import RequestOrder
from desk.errors import NotAllowed, NotPossible, Rejected
from desk.ports import Work
from desk.records import Actor, Change, Json, Link, Media, Request, Role, Slot, State, Type
from desk.records.followers import Follower


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(RequestOrder):
    """Something more to know about it."""

    words: str
    media: tuple[Media, ...] = ()


class HurryUp(RequestOrder):
    """Please be quick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(RequestOrder):
    """Another time; None is as soon as possible."""

    visit: Slot | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOff(RequestOrder):
    """It is no longer needed, perhaps with a reason."""

    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseCancel(RequestOrder):
    """The office goes on with a request that its resident wanted to call off."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(RequestOrder):
    """It is not fixed after all."""

    why: str
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Reopened:
    """A closed request was opened again: the old one knows of it, and the new one points at it."""

    closed: Change
    filed: Change


def note(
    work: Work, request: Request, actor: Actor, words: str, media: tuple[Media, ...], now: datetime
) -> Change:
    """The resident adds words or pictures."""
    data: dict[str, Json] = {"media": Media.all_to(media)}
    step = lifecycle.take(request, "noted", actor, now, words or "📎", data=data)
    return work.requests.record(step)


def hurry(work: Work, request: Request, actor: Actor, now: datetime) -> Change:
    """The resident asks to be quick; counted, and not more often than every few hours."""
    if hurry_again_at(request, now) is not None:
        raise NotPossible("It was asked for not long ago.")
    times = request.hurried + 1
    step = lifecycle.take(
        request, "hurried", actor, now, data={"times": times}, hurried=times, hurried_at=now
    )
    return work.requests.record(step)


def hurry_again_at(request: Request, now: datetime) -> datetime | None:
    """From when on the resident may ask to hurry again; None is now."""
    if request.hurried_at is None:
        return None
    again = request.hurried_at + service_levels.HURRY_EVERY
    return again if again > now else None


def move(work: Work, request: Request, actor: Actor, visit: Slot | None, now: datetime) -> Change:
    """Another time for the visit, before the work begins."""
    if visit is not None and visit.start <= now:
        raise Rejected("visit", "This time has passed.")
    if work.services.booking(request.id) is not None:
        raise NotPossible("What is booked is booked anew.")
    data: dict[str, Json] = {"from": _kept(request.visit), "to": _kept(visit)}
    return work.requests.record(lifecycle.take(request, "moved", actor, now, data=data, visit=visit))


def _kept(visit: Slot | None) -> Json:
    return {"start": visit.start.isoformat(), "end": visit.end.isoformat()} if visit else None


def call_off(work: Work, request: Request, actor: Actor, why: str, now: datetime) -> Change:
    """Calls it off with its timers; once the work has begun, the resident's wish goes to the office."""
    if actor.role is Role.RESIDENT and not lifecycle.possible(request, "cancelled", actor):
        if request.state.open and wants_out(work, request):
            raise NotPossible("It was asked for already.")
        return work.requests.record(lifecycle.take(request, "cancel_asked", actor, now, why))
    change = work.requests.record(lifecycle.take(request, "cancelled", actor, now, why, closed_at=now))
    service_levels.forget(work.timers, request.id, *service_levels.WHILE_OPEN)
    work.services.release(request.id)
    return change


def wants_out(work: Work, request: Request) -> bool:
    """Whether the resident has asked to call it off, and the office has not answered yet."""
    asked = [
        event.name
        for event in work.requests.events(request.id)
        if event.name in {"cancel_asked", "cancel_refused"}
    ]
    return asked[-1:] == ["cancel_asked"]


def refuse_cancel(work: Work, request: Request, actor: Actor, why: str, now: datetime) -> Change:
    """The office goes on with it, and says why."""
    if not wants_out(work, request):
        raise NotPossible
    return work.requests.record(lifecycle.take(request, "cancel_refused", actor, now, why))


def reopen(
    work: Work, request: Request, actor: Actor, why: str, media: tuple[Media, ...], now: datetime
) -> Reopened:
    """Files a new request linked to the closed one; a resident may for two weeks, the office at any time."""
    if actor.role is Role.RESIDENT and not (reopenable(request, now) and _lives_there(work, request, now)):
        raise NotAllowed
    if any(one.link is Link.REOPENED and one.state.open for one in work.requests.linked_to(request.id)):
        raise NotPossible("It is open again already.")
    step = lifecycle.take(request, "reopened", actor, now, why)
    return _opened(work, step, file_again(work, request, actor, why, media, now))


def reopen_for(
    work: Work,
    request: Request,
    actor: Actor,
    follower: Follower,
    why: str,
    media: tuple[Media, ...],
    now: datetime,
) -> Reopened:
    """The same for somebody who followed it and has the fault still: a request of theirs, for their home."""
    known = work.requests.linked_to(request.id)
    if any(one.resident_id == follower.person_id and one.state.open for one in known):
        raise NotPossible("It is open again already.")
    step = lifecycle.take(request, "reopened", actor, now, why, neighbour=True)
    theirs = replace(request, resident_id=follower.person_id, home_id=follower.home_id)
    return _opened(work, step, file_again(work, theirs, actor, why, media, now))


def _opened(work: Work, step: Change, filed: Change) -> Reopened:
    data: dict[str, Json] = {"request": filed.request.id, "number": filed.request.number}
    return Reopened(work.requests.record(replace(step, event=replace(step.event, data=data))), filed)


#: what is settled once and for all
ONCE_ONLY = frozenset({Type.PRAISE, Type.SUGGESTION})


def _lives_there(work: Work, request: Request, now: datetime) -> bool:
    """Whether its resident still belongs to the home that it is about: nobody sends workers to others."""
    return request.home_id is None or lives_in(work, request.resident_id, request.home_id, now)


def reopenable(request: Request, now: datetime) -> bool:
    """Whether its resident may still have it opened again."""
    closed_at = request.closed_at
    if request.state is not State.CLOSED or closed_at is None or request.type in ONCE_ONLY:
        return False
    return now - closed_at <= service_levels.REOPEN_WITHIN


def file_again(
    work: Work, request: Request, actor: Actor, why: str, media: tuple[Media, ...], now: datetime
) -> Change:
    """A new request about what an earlier one was about, with a number and a promise of its own."""
    estate = work.estates.get(request.estate_id)
    respond, solve = service_levels.promised(request.type, estate)
    fresh = Request(
        estate_id=request.estate_id,
        resident_id=request.resident_id,
        home_id=request.home_id,
        queue_id=request.queue_id,
        type=request.type,
        kind=request.kind,
        problem=why,
        media=media,
        entry=request.entry,
        language=request.language,
        priority=request.priority,
        opened_at=now,
        respond_by=now + respond,
        solve_by=now + solve,
        place=request.place,
        building=request.building,
        details=request.details,
        accused_id=request.accused_id,
        linked_id=request.id,
        link=Link.REOPENED,
    )
    return filing.file_promised(work, fresh, actor, estate, {"again": request.id})


HANDLERS: Mapping[type, Handler] = {
    AddNote: by_resident(
        lambda work, request, actor, order, now: note(work, request, actor, order.words, order.media, now)
    ),
    HurryUp: by_resident(lambda work, request, actor, order, now: hurry(work, request, actor, now)),
    Move: by_either(lambda work, request, actor, order, now: move(work, request, actor, order.visit, now)),
    CallOff: by_either(
        lambda work, request, actor, order, now: call_off(work, request, actor, order.why, now)
    ),
    RefuseCancel: by_staff(
        lambda work, request, actor, order, now: refuse_cancel(work, request, actor, order.why, now)
    ),
    Reopen: by_either(
        lambda work, request, actor, order, now: reopen(work, request, actor, order.why, order.media, now)
    ),
}
