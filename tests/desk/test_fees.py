"""What a line comes to, what a bill adds up to, and why it differs from the last one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from desk.fees.bills import Why, balance, bills, differences, paid, remaining, total
from desk.fees.computing import Counted, counted, in_force, line_amount, public
from desk.fees.money import digits, is_round, major, minor, rounded
from desk.fees.periods import before, is_period, last_day
from desk.records.fees import Basis, Charge, FeeType, Payment, Reading, Tariff

coins = st.integers(-100_000, 1_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
quantities = st.decimals(0, 500, places=2)
prices = st.decimals(0, 20, places=4)
months = st.sampled_from(["2026-08", "2026-09", "2026-10", "2026-11"])


def line(number: int = 1, amount: str | int | Decimal = 0, **changes: Any) -> Charge:
    known: dict[str, Any] = {"estate_id": 1, "home_id": 1, "period": "2026-11", "tariff": f"t{number}"}
    known |= {"type": FeeType.OTHER, "due": date(2026, 12, 10), "id": number, "amount": Decimal(amount)}
    return Charge(**(known | changes))


def payment(amount: str | Decimal) -> Payment:
    at = datetime(2026, 11, 5, tzinfo=UTC)
    return Payment(estate_id=1, home_id=1, at=at, amount=Decimal(amount), method="cash", reference="1")


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Charge], list[Payment]]:
    rows = draw(st.lists(st.tuples(months, coins), max_size=12))
    charges = [line(number, amount, period=month) for number, (month, amount) in enumerate(rows, 1)]
    return charges, [payment(one) for one in draw(st.lists(coins.filter(lambda one: one > 0), max_size=6))]


def by(disputed: Sequence[int]) -> Any:
    return lambda one: one.id in disputed


# ── money ──


@pytest.mark.parametrize(
    "amount, currency, result",
    [
        ("0.005", "CNY", "0.01"),
        ("0.015", "CNY", "0.02"),
        ("-0.005", "CNY", "-0.01"),
        ("2.5", "JPY", "3"),
        ("1.0005", "KWD", "1.001"),
    ],
)
def test_halves_go_away_from_zero_to_the_currencys_smallest_coin(amount: str, currency: str, result: str):
    assert rounded(Decimal(amount), currency) == Decimal(result)


@given(coins, st.sampled_from(["CNY", "EUR"]))
def test_telegrams_coins_are_the_same_sum(amount: Decimal, currency: str):
    assert major(minor(amount, currency), currency) == amount


def test_what_cannot_be_paid_in_coins_is_not_round():
    assert (digits("JPY"), is_round(Decimal("1.5"), "JPY"), is_round(Decimal("1.50"), "CNY")) == (
        0,
        False,
        True,
    )


def test_months():
    assert [is_period(one) for one in ("2026-11", "2026-13", "26-11", "2026-1")] == [
        True,
        False,
        False,
        False,
    ]
    assert (before("2026-01"), last_day("2028-02")) == ("2025-12", date(2028, 2, 29))


# ── lines ──


def test_an_area_by_its_tariff():
    assert line_amount(Decimal("89.50"), Decimal("2.80"), "CNY") == Decimal("250.60")


def reading(day: date, value: int) -> Reading:
    return Reading(meter_id=1, at=day, value=Decimal(value))


def test_a_meter_counts_from_the_last_reading_before_the_month_to_the_last_one_within():
    days = {date(2026, 9, 30): 1190, date(2026, 10, 31): 1204, date(2026, 11, 15): 1210}
    readings = [reading(*one) for one in ({**days, date(2026, 11, 30): 1219}).items()]
    found = counted(readings, "2026-11")
    assert found == Counted(Decimal(1204), Decimal(1219))
    assert found is not None
    assert found.used == 15
    assert counted(readings, "2026-09") is None
    assert counted(readings, "2026-12") is None


def test_the_newest_price_holds_that_is_not_of_the_future():
    known: dict[str, Any] = {"estate_id": 1, "code": "water", "type": FeeType.WATER, "basis": Basis.METER}
    old, new = (
        Tariff(**known, price=Decimal(price), since=date(2026, month, 1))
        for price, month in (("3.40", 1), ("3.60", 12))
    )
    assert in_force([old, new], "water", date(2026, 11, 30)) == old
    assert in_force([new, old], "water", date(2026, 12, 1)) == new
    assert in_force([old], "water", date(2025, 12, 31)) is None
    assert public([old, new], date(2027, 1, 1)) == (new,)


# ── bills ──


@given(ledgers())
def test_lines_come_to_their_total_and_balance_is_charges_less_payments(ledger):
    charges, payments = ledger
    found = bills(charges, payments, by([]))
    assert sum((one.total for one in found), Decimal(0)) == total(charges)
    assert balance(charges, payments) == total(charges) - paid(payments)
    assert [one.period for one in found] == sorted({one.period for one in charges})


@given(ledgers(), st.lists(st.integers(1, 12)))
def test_what_is_open_is_the_balance_unless_something_is_left_over(ledger, disputed: list[int]):
    charges, payments = ledger
    left = remaining(charges, payments, by(disputed))
    open_in_all = sum(left.values(), Decimal(0))
    assert open_in_all == max(balance(charges, payments), Decimal(0))
    assert all(0 <= left[one.id] <= max(one.amount, Decimal(0)) for one in charges)
    found = bills(charges, payments, by(disputed))
    assert sum((one.open + one.disputed for one in found), Decimal(0)) == open_in_all


def test_money_covers_the_oldest_first_and_what_is_disputed_last():
    charges = [line(1, 100, period="2026-10"), line(2, 50), line(3, 30, period="2026-09")]
    assert remaining(charges, [payment("110")], by([])) == {3: 0, 1: 20, 2: 50}
    assert remaining(charges, [payment("110")], by([3])) == {1: 0, 2: 40, 3: 30}
    october = bills(charges, [payment("110")], by([]))[1]
    assert (october.period, october.open, october.settled) == ("2026-10", Decimal(20), False)


def test_a_refund_on_the_bill_covers_the_rest():
    charges = [line(1, 100), line(2, -30)]
    assert remaining(charges, [payment("70")], by([])) == {1: 0, 2: 0}


# ── differences ──


@st.composite
def priced(draw: st.DrawFn, number: int) -> Charge:
    quantity, price = draw(quantities), draw(prices)
    return line(number, line_amount(quantity, price, "CNY"), quantity=quantity, price=price)


@st.composite
def any_line(draw: st.DrawFn, number: int) -> Charge:
    return draw(st.one_of(priced(number), coins.map(lambda amount: line(number, amount))))


@st.composite
def any_month(draw: st.DrawFn) -> list[Charge]:
    numbers = draw(st.sets(st.integers(1, 5)))
    return [draw(any_line(number)) for number in sorted(numbers)]


@given(any_month(), any_month())
def test_the_reasons_come_to_exactly_the_difference(now: list[Charge], last: list[Charge]):
    found = differences(now, last, "CNY")
    assert sum((one.amount for one in found), Decimal(0)) == total(now) - total(last)
    assert all(one.amount for one in found)


def of(quantity: int, price: str, **changes: Any) -> Charge:
    amount = line_amount(Decimal(quantity), Decimal(price), "CNY")
    return line(1, amount, quantity=Decimal(quantity), price=Decimal(price), **changes)


@pytest.mark.parametrize(
    "now, last, reasons",
    [
        (of(15, "3.40"), of(12, "3.40"), {Why.MORE: "10.20"}),
        (of(12, "3.40"), of(15, "3.40"), {Why.LESS: "-10.20"}),
        (of(15, "3.60"), of(15, "3.40"), {Why.PRICE: "3.00"}),
        (of(16, "3.60"), of(15, "3.40"), {Why.PRICE: "3.00", Why.MORE: "3.60"}),
        (of(15, "3.40"), None, {Why.NEW: "51.00"}),
        (line(1, 20, once=True), None, {Why.ONCE: "20"}),
        (None, of(15, "3.40"), {Why.GONE: "-51.00"}),
        (line(1, 20), line(1, 25), {Why.AMOUNT: "-5"}),
        (of(15, "3.40"), of(15, "3.40"), {}),
    ],
)
def test_each_reason(now: Charge | None, last: Charge | None, reasons: dict[Why, str]):
    found = differences([now] if now else [], [last] if last else [], "CNY")
    assert {one.why: one.amount for one in found} == {why: Decimal(by) for why, by in reasons.items()}
