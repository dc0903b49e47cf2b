"""How the amount of a line comes about: a quantity, a price, rounded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desk.fees.money import rounded
from desk.fees.periods import first_day, last_day
from desk.records.fees import Reading, Tariff


@dataclass(frozen=True, slots=True)
class Counted:
    """What a meter counted between two readings."""

    start: Decimal
    end: Decimal

    @property
    def used(self) -> Decimal:
        """The difference."""
        return self.end - self.start


def line_amount(quantity: Decimal, price: Decimal, currency: str) -> Decimal:
    """What a line comes to. Only lines are rounded, so that a bill is exactly the sum of what it shows."""
    return rounded(quantity * price, currency)


def in_force(tariffs: Sequence[Tariff], code: str, day: date) -> Tariff | None:
    """The price that holds on a day: the newest that is not of the future."""
    known = [one for one in tariffs if one.code == code and one.since <= day]
    return max(known, key=lambda one: one.since, default=None)


def public(tariffs: Sequence[Tariff], day: date) -> tuple[Tariff, ...]:
    """The table as it holds on a day, in the order in which the codes came."""
    found = (in_force(tariffs, code, day) for code in dict.fromkeys(one.code for one in tariffs))
    return tuple(one for one in found if one is not None)


def counted(readings: Sequence[Reading], period: str) -> Counted | None:
    """What a meter counted up to its last reading within a month, since the last one before that month; None
    where either is missing."""
    ordered = sorted(readings, key=lambda one: one.at)
    before = [one for one in ordered if one.at < first_day(period)]
    within = [one for one in ordered if first_day(period) <= one.at <= last_day(period)]
    return Counted(before[-1].value, within[-1].value) if before and within else None
