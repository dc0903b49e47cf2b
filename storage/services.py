"""Services of an estate and what is booked of them, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from desk.records.services import Booking, Service
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Keeper, Shape, once_only
from storage.tables.services import bookings, services

SERVICE = Keeper(Service, services)
BOOKING = Shape(Booking, bookings)

ALL = Query(
    select(*SERVICE.columns).where(services.c.estate_id == bindparam("estate")).order_by(services.c.id),
    SERVICE.read,
)
BOOKED = Query(
    select(*BOOKING.columns)
    .where(bookings.c.service_id == bindparam("service"), bookings.c.start >= bindparam("since"))
    .order_by(bookings.c.start, bookings.c.seat),
    BOOKING.read,
)
OF_REQUEST = Query(
    select(*BOOKING.columns).where(bookings.c.request_id == bindparam("request")), BOOKING.read
)
BOOK = Prepared(insert(bookings))
RELEASE = Prepared(delete(bookings).where(bookings.c.request_id == bindparam("request")))


class SqlServices:
    """`desk.ports.Services` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def all(self, estate_id: int) -> tuple[Service, ...]:
        """All services of an estate, in the order they were added."""
        return ALL.all(self._link, {"estate": estate_id})

    def get(self, service_id: int) -> Service:
        """The service; raises `NotFound`."""
        return SERVICE.get(self._link, service_id)

    def save(self, service: Service) -> Service:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        return SERVICE.save(self._link, service)

    def bookings(self, service_id: int, since: datetime) -> tuple[Booking, ...]:
        """What is booked from then on, by time and seat."""
        return BOOKED.all(self._link, {"service": service_id, "since": since})

    def booking(self, request_id: int) -> Booking | None:
        """What a request has booked."""
        return OF_REQUEST.first(self._link, {"request": request_id})

    def book(self, booking: Booking) -> None:
        """Takes the seat; raises `Conflict` if somebody has it."""
        with once_only(self._link):
            BOOK.change(self._link, BOOKING.values(booking))

    def release(self, request_id: int) -> None:
        """Gives back what a request had booked; nothing is no matter."""
        RELEASE.change(self._link, {"request": request_id})
