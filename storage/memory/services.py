"""Services of an estate and what is booked of them, in memory."""

from dataclasses import replace
from datetime import datetime

from desk.errors import Conflict, NotFound
from desk.records.services import Booking, Service
from storage.memory.shelves import Room, Shelf


class MemoryServices:
    """`desk.ports.Services` in memory."""

    def __init__(self, room: Room) -> None:
        self._services = Shelf(room, "services", Service, ["estate_id", "code"])
        self._bookings = Shelf(room, "bookings", Booking, ["service_id"])

    def all(self, estate_id: int) -> tuple[Service, ...]:
        """All services of an estate, in the order they were added."""
        return tuple(self._services.where(estate_id=estate_id))

    def get(self, service_id: int) -> Service:
        """The service; raises `NotFound`."""
        if service := self._services.get(service_id):
            return service
        raise NotFound

    def save(self, service: Service) -> Service:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        if service.id:
            self.get(service.id)
        same = self._services.where(estate_id=service.estate_id, code=service.code)
        if any(other.id != service.id for other in same):
            raise Conflict
        service = replace(service, id=service.id or self._services.next_id())
        self._services.put(service.id, service)
        return service

    def bookings(self, service_id: int, since: datetime) -> tuple[Booking, ...]:
        """What is booked from then on, by time and seat."""
        found = [one for one in self._bookings.where(service_id=service_id) if one.start >= since]
        return tuple(sorted(found, key=lambda one: (one.start, one.seat)))

    def booking(self, request_id: int) -> Booking | None:
        """What a request has booked."""
        return self._bookings.get(request_id)

    def book(self, booking: Booking) -> None:
        """Takes the seat; raises `Conflict` if somebody has it."""
        seats = {(one.start, one.seat) for one in self._bookings.where(service_id=booking.service_id)}
        if (booking.start, booking.seat) in seats or self._bookings.get(booking.request_id):
            raise Conflict
        self._bookings.put(booking.request_id, booking)

    def release(self, request_id: int) -> None:
        """Gives back what a request had booked; nothing is no matter."""
        self._bookings.remove(request_id)
