"""Fees, as they are kept."""

from datetime import date
from typing import Protocol

from desk.records.fees import Charge, Meter, Payment, Reading, Standing, Tariff


class Fees(Protocol):
    """Tariffs, meters, charges and payments."""

    def tariffs(self, estate_id: int) -> tuple[Tariff, ...]:
        """Every price that an estate has had, in the order they were added."""

    def save_tariff(self, tariff: Tariff) -> Tariff:
        """Adds it (id 0) or replaces it; raises `Conflict` for a second one of the same code and day."""

    def meters(self, estate_id: int) -> tuple[Meter, ...]:
        """Every meter of an estate."""

    def save_meter(self, meter: Meter) -> Meter:
        """Adds it (id 0) or replaces it; numbers are unique in an estate."""

    def readings(self, meter_id: int) -> tuple[Reading, ...]:
        """What a meter showed, by day."""

    def save_reading(self, reading: Reading) -> Reading:
        """Adds it (id 0) or replaces it; a meter has one a day."""

    def charge(self, charge_id: int) -> Charge:
        """The charge; raises `NotFound`."""

    def charges(self, home_id: int) -> tuple[Charge, ...]:
        """Everything that a home was ever charged, by month."""

    def charges_in(self, estate_id: int, period: str) -> tuple[Charge, ...]:
        """What all homes of an estate are charged for a month."""

    def save_charge(self, charge: Charge) -> Charge:
        """Adds it (id 0) or replaces all but its dispute; home, month, tariff and line name one."""

    def dispute(self, charge: Charge, request_id: int) -> bool:
        """Notes which request disputes it; False if another one does since it was read."""

    def payment(self, payment_id: int) -> Payment:
        """The payment; raises `NotFound`."""

    def payments(self, home_id: int) -> tuple[Payment, ...]:
        """What was paid for a home, oldest first."""

    def by_reference(self, estate_id: int, reference: str) -> Payment | None:
        """The payment of an estate that bears this reference."""

    def save_payment(self, payment: Payment) -> Payment:
        """Adds it (id 0) or replaces it; raises `Conflict` if the reference is there already."""

    def standings(self, estate_id: int, by: date) -> tuple[Standing, ...]:
        """How every home with fees stands, counting what was due up to a day."""
