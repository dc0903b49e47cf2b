"""Tariffs, meters, charges and payments, in SQL."""

from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, func, select, update

from desk.errors import NotFound
from desk.fees.money import ZERO
from desk.records.fees import Charge, Meter, Payment, Reading, Standing, Tariff
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Keeper, once_only
from storage.tables.fees import charges, meters, payments, readings, tariffs

TARIFF = Keeper(Tariff, tariffs)
METER = Keeper(Meter, meters)
READING = Keeper(Reading, readings)
CHARGE = Keeper(Charge, charges)
PAYMENT = Keeper(Payment, payments)

TARIFFS = Query(
    select(*TARIFF.columns).where(tariffs.c.estate_id == bindparam("estate")).order_by(tariffs.c.id),
    TARIFF.read,
)
METERS = Query(
    select(*METER.columns).where(meters.c.estate_id == bindparam("estate")).order_by(meters.c.id), METER.read
)
READINGS = Query(
    select(*READING.columns).where(readings.c.meter_id == bindparam("meter")).order_by(readings.c.at),
    READING.read,
)
CHARGES = Query(
    select(*CHARGE.columns).where(charges.c.home_id == bindparam("home")).order_by(charges.c.period),
    CHARGE.read,
)
CHARGES_IN = Query(
    select(*CHARGE.columns)
    .where(charges.c.estate_id == bindparam("estate"), charges.c.period == bindparam("month"))
    .order_by(charges.c.id),
    CHARGE.read,
)
#: a replaced charge stays in dispute: an import that read it before must not end what began meanwhile
REPLACE_CHARGE = Prepared(update(charges).where(charges.c.id == bindparam("sought")))
DISPUTE = Prepared(
    update(charges)
    .where(
        charges.c.id == bindparam("sought"), charges.c.dispute_id.is_not_distinct_from(bindparam("before"))
    )
    .values(dispute_id=bindparam("request"))
)
PAYMENTS = Query(
    select(*PAYMENT.columns)
    .where(payments.c.home_id == bindparam("home"))
    .order_by(payments.c.at, payments.c.id),
    PAYMENT.read,
)
BY_REFERENCE = Query(
    select(*PAYMENT.columns).where(
        payments.c.estate_id == bindparam("estate"), payments.c.reference == bindparam("sought")
    ),
    PAYMENT.read,
)
CHARGED = Prepared(
    select(charges.c.home_id, func.sum(charges.c.amount))
    .where(charges.c.estate_id == bindparam("estate"), charges.c.due <= bindparam("day"))
    .group_by(charges.c.home_id)
)
PAID = Prepared(
    select(payments.c.home_id, func.sum(payments.c.amount))
    .where(payments.c.estate_id == bindparam("estate"))
    .group_by(payments.c.home_id)
)


class SqlFees:
    """`desk.ports.Fees` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def tariffs(self, estate_id: int) -> tuple[Tariff, ...]:
        """Every price that an estate has had, in the order they were added."""
        return TARIFFS.all(self._link, {"estate": estate_id})

    def save_tariff(self, tariff: Tariff) -> Tariff:
        """Adds it (id 0) or replaces it; raises `Conflict` for a second one of the same code and day."""
        return TARIFF.save(self._link, tariff)

    def meters(self, estate_id: int) -> tuple[Meter, ...]:
        """Every meter of an estate, in the order they were added."""
        return METERS.all(self._link, {"estate": estate_id})

    def save_meter(self, meter: Meter) -> Meter:
        """Adds it (id 0) or replaces it; raises `Conflict` if the number is taken."""
        return METER.save(self._link, meter)

    def readings(self, meter_id: int) -> tuple[Reading, ...]:
        """What a meter showed, by day."""
        return READINGS.all(self._link, {"meter": meter_id})

    def save_reading(self, reading: Reading) -> Reading:
        """Adds it (id 0) or replaces it; raises `Conflict` for a second one of a day."""
        return READING.save(self._link, reading)

    def charge(self, charge_id: int) -> Charge:
        """The charge; raises `NotFound`."""
        return CHARGE.get(self._link, charge_id)

    def charges(self, home_id: int) -> tuple[Charge, ...]:
        """Everything that a home was ever charged, by month."""
        found = CHARGES.all(self._link, {"home": home_id})
        return tuple(sorted(found, key=lambda one: (one.period, one.id)))  # by the index alone, until here

    def charges_in(self, estate_id: int, period: str) -> tuple[Charge, ...]:
        """What all homes of an estate are charged for a month."""
        return CHARGES_IN.all(self._link, {"estate": estate_id, "month": period})

    def save_charge(self, charge: Charge) -> Charge:
        """Adds it (id 0) or replaces all but its dispute; raises `Conflict` for a second one of home, month,
        tariff, line."""
        if not charge.id:
            return CHARGE.save(self._link, charge)
        values = {name: value for name, value in CHARGE.values(charge).items() if name != "dispute_id"}
        with once_only(self._link):
            if REPLACE_CHARGE.change(self._link, {**values, "sought": charge.id}) == 0:
                raise NotFound
        return self.charge(charge.id)

    def dispute(self, charge: Charge, request_id: int) -> bool:
        """Notes which request disputes it; False if another one does since it was read."""
        wanted = {"sought": charge.id, "before": charge.dispute_id, "request": request_id}
        return DISPUTE.change(self._link, wanted) == 1

    def payment(self, payment_id: int) -> Payment:
        """The payment; raises `NotFound`."""
        return PAYMENT.get(self._link, payment_id)

    def payments(self, home_id: int) -> tuple[Payment, ...]:
        """What was paid for a home, oldest first."""
        return PAYMENTS.all(self._link, {"home": home_id})

    def by_reference(self, estate_id: int, reference: str) -> Payment | None:
        """The payment of an estate that bears this reference."""
        return BY_REFERENCE.first(self._link, {"estate": estate_id, "sought": reference})

    def save_payment(self, payment: Payment) -> Payment:
        """Adds it (id 0) or replaces it; raises `Conflict` if the reference is there already."""
        return PAYMENT.save(self._link, payment)

    def standings(self, estate_id: int, by: date) -> tuple[Standing, ...]:
        """How every home with fees stands, counting what was due up to a day; by home."""
        charged: dict[int, Decimal] = dict(CHARGED.rows(self._link, {"estate": estate_id, "day": by}))
        paid: dict[int, Decimal] = dict(PAID.rows(self._link, {"estate": estate_id}))
        homes = sorted({*charged, *paid})
        return tuple(
            Standing(home_id=one, charged=charged.get(one, ZERO), paid=paid.get(one, ZERO)) for one in homes
        )
