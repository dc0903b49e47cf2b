"""What the office decides about a request that nobody has, and what those say who are given it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk import discretion, lifecycle, service_levels
from desk.actions.actors import Handler, by_resident, by_staff
from desk.actions.orders import RequestOrder
from desk.errors import NotAllowed, NotPossible
from desk.ports import Work
from desk.records import SYSTEM, Actor, Change, Json, Request, Staff, State
from desk.routing import may_work

#: what the desk gives as a reason where nobody accepted in time
NO_ANSWER = "Not accepted in time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(RequestOrder):
    """The office gives it to somebody."""

    to: int


class Accept(RequestOrder):
    """Whoever it was given to takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(RequestOrder):
    """Whoever it was given to does not take it."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(RequestOrder):
    """Whoever has it, or the office, gives it to a colleague."""

    to: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(RequestOrder):
    """The office does not take it on; the resident reads why."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(RequestOrder):
    """The resident asks to look at it again, once."""

    why: str


def able(work: Work, request: Request, now: datetime) -> tuple[Staff, ...]:
    """Everybody who may be given it, each by one post; nobody for what is discreet."""
    if discretion.is_discreet(request):
        return ()
    posts = work.people.staff(request.estate_id, now)
    found = {post.person_id: post for post in posts if may_work(post, request.queue_id)}
    return tuple(post for one, post in found.items() if one != request.worker_id)


def assign(work: Work, request: Request, actor: Actor, to: int, now: datetime) -> Change:
    """Gives an unclaimed request to somebody, who has as long to accept as was promised for a claim."""
    return _given(work, request, "assigned", actor, to, "", now)


def transfer(work: Work, request: Request, actor: Actor, to: int, why: str, now: datetime) -> Change:
    """Gives a job to a colleague, who has to accept it."""
    return _given(work, request, "transferred", actor, to, why, now)


def _given(work: Work, request: Request, name: str, actor: Actor, to: int, why: str, now: datetime) -> Change:
    post = next((post for post in able(work, request, now) if post.person_id == to), None)
    if post is None:
        raise NotAllowed
    person = work.people.get(to)
    data: dict[str, Json] = {"to": to, "name": person.name, "badge": post.badge}
    step = lifecycle.take(request, name, actor, now, why, data=data, worker_id=to)
    change = work.requests.record(step)
    service_levels.forget(work.timers, request.id, *service_levels.WHILE_OPEN)
    work.timers.set(service_levels.to_accept(change.request, work.estates.get(request.estate_id), now))
    return change


def accept(work: Work, request: Request, actor: Actor, now: datetime) -> Change:
    """Whoever it was given to takes it on."""
    first = request.claimed_at or now
    change = work.requests.record(lifecycle.take(request, "accepted", actor, now, claimed_at=first))
    service_levels.forget(work.timers, request.id, "assigned")
    return change


def decline(work: Work, request: Request, actor: Actor, why: str, now: datetime) -> Change:
    """It is open to everybody again."""
    change = work.requests.record(lifecycle.take(request, "declined", actor, now, why, escalation=0))
    service_levels.forget(work.timers, request.id, "assigned")
    _wait_for_claim(work, change.request, now)
    return change


def not_accepted(work: Work, request: Request, now: datetime) -> Change | None:
    """The time to accept has run out. None if it was accepted or declined."""
    if request.state is not State.ASSIGNED:
        return None
    return decline(work, request, SYSTEM, NO_ANSWER, now)


def reject(work: Work, request: Request, actor: Actor, why: str, now: datetime) -> Change:
    """It is not taken on."""
    if discretion.is_discreet(request):
        raise NotPossible
    change = work.requests.record(lifecycle.take(request, "rejected", actor, now, why))
    service_levels.forget(work.timers, request.id, *service_levels.WHILE_OPEN)
    return change


def appeal(work: Work, request: Request, actor: Actor, why: str, now: datetime) -> Change:
    """The resident asks once to look at it again: it waits for a claim anew."""
    if not appealable(work, request):
        raise NotPossible("It was looked at again already.")
    change = work.requests.record(lifecycle.take(request, "appealed", actor, now, why, escalation=0))
    _wait_for_claim(work, change.request, now)
    return change


def appealable(work: Work, request: Request) -> bool:
    """Whether its resident may ask to look at it again."""
    asked = any(event.name == "appealed" for event in work.requests.events(request.id))
    return request.state is State.REJECTED and not asked


def _wait_for_claim(work: Work, request: Request, now: datetime) -> None:
    work.timers.set(service_levels.unclaimed(request, work.estates.get(request.estate_id), now))


HANDLERS: Mapping[type, Handler] = {
    Assign: by_staff(lambda work, request, actor, order, now: assign(work, request, actor, order.to, now)),
    Accept: by_staff(lambda work, request, actor, order, now: accept(work, request, actor, now)),
    Decline: by_staff(lambda work, request, actor, order, now: decline(work, request, actor, order.why, now)),
    Transfer: by_staff(
        lambda work, request, actor, order, now: transfer(work, request, actor, order.to, order.why, now)
    ),
    Reject: by_staff(lambda work, request, actor, order, now: reject(work, request, actor, order.why, now)),
    Appeal: by_resident(
        lambda work, request, actor, order, now: appeal(work, request, actor, order.why, now)
    ),
}
