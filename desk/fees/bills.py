"""Bills: the lines of a month, what of them is still owed, and why a bill differs from the last one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from desk.fees.computing import line_amount
from desk.fees.money import ZERO
from desk.records.fees import Charge, Payment


def total(charges: Sequence[Charge]) -> Decimal:
    """What charges come to."""
    return sum((one.amount for one in charges), ZERO)


def paid(payments: Sequence[Payment]) -> Decimal:
    """What came in, less what went back."""
    return sum((one.amount for one in payments), ZERO)


def balance(charges: Sequence[Charge], payments: Sequence[Payment]) -> Decimal:
    """What a home owes; below zero was paid in advance."""
    return total(charges) - paid(payments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """One month of one home."""

    period: str
    lines: tuple[Charge, ...]
    #: what no payment covers yet, without lines that are disputed
    open: Decimal
    #: what no payment covers of lines that are disputed
    disputed: Decimal

    @property
    def total(self) -> Decimal:
        """What its lines come to."""
        return total(self.lines)

    @property
    def due(self) -> date:
        """By when the first of it is to be paid."""
        return min(one.due for one in self.lines)

    @property
    def settled(self) -> bool:
        """Whether nothing of it is owed."""
        return not self.open and not self.disputed


def bills(
    charges: Sequence[Charge], payments: Sequence[Payment], disputed: Callable[[Charge], bool]
) -> tuple[Bill, ...]:
    """A home's months, the oldest first."""
    left = remaining(charges, payments, disputed)
    months = groupby(sorted(charges, key=_age), key=lambda one: one.period)
    return tuple(_bill(period, tuple(lines), left, disputed) for period, lines in months)


def _bill(
    period: str,
    lines: tuple[Charge, ...],
    left: Mapping[int, Decimal],
    disputed: Callable[[Charge], bool],
) -> Bill:
    sides = {
        side: sum((left[one.id] for one in lines if disputed(one) is side), ZERO) for side in (True, False)
    }
    return Bill(period=period, lines=lines, open=sides[False], disputed=sides[True])


def remaining(
    charges: Sequence[Charge], payments: Sequence[Payment], disputed: Callable[[Charge], bool]
) -> dict[int, Decimal]:
    """What is still open of each charge, by its id. Money covers the oldest first, as no payment says what
    it is for; what is disputed comes last, so that nobody pays it by paying the rest."""
    purse = paid(payments) - sum((one.amount for one in charges if one.amount < 0), ZERO)
    left: dict[int, Decimal] = {}
    for one in sorted(charges, key=lambda one: (disputed(one), *_age(one))):
        covered = min(max(purse, ZERO), max(one.amount, ZERO))
        left[one.id] = max(one.amount, ZERO) - covered
        purse -= covered
    return left


def _age(charge: Charge) -> tuple[str, date, int]:
    return charge.period, charge.due, charge.id


class Why(StrEnum):
    """Why a line is not what it was last month."""

    PRICE = "price"
    MORE = "more"
    LESS = "less"
    #: a line that was not there, and may come again
    NEW = "new"
    #: a line that is there this once
    ONCE = "once"
    #: a line that is not there any more
    GONE = "gone"
    #: the sum alone is known
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One reason why a bill differs, and by how much."""

    why: Why
    amount: Decimal
    #: the line that it is about; this month's, where there is one
    line: Charge
    #: the same line as it was last month
    before: Charge | None = None


def differences(now: Sequence[Charge], before: Sequence[Charge], currency: str) -> tuple[Difference, ...]:
    """Why this month's lines come to something else than last month's: together exactly the difference."""
    this, last = _by_name(now), _by_name(before)
    names = dict.fromkeys([*this, *last])
    return tuple(one for name in names for one in _between(this.get(name), last.get(name), currency))


def _by_name(lines: Sequence[Charge]) -> dict[tuple[str, str], Charge]:
    return {(one.tariff, one.line): one for one in lines}


def _between(now: Charge | None, before: Charge | None, currency: str) -> Iterator[Difference]:
    if now is None or before is None:
        yield from _alone(now, before)
    elif now.amount != before.amount:
        by_price = _by_price(now, before, currency)
        parts = {Why.PRICE: by_price, _used(now, before): now.amount - before.amount - by_price}
        for why, amount in parts.items():
            if amount:
                yield Difference(why=why, amount=amount, line=now, before=before)


def _alone(now: Charge | None, before: Charge | None) -> Iterator[Difference]:
    if now is not None and now.amount:
        yield Difference(why=Why.ONCE if now.once else Why.NEW, amount=now.amount, line=now)
    elif before is not None and before.amount:
        yield Difference(why=Why.GONE, amount=-before.amount, line=before)


def _by_price(now: Charge, before: Charge, currency: str) -> Decimal:
    """What last month would have cost more at this month's price."""
    if now.price is None or before.price is None or before.quantity is None or now.price == before.price:
        return ZERO
    return line_amount(before.quantity, now.price, currency) - before.amount


def _used(now: Charge, before: Charge) -> Why:
    if now.quantity is None or before.quantity is None or now.quantity == before.quantity:
        return Why.AMOUNT
    return Why.MORE if now.quantity > before.quantity else Why.LESS
