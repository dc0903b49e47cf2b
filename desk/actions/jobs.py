"""What a worker does with a request, from the claim to "done"; and what the resident answers meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk import discretion, lifecycle, service_levels
from desk.actions.actors import actor_of, best_post
from desk.catalogue import catalogue
from desk.errors import NotAllowed, NotPossible, Rejected
from desk.ports import Work
from desk.records import SYSTEM, Actor, Change, Json, Media, Person, Request, Staff, State
from desk.routing import may_work

#: longer holds need a manager (design §4)
LONGEST_HOLD = timedelta(days=7)


def post_for(request: Request, posts: Sequence[Staff]) -> Staff | None:
    """The post by which somebody may take on this request, if they hold one."""
    able = [
        post for post in posts if may_work(post, request.queue_id) or lifecycle.may_clerk(post.role, request)
    ]
    return best_post(able, request.estate_id)


def claim(work: Work, request: Request, person: Person, posts: Sequence[Staff], now: datetime) -> Change:
    """One worker takes the request. Raises `NotAllowed` without the right, `NotPossible` if it is taken,
    and `Conflict` if somebody was quicker by a moment."""
    post = post_for(request, posts)
    if post is None:
        raise NotAllowed
    first = request.claimed_at or now
    step = lifecycle.take(
        request, "claimed", actor_of(person, post), now, worker_id=person.id, claimed_at=first
    )
    change = work.requests.record(step)
    service_levels.forget(work.timers, request.id, "unclaimed")
    return change


def on_the_way(work: Work, request: Request, actor: Actor, now: datetime) -> Change:
    """The worker sets out, once."""
    if work.requests.last_event(request.id).name == "on_the_way":
        raise NotPossible("The worker is on the way already.")
    return work.requests.record(lifecycle.take(request, "on_the_way", actor, now))


def start(work: Work, request: Request, actor: Actor, now: datetime) -> Change:
    """The worker begins."""
    return work.requests.record(lifecycle.take(request, "started", actor, now))


def ask(
    work: Work, request: Request, actor: Actor, question: str, now: datetime, media: tuple[Media, ...] = ()
) -> Change:
    """The worker asks the resident; the service clock stands still until the answer."""
    step = lifecycle.take(request, "asked", actor, now, question, data={"media": Media.all_to(media)})
    change = work.requests.record(step)
    work.timers.set(service_levels.question(change.request, now))
    return change


def answer(
    work: Work, request: Request, actor: Actor, words: str, media: tuple[Media, ...], now: datetime
) -> Change:
    """The resident answers; the job goes on where it was, also when it was put on hold for want of the
    answer."""
    name = "answered_late" if given_up(work, request) else "answered"
    step = lifecycle.take(request, name, actor, now, words or "📎", data={"media": Media.all_to(media)})
    change = work.requests.record(step)
    service_levels.forget(work.timers, request.id, "question", "resume")
    return change


def given_up(work: Work, request: Request) -> bool:
    """Whether a request is on hold only because a question was not answered in time."""
    if request.state is not State.ON_HOLD:
        return False
    moves = [event for event in work.requests.events(request.id) if event.before is not event.after]
    return moves[-1].before is State.WAITING_RESIDENT


def unanswered(work: Work, request: Request, reminders: int, now: datetime) -> Change | None:
    """A question without an answer: None while there are reminders left, then the request is put on hold."""
    if request.state is not State.WAITING_RESIDENT:
        return None
    if reminders < service_levels.ASK_REMINDERS:
        work.timers.set(service_levels.question(request, now, reminders + 1))
        return None
    return _held(work, request, SYSTEM, "No answer from the resident", now + LONGEST_HOLD, now)


def hold(work: Work, request: Request, actor: Actor, why: str, until: datetime, now: datetime) -> Change:
    """The worker puts it off until a date, with a reason; over seven days only a manager may."""
    if until <= now:
        raise NotPossible("A hold needs a date to come.")
    if until - now > LONGEST_HOLD and actor.role not in lifecycle.LEADERS:
        raise NotAllowed("More than 7 days need a manager.")
    return _held(work, request, actor, why, until, now)


def _held(work: Work, request: Request, actor: Actor, why: str, until: datetime, now: datetime) -> Change:
    data: dict[str, Json] = {"until": until.isoformat()}
    step = lifecycle.take(request, "held", actor, now, why, data=data, hold_until=until)
    change = work.requests.record(step)
    service_levels.forget(work.timers, request.id, "assigned", "question", "unclaimed")
    work.timers.set(service_levels.resume(request, until))
    return change


def resume(work: Work, request: Request, actor: Actor, now: datetime) -> Change:
    """A held request goes on where it was; one that nobody had claimed waits for a claim anew."""
    unclaimed = request.previous is State.NEW
    ladder = 0 if unclaimed else request.escalation
    change = work.requests.record(lifecycle.take(request, "resumed", actor, now, escalation=ladder))
    service_levels.forget(work.timers, request.id, "resume")
    if unclaimed:
        _wait_for_claim(work, change.request, now)
    return change


def release(work: Work, request: Request, actor: Actor, why: str, now: datetime) -> Change:
    """The worker gives it back to the queue, with a reason."""
    change = work.requests.record(lifecycle.take(request, "released", actor, now, why, escalation=0))
    service_levels.forget(work.timers, request.id, "question", "resume")
    _wait_for_claim(work, change.request, now)
    return change


def _wait_for_claim(work: Work, request: Request, now: datetime) -> None:
    work.timers.set(service_levels.unclaimed(request, work.estates.get(request.estate_id), now))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the worker says of the finished job."""

    note: str
    media: tuple[Media, ...] = ()


