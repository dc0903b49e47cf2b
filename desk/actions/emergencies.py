"""Emergencies: filed at once with what is known, and told again and again until somebody accepts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk import lifecycle, service_levels
from desk.actions import my_requests
from desk.actions.actors import Handler, own_home, resident
from desk.actions.filing import file_promised
from desk.actions.orders import RequestOrder
from desk.catalogue import catalogue
from desk.emergencies import DANGERS, Danger
from desk.errors import NotAllowed, NotFound, NotPossible
from desk.places import building_of
from desk.ports import Work
from desk.records import (
    SYSTEM,
    Actor,
    Change,
    Details,
    Estate,
    Home,
    Media,
    Person,
    Place,
    Priority,
    Request,
    Role,
    State,
)
from desk.routing import may_work, queue_of
from desk.taxonomy import kinds

#: who says the same again within this time adds to the request that is there
ONE_AND_THE_SAME = timedelta(minutes=10)
#: so many open ones of one person; further words are added to the last
MOST_OPEN = 3
#: where it is, once somebody has said so
LOCATED = "located"
DANGER = "danger"
#: why an alarm is called off that is raised in another estate
ELSEWHERE = "It is in another estate"


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseAlarm:
    """Somebody may come to harm. Anybody may say so, linked to a home or not."""

    estate_id: int
    #: one of `desk.emergencies.DANGERS`
    danger: str
    words: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Locate(RequestOrder):
    """Where it is: in a home of one's own, in the building, on the grounds, or in words."""

    home_id: int | None = None
    place: Place | None = None
    where: str = ""


class Stand(RequestOrder):
    """That is all for now: the alarm stays on."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm was raised, or, `again`, something was added to one that was raised just before."""

    change: Change
    again: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """It is known where an alarm is."""

    change: Change


