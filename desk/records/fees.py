"""Fees: tariffs, meters and their readings, what a home is charged, and what was paid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class FeeType(StrEnum):
    """What a charge is for, by the company's list of fees."""

    PROPERTY = "property"
    SHARED = "shared"
    WATER = "water"
    ELECTRICITY = "electricity"
    GAS = "gas"
    HEATING = "heating"
    PARKING = "parking"
    REPAIR = "repair"
    SERVICE = "service"
    RENT = "rent"
    DEPOSIT = "deposit"
    OTHER = "other"


class Basis(StrEnum):
    """What a tariff's price is multiplied with."""

    #: the square metres of the home
    AREA = "area"
    #: what a meter counted
    METER = "meter"
    #: nothing: the same for everybody
    FIXED = "fixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """A price of the public table; a newer one of the same code takes its place from its day on."""

    id: int = 0
    estate_id: int
    code: str
    #: language → name
    title: Mapping[str, str] = field(default_factory=dict)
    type: FeeType
    basis: Basis
    #: what is counted, such as m³ or kWh
    measure: str = ""
    #: for one of it, in the estate's currency
    price: Decimal
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """What counts in a home, known by its number."""

    id: int = 0
    estate_id: int
    home_id: int
    code: str
    #: code of the tariff that its counts are charged by
    tariff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a meter showed on a day."""

    id: int = 0
    meter_id: int
    at: date
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One line of a bill: what one home owes for one thing in one month, and how it comes to that."""

    id: int = 0
    estate_id: int
    home_id: int
    #: the month, such as 2026-11
    period: str
    #: code of the tariff; that of the fee's type where it follows none
    tariff: str
    #: tells lines of one tariff apart, such as the meter's number
    line: str = ""
    type: FeeType
    #: language → name, where the tariff has none
    title: Mapping[str, str] = field(default_factory=dict)
    #: how much of it, and of what; None where only the sum is known
    quantity: Decimal | None = None
    measure: str = ""
    price: Decimal | None = None
    #: what the meter showed before and after
    start: Decimal | None = None
    end: Decimal | None = None
    #: in the estate's currency, rounded to its smallest coin; below zero gives something back
    amount: Decimal
    #: by when it is to be paid
    due: date
    #: not to be expected again next month
    once: bool = False
    note: str = ""
    #: the request that disputes it
    dispute_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that came in for a home, or went back (below zero)."""

    id: int = 0
    estate_id: int
    home_id: int
    at: datetime
    amount: Decimal
    #: such as cash, transfer, telegram, refund
    method: str
    #: unique in the estate; whoever paid finds it on their own slip
    reference: str
    #: who paid, where that is known
    person_id: int | None = None
    #: what the payment provider calls it, to find it there
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one home stands with its fees: all that was charged by a day, and all that was paid."""

    home_id: int
    charged: Decimal
    paid: Decimal

    @property
    def owed(self) -> Decimal:
        """What is still to be paid; below zero was paid in advance."""
        return self.charged - self.paid
