"""Carrying out an order: who acts is looked up here, so that no order can claim to come from another."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from desk.actions import closing, jobs, joining, orders, reporting
from desk.actions.joining import Hired, MovedIn
from desk.actions.reporting import ReportRepair
from desk.errors import NotAllowed
from desk.ports import Work
from desk.records import Actor, Change, Person, Request, Role, Survey

Result: TypeAlias = Change | Survey | MovedIn | Hired | Person


def perform(work: Work, person: Person, order: Any, now: datetime) -> Result:
    """Does what this person ordered. Raises `Refused` where the rules do not allow it, `Conflict` where
    somebody was quicker, `NotFound` for what does not exist."""
    kind = type(order)
    if kind in _FREE:
        return _FREE[kind](work, person, order, now)
    for actor_for, handlers in ((_resident, _RESIDENT), (_staff, _STAFF), (_either, _EITHER)):
        if kind in handlers:
            request = work.requests.get(order.request_id)
            return handlers[kind](work, request, actor_for(work, person, request, now), order, now)
    raise TypeError(f"no such order: {kind.__name__}")


def staff_actor(work: Work, person: Person, estate_id: int, now: datetime) -> Actor:
    """This person as somebody of the estate's staff; raises `NotAllowed`."""
    post = jobs.best_post(work.people.staff_of(person.id, now), estate_id)
    if post is None:
        raise NotAllowed
    return jobs.actor_of(person, post)


def _resident(work: Work, person: Person, request: Request, now: datetime) -> Actor:
    return Actor(role=Role.RESIDENT, person_id=person.id, name=person.name)


def _staff(work: Work, person: Person, request: Request, now: datetime) -> Actor:
    return staff_actor(work, person, request.estate_id, now)


def _either(work: Work, person: Person, request: Request, now: datetime) -> Actor:
    """Whose request it is acts as its resident, everybody else by their post."""
    own = request.resident_id == person.id
    return (_resident if own else _staff)(work, person, request, now)


def _report(work: Work, person: Person, order: ReportRepair, now: datetime) -> Result:
    living = work.people.occupancies(person.id, now)
    if order.resident_id != person.id or all(one.home_id != order.home_id for one in living):
        raise NotAllowed
    return reporting.report_repair(work, order, now)


def _claim(work: Work, person: Person, order: orders.Claim, now: datetime) -> Result:
    request = work.requests.get(order.request_id)
    return jobs.claim(work, request, person, work.people.staff_of(person.id, now), now)


def _join(work: Work, person: Person, order: orders.Join, now: datetime) -> Result:
    joined = joining.redeem(work, order.code, person, now)
    joining.speak(work, person, order.language)
    return joined


_Free: TypeAlias = Callable[[Work, Person, Any, datetime], Result]
_FREE: Mapping[type, _Free] = {
    ReportRepair: _report,
    orders.Claim: _claim,
    orders.Join: _join,
    orders.Speak: lambda work, person, order, now: joining.speak(work, person, order.language),
    orders.Rate: lambda work, person, order, now: closing.rate(
        work, order.request_id, person.id, order.score, now
    ),
    orders.Explain: lambda work, person, order, now: closing.explain(
        work, order.request_id, person.id, order.reasons, order.words, now
    ),
}

_Handler: TypeAlias = Callable[[Work, Request, Actor, Any, datetime], Result]
_RESIDENT: Mapping[type, _Handler] = {
    orders.NotFixed: lambda work, request, actor, order, now: jobs.not_fixed(
        work, request, actor, order.why, now, order.media
    ),
    orders.AnswerWorker: lambda work, request, actor, order, now: jobs.answer(
        work, request, actor, order.words, order.media, now
    ),
}
_EITHER: Mapping[type, _Handler] = {
    orders.Confirm: lambda work, request, actor, order, now: closing.confirm(work, request, actor, now),
    orders.Cancel: lambda work, request, actor, order, now: reporting.cancel(work, request, actor, now),
}
_STAFF: Mapping[type, _Handler] = {
    orders.OnMyWay: lambda work, request, actor, order, now: jobs.on_the_way(work, request, actor, now),
    orders.Start: lambda work, request, actor, order, now: jobs.start(work, request, actor, now),
    orders.Resume: lambda work, request, actor, order, now: jobs.resume(work, request, actor, now),
    orders.AskResident: lambda work, request, actor, order, now: jobs.ask(
        work, request, actor, order.question, now, order.media
    ),
    orders.Hold: lambda work, request, actor, order, now: jobs.hold(
        work, request, actor, order.why, order.until, now
    ),
    orders.Release: lambda work, request, actor, order, now: jobs.release(
        work, request, actor, order.why, now
    ),
    orders.Finish: lambda work, request, actor, order, now: jobs.done(
        work, request, actor, jobs.Report(note=order.note, media=order.media), now
    ),
    orders.Reviewed: lambda work, request, actor, order, now: closing.review(work, request.id, actor, now),
}
