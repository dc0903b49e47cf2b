"""Services of an estate and what is booked of them, as they are kept."""

from datetime import datetime
from typing import Protocol

from desk.records.services import Booking, Service


class Services(Protocol):
    """What an estate offers, and who has which slot."""

    def all(self, estate_id: int) -> tuple[Service, ...]:
        """All services of an estate, in the order they were added."""

    def get(self, service_id: int) -> Service:
        """The service; raises `NotFound`."""

    def save(self, service: Service) -> Service:
        """Adds it (id 0) or replaces it; codes are unique in an estate."""

    def bookings(self, service_id: int, since: datetime) -> tuple[Booking, ...]:
        """What is booked from then on, by time and seat."""

    def booking(self, request_id: int) -> Booking | None:
        """What a request has booked."""

    def book(self, booking: Booking) -> None:
        """Takes the seat; raises `Conflict` if somebody has it."""

    def release(self, request_id: int) -> None:
        """Gives back what a request had booked; nothing is no matter."""