@dataclass(frozen=True, slots=True)
class Redirected:
    """It is in another estate, where its staff are told of it; the alarm here is called off."""

    called_off: Change
    raised: Change
    placed: Change


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who raised an alarm has said all."""

    request: Request


def danger_of(request: Request) -> Danger | None:
    """Which danger an emergency is about; None for any other request."""
    if request.priority is not Priority.EMERGENCY:
        return None
    return DANGERS.get(str(request.details.form.get(DANGER)), DANGERS["other"])


def is_located(request: Request) -> bool:
    """Whether somebody has said where it is, so that nobody needs to be asked."""
    return bool(request.details.form.get(LOCATED))


def raise_alarm(work: Work, person: Person, order: RaiseAlarm, now: datetime) -> Raised:
    """Files it with what is known; what the same person has just said is one request."""
    danger = DANGERS.get(order.danger)
    if danger is None:
        raise NotFound(f"There is no danger {order.danger}.")
    same = _the_same(work, person, order.estate_id, danger, now)
    if same is not None:
        return _once_more(work, person, same, order, now)
    estate = work.estates.get(order.estate_id)
    request = _request(work, person, estate, danger, order, now)
    return Raised(file_promised(work, request, resident(person), estate, {DANGER: danger.code}))


def _the_same(work: Work, person: Person, estate_id: int, danger: Danger, now: datetime) -> Request | None:
    """An open alarm of the same person about the same, raised just now; or their last, if there are many."""
    raised = [
        one
        for one in work.requests.of_resident(person.id)
        if one.priority is Priority.EMERGENCY and one.state.open and now - one.opened_at < ONE_AND_THE_SAME
        if one.estate_id == estate_id
    ]
    alike = [one for one in raised if danger_of(one) == danger]
    return next(iter(alike or (raised if len(raised) >= MOST_OPEN else ())), None)


def mistaken(work: Work, person: Person, danger: str, now: datetime) -> bool:
    """Whether somebody has just called off an alarm about this: the same words again are no alarm. The button
    raises one all the same."""
    return any(
        one.closed_at is not None
        and one.state is State.CANCELLED
        and now - one.closed_at < ONE_AND_THE_SAME
        and (known := danger_of(one)) is not None
        and known.code == danger
        and work.requests.last_event(one.id).why != ELSEWHERE
        for one in work.requests.of_resident(person.id)
    )


def _once_more(work: Work, person: Person, request: Request, order: RaiseAlarm, now: datetime) -> Raised:
    if not order.words and not order.media:
        return Raised(Change(request=request, event=work.requests.last_event(request.id)), again=True)
    note = my_requests.note(work, request, resident(person), order.words, order.media, now)
    return Raised(note, again=True)


def _request(
    work: Work, person: Person, estate: Estate, danger: Danger, order: RaiseAlarm, now: datetime
) -> Request:
    home = _home(work, person, estate, now)
    # nobody can switch an emergency off
    kind = catalogue(work, estate.id).kinds.get(danger.kind) or kinds()[danger.kind]
    return Request(
        estate_id=estate.id,
        resident_id=person.id,
        home_id=home.id if home is not None else None,
        queue_id=queue_of(kind, work.estates.queues(estate.id)).id,
        kind=danger.kind,
        problem=order.words,
        media=order.media,
        language=person.language or "",
        priority=Priority.EMERGENCY,
        opened_at=now,
        respond_by=now + estate.rules.emergency.repeat,
        solve_by=now + estate.promises.solve,
        place=danger.place or Place.HOME,
        building=building_of(home) if home is not None else "",
        details=Details(form={DANGER: danger.code}),
    )


def _home(work: Work, person: Person, estate: Estate, now: datetime) -> Home | None:
    """The home of somebody who has only one here."""
    living = {one.home_id for one in work.people.occupancies(person.id, now) if one.estate_id == estate.id}
    return work.estates.home(living.pop()) if len(living) == 1 else None


def locate(work: Work, person: Person, order: Locate, now: datetime) -> Placed | Redirected:
    """Says where it is. Raises `NotAllowed` for a home of others, and for an alarm of somebody else."""
    request = work.requests.get(order.request_id)
    home = own_home(work, person, order.home_id, now) if order.home_id is not None else None
    if home is not None and home.estate_id != request.estate_id:
        return _redirect(work, person, request, home, order, now)
    return _placed(work, person, request, home, order, now)


def _redirect(
    work: Work, person: Person, request: Request, home: Home, order: Locate, now: datetime
) -> Redirected:
    """Somebody who lives in two estates was taken to be in the other one."""
    _only_own(request, resident(person))
    danger = danger_of(request)
    if danger is None:
        raise NotPossible
    called_off = my_requests.call_off(work, request, resident(person), ELSEWHERE, now)
    again = RaiseAlarm(
        estate_id=home.estate_id, danger=danger.code, words=request.problem, media=request.media
    )
    raised = raise_alarm(work, person, again, now).change
    placed = _placed(work, person, raised.request, home, order, now)
    return Redirected(called_off, raised, placed.change)


def _placed(
    work: Work, person: Person, request: Request, home: Home | None, order: Locate, now: datetime
) -> Placed:
    where = "\n".join(part for part in (request.details.where, order.where) if part)
    details = replace(request.details, where=where, form={**request.details.form, LOCATED: True})
    step = lifecycle.take(
        request,
        "located",
        resident(person),
        now,
        data={"place": (order.place or request.place).value, "where": order.where},
        details=details,
        place=order.place or (Place.HOME if home is not None else request.place),
        home_id=home.id if home is not None else _kept_home(request, order),
        building=building_of(home) if home is not None else request.building,
    )
    return Placed(work.requests.record(step))


def _kept_home(request: Request, order: Locate) -> int | None:
    """Whoever says in words that it is somewhere else is not looked for at home; in the building it stays
    told whose neighbour they are."""
    return request.home_id if order.place is Place.BUILDING or not (order.place or order.where) else None


def alert_again(work: Work, request: Request, times: int, now: datetime) -> Change | None:
    """Nobody has accepted it yet, so it is told once more; None if somebody has."""
    if request.state not in lifecycle.UNACCEPTED:
        return None
    estate = work.estates.get(request.estate_id)
    rules = estate.rules.emergency
    level = service_levels.MANAGER if times >= rules.owners_after else service_levels.DISPATCHER
    step = lifecycle.take(request, "alerted", SYSTEM, now, data={"times": times}, escalation=level)
    change = work.requests.record(step)
    if times < rules.most:
        work.timers.set(service_levels.alert(change.request, estate, now, times + 1))
    return change


def on_call(work: Work, request: Request, now: datetime) -> tuple[Person, ...]:
    """Everybody who is alerted: workers of its queue, dispatchers and managers; the owners, too, once it was
    told in vain, or where there is nobody else."""
    held = work.people.staff(request.estate_id, now)
    owners = [post for post in held if post.role is Role.OWNER]
    first = [post for post in held if post.role is not Role.OWNER and may_work(post, request.queue_id)]
    called = [*first, *owners] if request.escalation >= service_levels.MANAGER else first or owners
    return tuple(work.people.get(one) for one in dict.fromkeys(post.person_id for post in called))


def _stand(work: Work, person: Person, order: Stand, now: datetime) -> Told:
    request = work.requests.get(order.request_id)
    _only_own(request, resident(person))
    return Told(request)


def _only_own(request: Request, actor: Actor) -> None:
    if request.resident_id != actor.person_id:
        raise NotAllowed
    if not request.state.open:
        raise NotPossible


HANDLERS: Mapping[type, Handler] = {RaiseAlarm: raise_alarm, Locate: locate, Stand: _stand}
