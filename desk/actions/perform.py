"""Carrying out an order: its handler looks up who acts, so that no order can claim to come from another."""

from collections.abc import Mapping
from datetime import datetime

from desk import discretion
from desk.actions import (
    announcements,
    answers,
    closing,
    complaints,
    dispatching,
    emergencies,
    feedback,
    fees,
    following,
    households,
    jobs,
    joining,
    merging,
    my_requests,
    orders,
    outages,
    personal,
    reporting,
    services,
    visitors,
)
from desk.actions.actors import Handler, by_either, by_resident, by_staff, lives_in
from desk.actions.reporting import ReportRepair
from desk.errors import NotAllowed
from desk.ports import Work
from desk.records import Person


def perform(work: Work, person: Person, order: object, now: datetime) -> object:
    """Does what this person ordered; what came of it is for the bot to tell. Raises `Refused` where the rules
    do not allow it, `Conflict` where somebody was quicker, `NotFound` for what does not exist."""
    handler = _HANDLERS.get(type(order))
    if handler is None:
        raise TypeError(f"no such order: {type(order).__name__}")
    return handler(work, person, order, now)


def _report(work: Work, person: Person, order: ReportRepair, now: datetime) -> object:
    if order.resident_id != person.id or not lives_in(work, person.id, order.home_id, now):
        raise NotAllowed
    return reporting.report_repair(work, order, now)


def _claim(work: Work, person: Person, order: orders.Claim, now: datetime) -> object:
    request = work.requests.get(order.request_id)
    discretion.require(work, request, person.id, now)
    return jobs.claim(work, request, person, work.people.staff_of(person.id, now), now)


def _join(work: Work, person: Person, order: orders.Join, now: datetime) -> object:
    joined = joining.redeem(work, order.code, person, now)
    joining.speak(work, person, order.language)
    return joined


_HANDLERS: Mapping[type, Handler] = {
    **households.HANDLERS,
    **personal.HANDLERS,
    **announcements.HANDLERS,
    **services.HANDLERS,
    **fees.HANDLERS,
    **emergencies.HANDLERS,
    **visitors.HANDLERS,
    **my_requests.HANDLERS,
    **dispatching.HANDLERS,
    **following.HANDLERS,
    **merging.HANDLERS,
    **outages.HANDLERS,
    **answers.HANDLERS,
    **complaints.HANDLERS,
    **feedback.HANDLERS,
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
    orders.AnswerWorker: by_resident(
        lambda work, request, actor, order, now: jobs.answer(
            work, request, actor, order.words, order.media, now
        )
    ),
    orders.Confirm: by_either(
        lambda work, request, actor, order, now: closing.confirm(work, request, actor, now)
    ),
    orders.Cancel: by_either(
        lambda work, request, actor, order, now: my_requests.call_off(work, request, actor, "", now)
    ),
    orders.OnMyWay: by_staff(
        lambda work, request, actor, order, now: jobs.on_the_way(work, request, actor, now)
    ),
    orders.Start: by_staff(lambda work, request, actor, order, now: jobs.start(work, request, actor, now)),
    orders.Resume: by_staff(lambda work, request, actor, order, now: jobs.resume(work, request, actor, now)),
    orders.AskResident: by_staff(
        lambda work, request, actor, order, now: jobs.ask(
            work, request, actor, order.question, now, order.media
        )
    ),
    orders.Hold: by_staff(
        lambda work, request, actor, order, now: jobs.hold(work, request, actor, order.why, order.until, now)
    ),
    orders.Release: by_staff(
        lambda work, request, actor, order, now: jobs.release(work, request, actor, order.why, now)
    ),
    orders.Finish: by_staff(
        lambda work, request, actor, order, now: jobs.done(
            work, request, actor, jobs.Report(note=order.note, media=order.media), now
        )
    ),
    orders.Reviewed: by_staff(
        lambda work, request, actor, order, now: closing.review(work, request.id, actor, now)
    ),
}
