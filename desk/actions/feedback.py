"""What residents tell the office: suggestions, praise and questions; and how the office answers them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk import discretion, lifecycle, service_levels
from desk.actions import filing
from desk.actions.actors import Handler, by_staff, own_home, resident
from desk.actions.orders import RequestOrder
from desk.catalogue import catalogue
from desk.errors import NotAllowed, NotPossible
from desk.lifecycle import LEADERS
from desk.places import building_of
from desk.ports import Work
from desk.records import (
    SYSTEM,
    Actor,
    Change,
    Details,
    Home,
    Link,
    Media,
    Person,
    Request,
    Type,
)
from desk.routing import queue_of
from desk.taxonomy import Kind, kinds, type_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What somebody says, and from which home."""

    home_id: int
    words: str
    media: tuple[Media, ...] = ()
    language: str = ""


class Suggest(Feedback):
    """How something could be better."""


class Ask(Feedback):
    """A question that the estate's own answers did not settle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise(Feedback):
    """Somebody did well: known by the job, or by the badge."""

    about_id: int | None = None
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Praised:
    """Praise that was filed and closed, and whom it is for, if anybody was found."""

    change: Change
    worker: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """An answer of the estate's own was what somebody wanted to know."""

    answer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(RequestOrder):
    """The office answers."""

    words: str
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(RequestOrder):
    """What becomes of a suggestion, and why."""

    accepted: bool
    why: str


def own_job(work: Work, person: Person, request_id: int | None) -> Request | None:
    """The job that it is about; raises `NotAllowed` for one of somebody else's."""
    if request_id is None:
        return None
    request = work.requests.get(request_id)
    if request.resident_id != person.id or discretion.is_discreet(request):
        raise NotAllowed
    return request


def about_job(request: Request, job: Request | None) -> Request:
    """The request, linked to the job that it is about, if there is one."""
    return replace(request, linked_id=job.id, link=Link.ABOUT) if job is not None else request


def told(work: Work, person: Person, order: Feedback, home: Home, kind: Kind, now: datetime) -> Request:
    """What somebody told the office, to be filed with the promise to answer."""
    estate = work.estates.get(home.estate_id)
    type = type_of(kind)
    within = kind.solve or service_levels.answer_within(type, estate)
    return Request(
        estate_id=estate.id,
        resident_id=person.id,
        home_id=home.id,
        queue_id=queue_of(kind, work.estates.queues(estate.id)).id,
        type=type,
        kind=kind.code,
        problem=order.words,
        media=order.media,
        language=order.language,
        priority=kind.priority,
        opened_at=now,
        respond_by=now + within,
        solve_by=now + within,
        building=building_of(home),
    )


def _kind(work: Work, home: Home, code: str) -> Kind:
    """A kind as the estate has it; there is always a way to say these three."""
    return catalogue(work, home.estate_id).kinds.get(code) or kinds()[code]


def suggest(work: Work, person: Person, order: Suggest, now: datetime) -> Change:
    """A suggestion goes to the managers, who decide."""
    home = own_home(work, person, order.home_id, now)
    return file_owed(work, person, told(work, person, order, home, _kind(work, home, "suggestion"), now))


def ask(work: Work, person: Person, order: Ask, now: datetime) -> Change:
    """A question goes to the office."""
    home = own_home(work, person, order.home_id, now)
    return file_owed(work, person, told(work, person, order, home, _kind(work, home, "enquiry"), now))


def file_owed(work: Work, person: Person, request: Request) -> Change:
    """Files it; from now on an answer is owed."""
    made = filing.file(work, request, resident(person))
    estate = work.estates.get(made.request.estate_id)
    work.timers.set(service_levels.answer_due(made.request, estate))
    return made


def praise(work: Work, person: Person, order: Praise, now: datetime) -> Praised:
    """Praise is filed and closed at once: nobody has to do anything, and it counts."""
    home = own_home(work, person, order.home_id, now)
    job = own_job(work, person, order.about_id)
    said = told(work, person, order, home, _kind(work, home, "praise"), now)
    said = about_job(replace(said, details=Details(where=order.badge)), job)
    made = filing.file(work, said, resident(person))
    worker = _praised(work, order, job, home.estate_id, now)
    step = lifecycle.take(
        made.request,
        "praised",
        resident(person),
        now,
        worker_id=worker.id if worker else None,
        closed_at=now,
    )
    return Praised(work.requests.record(step), worker)


def _praised(work: Work, order: Praise, job: Request | None, estate_id: int, now: datetime) -> Person | None:
    if job is not None and job.worker_id is not None:
        return work.people.get(job.worker_id)
    return by_badge(work, estate_id, order.badge, now)


def by_badge(work: Work, estate_id: int, badge: str, now: datetime) -> Person | None:
    """Who of the staff wears a badge, however it is written."""
    sought = "".join(badge.split()).casefold()
    for post in work.people.staff(estate_id, now):
        if sought and "".join(post.badge.split()).casefold() == sought:
            return work.people.get(post.person_id)
    return None


def reply(work: Work, request: Request, actor: Actor, order: Reply, now: datetime) -> Change:
    """The office answers in words; the resident says whether that answers it. Who answers deals with it."""
    if not discretion.is_discreet(request):
        raise NotPossible
    step = lifecycle.take(
        request,
        "replied",
        actor,
        now,
        order.words or "📎",
        data={"media": Media.all_to(order.media)},
        worker_id=request.worker_id or actor.person_id,
        claimed_at=request.claimed_at or now,
        done_at=now,
    )
    change = work.requests.record(step)
    service_levels.forget(work.timers, request.id, "answer_due", "unclaimed", "question", "resume")
    work.timers.set(service_levels.silence(change.request, work.estates.get(request.estate_id), now))
    return change


def decide(work: Work, request: Request, actor: Actor, order: Decide, now: datetime) -> Change:
    """A manager takes a suggestion up, or says why not; with that it is closed."""
    if request.type is not Type.SUGGESTION or actor.role not in LEADERS:
        raise NotAllowed
    step = lifecycle.take(
        request,
        "decided",
        actor,
        now,
        order.why,
        data={"accepted": order.accepted},
        worker_id=request.worker_id or actor.person_id,
        closed_at=now,
    )
    change = work.requests.record(step)
    service_levels.forget(work.timers, request.id, "answer_due", "unclaimed", "question", "resume")
    return change


def answer_due(work: Work, request: Request, rung: int, now: datetime) -> Change | None:
    """An answer that is still owed climbs one rung: who deals with it, the managers, the owner. None if it is
    not owed any more, or not yet."""
    if not request.state.open:
        return None
    estate = work.estates.get(request.estate_id)
    timer = service_levels.answer_due(request, estate, rung)
    if request.paused_at is not None or timer.due_at > now:
        work.timers.set(service_levels.not_before(timer, now + timedelta(hours=1)))
        return None
    change = work.requests.record(
        lifecycle.take(request, "answer_due", SYSTEM, now, data={"rung": rung}, escalation=rung)
    )
    if rung < service_levels.LAST_RUNG:
        work.timers.set(service_levels.answer_due(change.request, estate, rung + 1))
    return change


HANDLERS: Mapping[type, Handler] = {
    Suggest: suggest,
    Ask: ask,
    Praise: praise,
    Helped: lambda work, person, order, now: order,
    Reply: by_staff(reply),
    Decide: by_staff(decide),
}
