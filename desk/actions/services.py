"""Ordering a service of the estate: the form is checked anew, and a seat is given once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from desk import services
from desk.actions.actors import Handler, own_home, resident
from desk.actions.filing import file_promised
from desk.errors import Conflict, NotAllowed, NotFound, Rejected
from desk.places import building_of
from desk.ports import Work
from desk.records import Change, Details, Home, Json, Media, Person, Request, Slot, Type
from desk.records.services import Asks, Booking, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderService:
    """What the resident confirmed."""

    service_id: int
    home_id: int
    #: answers by the question's code
    form: Mapping[str, Json] = field(default_factory=dict)
    #: the answers in words, one a line, for whoever deals with it
    words: str = ""
    media: tuple[Media, ...] = ()
    slot: Slot | None = None
    language: str = ""


def order_service(work: Work, person: Person, order: OrderService, now: datetime) -> Change:
    """Files it in its queue. Raises `NotAllowed` for a home that is not the person's, `NotFound` for a
    service that is not offered, `Rejected` for an answer that is missing or a slot that is full."""
    service, home = work.services.get(order.service_id), own_home(work, person, order.home_id, now)
    if home.estate_id != service.estate_id:
        raise NotAllowed
    if not service.open:
        raise NotFound
    lacking = services.missing(service.fields, order.form, len(order.media), order.slot)
    if lacking is not None:
        raise Rejected(lacking.code, "This is still missing.")
    estate, queue = work.estates.get(service.estate_id), work.estates.queue(service.queue_id)
    request = _request(order, service, home, person, now)
    if order.slot is None:
        return file_promised(work, request, resident(person), estate)
    seat = _seat(work, service, order.slot, now)
    ticket = services.ticket(service, queue, estate, order.slot, seat)
    numbered = replace(request, details=replace(request.details, ticket=ticket))
    change = file_promised(work, numbered, resident(person), estate)
    _book(work, service, order.slot, seat, change.request.id)
    return change


def _seat(work: Work, service: Service, slot: Slot, now: datetime) -> int:
    """The seat to take; which slots there are was asked of the calendar, as it is read back."""
    booked = work.services.bookings(service.id, now)
    seat = services.free_seat(service, slot, booked)
    if seat is None or slot.start <= now:
        raise _full(service)
    return seat


def _full(service: Service) -> Rejected:
    asked = next((one.code for one in service.fields if one.asks is Asks.SLOT), "")
    return Rejected(asked, "This time has just been taken.")


def _book(work: Work, service: Service, slot: Slot, seat: int, request_id: int) -> None:
    booking = Booking(service_id=service.id, start=slot.start, end=slot.end, seat=seat, request_id=request_id)
    try:
        work.services.book(booking)
    except Conflict:
        raise _full(service) from None


def _request(order: OrderService, service: Service, home: Home, person: Person, now: datetime) -> Request:
    """Somebody sees to it before the chosen time begins, and it is not late before that has ended."""
    promised = now + service.promise
    return Request(
        estate_id=service.estate_id,
        resident_id=person.id,
        home_id=home.id,
        queue_id=service.queue_id,
        type=Type.SERVICE,
        kind=service.code,
        problem=order.words,
        media=order.media,
        visit=order.slot,
        building=building_of(home),
        language=order.language,
        details=Details(title=service.title, form=order.form),
        opened_at=now,
        respond_by=min(promised, order.slot.start) if order.slot else promised,
        solve_by=max(promised, order.slot.end) if order.slot else promised,
    )


HANDLERS: Mapping[type, Handler] = {OrderService: order_service}
