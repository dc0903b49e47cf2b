"""Me too: residents who follow what somebody else reported, and have a say in whether it is fixed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desk import lifecycle
from desk.actions import again, jobs, my_requests, outages
from desk.actions.actors import Handler, resident
from desk.actions.my_requests import Reopened
from desk.actions.orders import NotFixed, RequestOrder
from desk.errors import Conflict, NotAllowed, NotPossible
from desk.ports import Work
from desk.records import Change, Json, Media, Person, Request, State, Type
from desk.records.followers import Follower, Verdict

#: how often a count is tried anew when somebody else was quicker by a moment
TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(RequestOrder):
    """Me too: it is the same fault, seen from this home."""

    home_id: int | None = None
    words: str = ""
    media: tuple[Media, ...] = ()


class Unfollow(RequestOrder):
    """It is no matter of mine any more."""


class Affirm(RequestOrder):
    """A follower says that it is fixed for them, too."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody follows a request; nothing changed if they did already."""

    request: Request
    follower: Follower
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Affirmed:
    """A follower is content."""

    request: Request
    follower: Follower


def follow(work: Work, person: Person, order: Follow, now: datetime) -> Followed:
    """Adds the person to those who are kept informed; the request counts one home more. Raises `NotAllowed`
    for somebody who does not live in its estate, `NotPossible` where it is their own or over."""
    request = work.requests.get(order.request_id)
    home_id = _seen_from(work, person, order, request, now)
    if request.resident_id == person.id:
        raise NotPossible("It is their own.")
    follower = Follower(
        request_id=request.id,
        person_id=person.id,
        estate_id=request.estate_id,
        home_id=home_id,
        since=now,
    )
    lifecycle.check(request, lifecycle.STEPS["followed"], resident(person), neighbour=True)
    if not work.followers.follow(follower):
        return Followed(request, follower)
    data: dict[str, Json] = {"home": follower.home_id, "media": Media.all_to(order.media)}
    change = counted(
        work, request.id, lambda seen: _weighed(work, seen, "followed", person, now, order.words, data)
    )
    outages.suspect(work, change.request, work.estates.get(request.estate_id), now)
    return Followed(change.request, follower, change)


def _seen_from(work: Work, person: Person, order: Follow, request: Request, now: datetime) -> int:
    """From which home of theirs somebody sees the fault; raises `NotAllowed` where they have none there."""
    living = work.people.occupancies(person.id, now)
    homes = {one.home_id for one in living if one.estate_id == request.estate_id}
    home_id = order.home_id if order.home_id is not None else min(homes, default=None)
    if request.type is not Type.REPAIR or home_id is None or home_id not in homes:
        raise NotAllowed
    return home_id


def unfollow(work: Work, person: Person, order: Unfollow, now: datetime) -> Change:
    """They are not told any more."""
    request = work.requests.get(order.request_id)
    lifecycle.check(request, lifecycle.STEPS["unfollowed"], resident(person), neighbour=True)
    if not work.followers.drop(order.request_id, person.id):
        raise NotPossible("They do not follow it.")
    return counted(work, order.request_id, lambda seen: _weighed(work, seen, "unfollowed", person, now))


def _weighed(
    work: Work,
    request: Request,
    name: str,
    person: Person,
    now: datetime,
    words: str = "",
    data: Mapping[str, Json] | None = None,
) -> Change:
    heavy = again.weight(request, work.followers.of(request.id))
    actor = resident(person)
    return lifecycle.take(request, name, actor, now, words, data=data, neighbour=True, weight=heavy)


def counted(work: Work, request_id: int, step: Callable[[Request], Change]) -> Change:
    """Takes a step that any number of people may take at the same moment: read anew where one was quicker."""
    for _ in range(TRIES):
        try:
            return work.requests.record(step(work.requests.get(request_id)))
        except Conflict:
            continue
    raise Conflict


def affirm(work: Work, person: Person, order: Affirm, now: datetime) -> Affirmed:
    """The follower is content; who has said so is not asked again."""
    request = work.requests.get(order.request_id)
    follower = work.followers.get(request.id, person.id)
    if follower is None:
        raise NotAllowed
    if request.state not in {State.DONE, State.CLOSED}:
        raise NotPossible
    content = replace(follower, verdict=Verdict.FIXED)
    work.followers.save(content)
    return Affirmed(request, content)


def not_fixed(work: Work, person: Person, order: NotFixed, now: datetime) -> Change | Reopened:
    """Not fixed: the resident's word and a follower's count alike. What was closed meanwhile is opened again,
    for the follower's own home."""
    request = work.requests.get(order.request_id)
    follower = work.followers.get(request.id, person.id)
    if request.resident_id == person.id or follower is None:
        return jobs.not_fixed(work, request, resident(person), order.why, now, order.media)
    actor = resident(person)
    result: Change | Reopened
    if request.state in {State.CLOSED, State.CANCELLED}:
        result = my_requests.reopen_for(work, request, actor, follower, order.why, order.media, now)
    else:
        result = jobs.not_fixed(work, request, actor, order.why, now, order.media, neighbour=True)
    work.followers.save(replace(follower, verdict=Verdict.NOT_FIXED))
    return result


HANDLERS: Mapping[type, Handler] = {
    Follow: follow,
    Unfollow: unfollow,
    Affirm: affirm,
    NotFixed: not_fixed,
}
