"""One fault, one request: another one is merged into it with all who follow it, and can be taken out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desk import lifecycle, service_levels
from desk.actions import again
from desk.actions.actors import Handler, by_staff
from desk.actions.orders import RequestOrder
from desk.errors import NotAllowed, Rejected
from desk.ports import Work
from desk.records import Actor, Change, Json, Link, Request, State, Type
from desk.records.followers import Follower


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(RequestOrder):
    """It is the same as another one, by the number that people quote."""

    into: int


class Unmerge(RequestOrder):
    """It is another one after all."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A request that goes on in another one, or by itself again; and that other one."""

    change: Change
    lead: Change


def merge_by_number(work: Work, request: Request, actor: Actor, number: int, now: datetime) -> Merged:
    """The same by the number; raises `Rejected` for one that cannot take it in."""
    into = work.requests.by_number(request.estate_id, number)
    if into is None or into.id == request.id or into.type is not Type.REPAIR or into.state not in STANDING:
        raise Rejected("number", "There is no such open request.")
    return merge(work, request, into, actor, now)


#: what can take others in: somebody is still to be asked whether it is fixed
STANDING = lifecycle.OPEN | {State.DONE}


def merge(work: Work, request: Request, into: Request, actor: Actor, now: datetime) -> Merged:
    """Ends the request; who reported it and who follows it follow the other one from now on."""
    if request.type is not Type.REPAIR or request.estate_id != into.estate_id:
        raise NotAllowed
    data: dict[str, Json] = {
        "number": into.number,
        "request": into.id,
        "linked": request.linked_id,
        "link": request.link.value if request.link else None,
    }
    step = lifecycle.take(request, "merged", actor, now, data=data, linked_id=into.id, link=Link.DUPLICATE)
    change = work.requests.record(step)
    service_levels.forget(work.timers, request.id, *service_levels.WHILE_OPEN)
    for follower in (_reporter(request, now), *work.followers.of(request.id)):
        if follower.person_id != into.resident_id:
            came = replace(follower, request_id=into.id, via_id=request.id, verdict=None)
            work.followers.follow(came)
    return Merged(change, _weighed(work, into.id, "gathered", actor, request, now))


def _reporter(request: Request, now: datetime) -> Follower:
    return Follower(
        request_id=request.id,
        person_id=request.resident_id,
        estate_id=request.estate_id,
        home_id=request.home_id,
        since=now,
    )


def _weighed(work: Work, lead_id: int, name: str, actor: Actor, other: Request, now: datetime) -> Change:
    lead = work.requests.get(lead_id)
    heavy = again.weight(lead, work.followers.of(lead.id))
    data: dict[str, Json] = {"number": other.number, "request": other.id}
    return work.requests.record(lifecycle.take(lead, name, actor, now, data=data, weight=heavy))


def unmerge(work: Work, request: Request, actor: Actor, now: datetime) -> Merged:
    """It waits for a claim by itself again; who came with it leaves the other one."""
    merged = [event for event in work.requests.events(request.id) if event.name == "merged"]
    lifecycle.check(request, lifecycle.STEPS["unmerged"], actor)
    before = merged[-1].data
    lead_id, linked, link = before.get("request"), before.get("linked"), before.get("link")
    step = lifecycle.take(
        request,
        "unmerged",
        actor,
        now,
        linked_id=linked,
        link=Link(str(link)) if link else None,
        escalation=0,
    )
    change = work.requests.record(step)
    work.timers.set(service_levels.unclaimed(change.request, work.estates.get(request.estate_id), now))
    lead = lead_id if isinstance(lead_id, int) else request.id
    work.followers.drop_via(lead, request.id)
    return Merged(change, _weighed(work, lead, "parted", actor, request, now))


HANDLERS: Mapping[type, Handler] = {
    Merge: by_staff(
        lambda work, request, actor, order, now: merge_by_number(work, request, actor, order.into, now)
    ),
    Unmerge: by_staff(lambda work, request, actor, order, now: unmerge(work, request, actor, now)),
}
