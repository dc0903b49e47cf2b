"""Complaints, and what a manager looks into when there are many of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desk import complaints, discretion
from desk.actions.actors import Handler, holds, own_home
from desk.actions.feedback import Feedback, about_job, file_owed, own_job, told
from desk.catalogue import catalogue
from desk.errors import NotFound, NotPossible, Rejected
from desk.lifecycle import LEADERS
from desk.places import building_of
from desk.ports import Work
from desk.records import Change, Details, Home, Person, Place, Request, Type
from desk.records.investigations import Investigation
from desk.taxonomy import type_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Complain(Feedback):
    """What a resident complains of."""

    kind: str
    place: Place
    #: the earlier job that it is about
    about_id: int | None = None
    #: the colleague that it is against, known by that job, or described in words
    accused_id: int | None = None
    accused: str = ""
    #: whom to call back; "" is nobody
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Complained:
    """A complaint that was filed, and the investigation that it belongs to."""

    change: Change
    investigation: Investigation | None = None
    #: whether this very complaint has opened it
    opened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseInvestigation:
    """What a manager found, and what is done about it."""

    investigation_id: int
    finding: str
    measure: str


def complain(work: Work, person: Person, order: Complain, now: datetime) -> Complained:
    """Files a complaint, which its accused never sees; the third of one kind in one spot opens an
    investigation, and later ones join it."""
    home = own_home(work, person, order.home_id, now)
    kind = catalogue(work, home.estate_id).kinds.get(order.kind)
    if kind is None or type_of(kind) is not Type.COMPLAINT:
        raise NotFound(f"There is no kind {order.kind}.")
    job = own_job(work, person, order.about_id)
    details = Details(where=order.accused, phone=order.phone, title=kind.names)
    said = replace(
        told(work, person, order, home, kind, now),
        place=order.place,
        building=building_of(home) if order.place in {Place.HOME, Place.BUILDING} else "",
        details=details,
        accused_id=_accused(work, person, order, job) or _described(work, person, order, home, now),
    )
    made = file_owed(work, person, about_job(said, job))
    return _investigated(work, made, now)


def _accused(work: Work, person: Person, order: Complain, job: Request | None) -> int | None:
    """Whom it is against, if that is known: the one who was picked, or whose work it was."""
    if job is None or order.kind not in complaints.ABOUT_A_JOB:
        return None
    crew = [one.id for one in complaints.worked_on(work, job) if one.id != person.id]
    if order.kind != discretion.ABOUT_STAFF:
        return job.worker_id if job.worker_id in crew else next(reversed(crew), None)
    if order.accused_id is not None and order.accused_id not in crew:
        raise Rejected("accused")
    return order.accused_id


def _described(work: Work, person: Person, order: Complain, home: Home, now: datetime) -> int | None:
    """Whom somebody means who wrote a name or a badge: they never see it either."""
    if order.kind != discretion.ABOUT_STAFF or order.accused_id is not None:
        return None
    named = complaints.named_in(work, order.accused, home.estate_id, now).values()
    others = [one.id for one in named if one.id != person.id]
    return others[0] if len(others) == 1 else None


def _investigated(work: Work, made: Change, now: datetime) -> Complained:
    """Joins the open investigation, or opens one with all that is alike. Requests of an estate are numbered
    one after another, so that two complaints at one moment see each other here."""
    request = made.request
    spot = complaints.spot(request)
    found = work.investigations.find(request.estate_id, request.kind, spot)
    if found is not None:
        work.investigations.join(found.id, [request.id])
        return Complained(made, found)
    alike = complaints.alike(work, request, now)
    if len(alike) < complaints.ENOUGH:
        return Complained(made)
    opened = work.investigations.open(
        Investigation(estate_id=request.estate_id, kind=request.kind, spot=spot, opened_at=now)
    )
    work.investigations.join(opened.id, [one.id for one in alike])
    return Complained(made, opened, opened=True)


def may_investigate(work: Work, found: Investigation, person: Person, now: datetime) -> bool:
    """Whether somebody leads the estate, and none of its complaints is against them."""
    return holds(work, person.id, found.estate_id, LEADERS, now) and all(
        discretion.may_see(work, work.requests.get(one), person.id, now)
        for one in work.investigations.requests(found.id)
    )


def close_investigation(
    work: Work, person: Person, order: CloseInvestigation, now: datetime
) -> Investigation:
    """Keeps what was found and what is done about it; the first one to say so is the one who counts."""
    found = work.investigations.get(order.investigation_id)
    if not may_investigate(work, found, person, now):
        raise NotFound
    closed = replace(found, finding=order.finding, measure=order.measure, closed_by=person.id, closed_at=now)
    if not work.investigations.close(closed):
        raise NotPossible("Somebody has closed it already.")
    return closed


HANDLERS: Mapping[type, Handler] = {Complain: complain, CloseInvestigation: close_investigation}
