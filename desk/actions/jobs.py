"""What a worker does with a request, from the claim to "done"; and what the resident answers meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk import lifecycle, service_levels
from desk.errors import NotAllowed, NotPossible
from desk.ports import Work
from desk.records import SYSTEM, Actor, Change, Media, Person, Request, Role, Staff, State
from desk.routing import may_work

#: longer holds need a manager (design §4)
LONGEST_HOLD = timedelta(days=7)


def actor_of(person: Person, staff: Staff) -> Actor:
    """Somebody of the staff, as events are signed."""
    return Actor(role=staff.role, person_id=person.id, name=person.name, badge=staff.badge)


#: least right first, so that a manager who also holds a worker's post acts as a manager
_RANK = (Role.FEES, Role.GUARD, Role.WORKER, Role.DISPATCHER, Role.MANAGER, Role.OWNER)


def best_post(posts: Sequence[Staff], estate_id: int) -> Staff | None:
    """The post with the most right that somebody holds in an estate."""
    here = [post for post in posts if post.estate_id == estate_id]
    return max(here, key=lambda post: _RANK.index(post.role), default=None)


def claim(work: Work, request: Request, person: Person, posts: Sequence[Staff], now: datetime) -> Change:
    """One worker takes the request. Raises `NotAllowed` without the right, `NotPossible` if it is taken,
    and `Conflict` if somebody was quicker by a moment."""
    able = [
        post for post in posts if post.estate_id == request.estate_id and may_work(post, request.queue_id)
    ]
    post = best_post(able, request.estate_id)
    if post is None:
        raise NotAllowed
    step = lifecycle.take(
        request,
        "claimed",
        actor_of(person, post),
        now,
        worker_id=person.id,
        claimed_at=request.claimed_at or now,
    )
    change = work.requests.record(step)
    work.timers.cancel(f"unclaimed/{request.id}")
    return change


def on_the_way(work: Work, request: Request, actor: Actor, now: datetime) -> Change:
    """The worker sets out."""
    return work.requests.record(lifecycle.take(request, "on_the_way", actor, now))


def start(work: Work, request: Request, actor: Actor, now: datetime) -> Change:
    """The worker begins."""
    return work.requests.record(lifecycle.take(request, "started", actor, now))


def ask(work: Work, request: Request, actor: Actor, question: str, now: datetime) -> Change:
    """The worker asks the resident; the service clock stands still until the answer."""
    step = lifecycle.take(request, "asked", actor, now, question, previous=request.state)
    change = work.requests.record(step)
    work.timers.set(service_levels.question(change.request, now))
    return change


def answer(
    work: Work, request: Request, actor: Actor, words: str, media: tuple[Media, ...], now: datetime
) -> Change:
    """The resident answers; the job goes on where it was."""
    step = lifecycle.take(
        request,
        "answered",
        actor,
        now,
        words or "📎",
        data={"media": [{"kind": one.kind, "file_id": one.file_id} for one in media]},
        state=request.previous,
        previous=None,
    )
    work.timers.cancel(f"question/{request.id}")
    return work.requests.record(step)


def unanswered(work: Work, request: Request, reminders: int, now: datetime) -> Change | None:
    """A question without an answer: None while there are reminders left, then the request is put on hold."""
    if request.state is not State.WAITING_RESIDENT:
        return None
    if reminders < service_levels.ASK_REMINDERS:
        work.timers.set(service_levels.question(request, now, reminders + 1))
        return None
    until = now + LONGEST_HOLD
    why = "No answer from the resident"
    step = lifecycle.take(request, "held", SYSTEM, now, why, hold_until=until)
    work.timers.set(service_levels.resume(request, until))
    return work.requests.record(step)


def hold(work: Work, request: Request, actor: Actor, why: str, until: datetime, now: datetime) -> Change:
    """The worker puts it off until a date, with a reason; over seven days only a manager may."""
    if until <= now:
        raise NotPossible("A hold needs a date to come.")
    if until - now > LONGEST_HOLD and actor.role not in lifecycle.LEADERS:
        raise NotAllowed("More than 7 days need a manager.")
    previous = request.previous or request.state
    step = lifecycle.take(
        request,
        "held",
        actor,
        now,
        why,
        data={"until": until.isoformat()},
        previous=previous,
        hold_until=until,
    )
    work.timers.cancel(f"question/{request.id}")
    work.timers.cancel(f"unclaimed/{request.id}")
    work.timers.set(service_levels.resume(request, until))
    return work.requests.record(step)


def resume(work: Work, request: Request, actor: Actor, now: datetime) -> Change:
    """A held request goes on where it was."""
    back = request.previous or State.NEW
    step = lifecycle.take(request, "resumed", actor, now, state=back, previous=None, hold_until=None)
    work.timers.cancel(f"resume/{request.id}")
    change = work.requests.record(step)
    if back is State.NEW:
        _wait_for_claim(work, change.request, now)
    return change


def release(work: Work, request: Request, actor: Actor, why: str, now: datetime) -> Change:
    """The worker gives it back to the queue, with a reason."""
    step = lifecycle.take(
        request, "released", actor, now, why, worker_id=None, previous=None, hold_until=None, escalation=0
    )
    for kind in ("question", "resume"):
        work.timers.cancel(f"{kind}/{request.id}")
    change = work.requests.record(step)
    _wait_for_claim(work, change.request, now)
    return change


def _wait_for_claim(work: Work, request: Request, now: datetime) -> None:
    estate = work.estates.get(request.estate_id)
    timer = service_levels.unclaimed(request, estate)
    work.timers.set(replace(timer, due_at=now + estate.promises.respond))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the worker says of the finished job."""

    note: str
    media: tuple[Media, ...] = ()


def done(work: Work, request: Request, actor: Actor, report: Report, now: datetime) -> Change:
    """The worker is finished; now the resident has the word."""
    step = lifecycle.take(
        request,
        "done",
        actor,
        now,
        report.note,
        data={"media": [{"kind": one.kind, "file_id": one.file_id} for one in report.media]},
        done_at=now,
    )
    change = work.requests.record(step)
    work.timers.set(service_levels.silence(change.request, work.estates.get(request.estate_id), now))
    return change


def not_fixed(work: Work, request: Request, actor: Actor, why: str, now: datetime) -> Change:
    """The resident says that it is not fixed: the same worker comes again; the second time it is
    escalated to the dispatcher and open to everybody."""
    again = request.not_fixed > 0
    times = request.not_fixed + 1
    if not again:
        step = lifecycle.take(request, "not_fixed", actor, now, why, not_fixed=times, done_at=None)
    else:
        step = lifecycle.take(
            request,
            "not_fixed_again",
            actor,
            now,
            why,
            not_fixed=times,
            done_at=None,
            worker_id=None,
            escalation=service_levels.DISPATCHER,
        )
    work.timers.cancel(f"silence/{request.id}")
    change = work.requests.record(step)
    if again:
        _wait_for_claim(work, change.request, now)
    return change
