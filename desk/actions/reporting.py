"""Filing what a resident reports, and calling it off."""

from dataclasses import dataclass
from datetime import datetime

from desk import lifecycle, service_levels
from desk.actions import again, outages
from desk.actions.actors import resident
from desk.actions.filing import file_promised
from desk.catalogue import catalogue
from desk.errors import NotFound, Rejected
from desk.places import building_of
from desk.ports import Work
from desk.records import (
    Actor,
    Change,
    Details,
    Estate,
    Home,
    Media,
    Place,
    Queue,
    Request,
    Slot,
    State,
)
from desk.routing import queue_of
from desk.taxonomy import Kind, type_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRepair:
    """What the resident confirmed: everything that a worker needs to come."""

    resident_id: int
    home_id: int
    kind: str
    problem: str
    media: tuple[Media, ...] = ()
    #: None: as soon as possible
    visit: Slot | None = None
    #: whether staff may go in when nobody is there
    entry: bool = False
    #: language of the resident's words
    language: str = ""
    place: Place = Place.HOME
    #: of a shared part, which one
    where: str = ""
    #: what helps to get in; None was not asked
    pets: bool | None = None
    access: str = ""
    phone: str = ""


def report_repair(work: Work, order: ReportRepair, now: datetime) -> Change:
    """Files the order under the estate's next number, and starts the promise to respond."""
    home = work.estates.home(order.home_id)
    estate = work.estates.get(home.estate_id)
    if order.visit is not None and order.visit.start <= now:
        raise Rejected("visit", "This time has passed.")
    kind = catalogue(work, estate.id).kinds.get(order.kind)
    if kind is None:
        raise NotFound(f"There is no kind {order.kind}.")
    request = _request(order, kind, home, estate, queue_of(kind, work.estates.queues(estate.id)), now)
    request = again.as_repeat(work, request, estate)
    change = file_promised(work, request, resident(work.people.get(order.resident_id)), estate)
    outages.suspect(work, change.request, estate, now)
    return change


def _request(
    order: ReportRepair, kind: Kind, home: Home, estate: Estate, queue: Queue, now: datetime
) -> Request:
    return Request(
        estate_id=estate.id,
        resident_id=order.resident_id,
        home_id=order.home_id,
        queue_id=queue.id,
        type=type_of(kind),
        kind=kind.code,
        problem=order.problem,
        media=order.media,
        visit=order.visit,
        entry=order.entry,
        language=order.language,
        priority=kind.priority,
        opened_at=now,
        respond_by=now + (kind.respond or estate.promises.respond),
        solve_by=now + (kind.solve or estate.promises.solve),
        place=order.place,
        building="" if order.place is Place.GROUNDS else building_of(home),
        details=_details(order, kind),
    )


def _details(order: ReportRepair, kind: Kind) -> Details:
    """What helps whoever comes, and what the estate called it and asked for it on this day."""
    return Details(
        where=order.where,
        phone=order.phone,
        pets=order.pets,
        access=order.access,
        terms=kind.terms,
        title=kind.names,
    )


def unclaimed(work: Work, request: Request, actor: Actor, now: datetime) -> Change | None:
    """Takes an unclaimed request one rung up: group, dispatcher, manager. None if it was claimed."""
    if request.state is not State.NEW:
        return None
    rung = service_levels.climb(request)
    step = lifecycle.take(request, "escalated", actor, now, data={"level": rung.level}, escalation=rung.level)
    change = work.requests.record(step)
    if rung.more:
        estate = work.estates.get(request.estate_id)
        work.timers.set(service_levels.unclaimed(change.request, estate, now))
    return change
