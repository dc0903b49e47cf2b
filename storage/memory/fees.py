"""Tariffs, meters, charges and payments, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from desk.errors import Conflict, NotFound
from desk.fees.money import ZERO
from desk.records.fees import Charge, Meter, Payment, Reading, Standing, Tariff
from storage.memory.shelves import Room, Shelf

if TYPE_CHECKING:
    from storage.rows import Numbered

N = TypeVar("N", bound="Numbered")


def keep(shelf: Shelf[N], record: N, same: Sequence[N]) -> N:
    """Adds (id 0) or replaces; raises `Conflict` if another record has what is unique of this one."""
    if record.id and shelf.get(record.id) is None:
        raise NotFound
    if any(other.id != record.id for other in same):
        raise Conflict
    kept = replace(record, id=record.id or shelf.next_id())
    shelf.put(kept.id, kept)
    return kept


def found(record: N | None) -> N:
    """The record; raises `NotFound`."""
    if record is None:
        raise NotFound
    return record


class MemoryFees:
    """`desk.ports.Fees` in memory."""

    def __init__(self, room: Room) -> None:
        self._tariffs = Shelf(room, "tariffs", Tariff, ["estate_id", "code", "since"])
        self._meters = Shelf(room, "meters", Meter, ["estate_id", "code"])
        self._readings = Shelf(room, "readings", Reading, ["meter_id", "at"])
        marks = ["estate_id", "home_id", "period", "tariff", "line"]
        self._charges = Shelf(room, "charges", Charge, marks)
        self._payments = Shelf(room, "payments", Payment, ["estate_id", "home_id", "reference"])

    def tariffs(self, estate_id: int) -> tuple[Tariff, ...]:
        """Every price that an estate has had, in the order they were added."""
        return tuple(self._tariffs.where(estate_id=estate_id))

    def save_tariff(self, tariff: Tariff) -> Tariff:
        """Adds it (id 0) or replaces it; raises `Conflict` for a second one of the same code and day."""
        same = self._tariffs.where(estate_id=tariff.estate_id, code=tariff.code, since=tariff.since)
        return keep(self._tariffs, tariff, same)

    def meters(self, estate_id: int) -> tuple[Meter, ...]:
        """Every meter of an estate, in the order they were added."""
        return tuple(self._meters.where(estate_id=estate_id))

    def save_meter(self, meter: Meter) -> Meter:
        """Adds it (id 0) or replaces it; raises `Conflict` if the number is taken."""
        return keep(self._meters, meter, self._meters.where(estate_id=meter.estate_id, code=meter.code))

    def readings(self, meter_id: int) -> tuple[Reading, ...]:
        """What a meter showed, by day."""
        return tuple(sorted(self._readings.where(meter_id=meter_id), key=lambda one: one.at))

    def save_reading(self, reading: Reading) -> Reading:
        """Adds it (id 0) or replaces it; raises `Conflict` for a second one of a day."""
        same = self._readings.where(meter_id=reading.meter_id, at=reading.at)
        return keep(self._readings, reading, same)

    def charge(self, charge_id: int) -> Charge:
        """The charge; raises `NotFound`."""
        return found(self._charges.get(charge_id))

    def charges(self, home_id: int) -> tuple[Charge, ...]:
        """Everything that a home was ever charged, by month."""
        return tuple(sorted(self._charges.where(home_id=home_id), key=lambda one: (one.period, one.id)))

    def charges_in(self, estate_id: int, period: str) -> tuple[Charge, ...]:
        """What all homes of an estate are charged for a month."""
        return tuple(self._charges.where(estate_id=estate_id, period=period))

    def save_charge(self, charge: Charge) -> Charge:
        """Adds it (id 0) or replaces all but its dispute; raises `Conflict` for a second one of home, month,
        tariff, line."""
        named = {name: getattr(charge, name) for name in ("home_id", "period", "tariff", "line")}
        if charge.id:
            charge = replace(charge, dispute_id=self.charge(charge.id).dispute_id)
        return keep(self._charges, charge, self._charges.where(**named))

    def dispute(self, charge: Charge, request_id: int) -> bool:
        """Notes which request disputes it; False if another one does since it was read."""
        kept = self.charge(charge.id)
        if kept.dispute_id != charge.dispute_id:
            return False
        self._charges.put(kept.id, replace(kept, dispute_id=request_id))
        return True

    def payment(self, payment_id: int) -> Payment:
        """The payment; raises `NotFound`."""
        return found(self._payments.get(payment_id))

    def payments(self, home_id: int) -> tuple[Payment, ...]:
        """What was paid for a home, oldest first."""
        return tuple(sorted(self._payments.where(home_id=home_id), key=lambda one: (one.at, one.id)))

    def by_reference(self, estate_id: int, reference: str) -> Payment | None:
        """The payment of an estate that bears this reference."""
        return next(iter(self._payments.where(estate_id=estate_id, reference=reference)), None)

    def save_payment(self, payment: Payment) -> Payment:
        """Adds it (id 0) or replaces it; raises `Conflict` if the reference is there already."""
        same = self._payments.where(estate_id=payment.estate_id, reference=payment.reference)
        return keep(self._payments, payment, same)

    def standings(self, estate_id: int, by: date) -> tuple[Standing, ...]:
        """How every home with fees stands, counting what was due up to a day; by home."""
        charged = [one for one in self._charges.where(estate_id=estate_id) if one.due <= by]
        paid = self._payments.where(estate_id=estate_id)
        return tuple(
            Standing(
                home_id=home,
                charged=sum((one.amount for one in charged if one.home_id == home), ZERO),
                paid=sum((one.amount for one in paid if one.home_id == home), ZERO),
            )
            for home in sorted({one.home_id for one in charged} | {one.home_id for one in paid})
        )