def done(work: Work, request: Request, actor: Actor, report: Report, now: datetime) -> Change:
    """The worker is finished; now the resident has the word. Raises `Rejected` where the estate wants a photo
    and there is none."""
    kind = catalogue(work, request.estate_id).kinds.get(request.kind)
    if kind is not None and kind.photo and not report.media:
        raise Rejected("photo", "A photo of the result is needed.")
    media = {"media": Media.all_to(report.media)}
    change = work.requests.record(
        lifecycle.take(request, "done", actor, now, report.note, data=media, done_at=now)
    )
    work.timers.set(service_levels.silence(change.request, work.estates.get(request.estate_id), now))
    return change


def not_fixed(
    work: Work,
    request: Request,
    actor: Actor,
    why: str,
    now: datetime,
    media: tuple[Media, ...] = (),
    *,
    neighbour: bool = False,
) -> Change:
    """The resident says that it is not fixed, or a neighbour who follows it: the same worker comes again. The
    second time, or if that worker does not work here any more, it is escalated to the dispatcher and open to
    everybody."""
    estate = work.estates.get(request.estate_id)
    if request.not_fixed == 0 and _still_there(work, request, now):
        name, ladder = "not_fixed", request.escalation
    else:
        name, ladder = "not_fixed_again", service_levels.DISPATCHER
    step = lifecycle.take(
        request,
        name,
        actor,
        now,
        why,
        data={"media": Media.all_to(media)},
        neighbour=neighbour,
        not_fixed=request.not_fixed + 1,
        done_at=None,
        escalation=ladder,
        solve_by=service_levels.promised_anew(request, estate, now),
    )
    change = work.requests.record(step)
    service_levels.forget(work.timers, request.id, "silence")
    if discretion.is_discreet(request):
        work.timers.set(service_levels.answer_due(change.request, estate))
    elif change.request.state is State.NEW:
        _wait_for_claim(work, change.request, now)
    return change


def _still_there(work: Work, request: Request, now: datetime) -> bool:
    worker = request.worker_id
    return worker is not None and post_for(request, work.people.staff_of(worker, now)) is not None
