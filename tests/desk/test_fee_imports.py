"""From the office's rows to a plan, and from the plan to what is kept: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desk.fees.importing import plan
from desk.fees.plans import Plan, carry_out
from desk.fees.rows import Row, Table, Wrong
from desk.records import Home
from desk.records.fees import Basis, Charge, FeeType, Payment
from tests.desk.office import DAY, Office

TARIFFS = (
    {"code": "property", "type": "property", "basis": "area", "measure": "m²", "price": "2.80"},
    {"code": "water", "type": "水费", "basis": "按表", "measure": "m³", "price": "3.40"},
    {"code": "parking", "type": "parking", "basis": "fixed", "price": "150"},
)
READINGS = {"2026-01-31": "1204", "2026-02-28": "1219"}


class Ledger:
    """Lotus Garden, with what its office sends in."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.estate = office.write(lambda work: work.estates.save(replace(office.lotus, currency="CNY")))
        office.write(lambda work: work.estates.save_home(replace(office.home, area=Decimal("89.50"))))
        office.write(lambda work: work.estates.save_home(Home(estate_id=self.estate.id, code="1-1-102")))

    def plan(self, table: Table, *cells: dict[str, str]) -> Plan:
        return self.office.read(lambda work: plan(work, self.estate, rows(table, cells), self.office.now))

    def take(self, table: Table, *cells: dict[str, str]) -> Plan:
        found = self.plan(table, *cells)
        assert found.faults == ()
        self.office.write(lambda work: carry_out(work, found))
        return found

    def faults(self, table: Table, *cells: dict[str, str]) -> list[tuple[int, Wrong]]:
        found = self.plan(table, *cells)
        return [(one.row.number, one.why) for one in found.faults]

    def furnish(self) -> None:
        """Tariffs, and a water meter with two readings."""
        self.take(Table.TARIFFS, *({**one, "since": "2026-01-01"} for one in TARIFFS))
        self.take(Table.READINGS, *(reading(date=day, value=value) for day, value in READINGS.items()))

    def charges(self) -> tuple[Charge, ...]:
        return self.office.read(lambda work: work.fees.charges(self.office.home.id))

    def payments(self) -> tuple[Payment, ...]:
        return self.office.read(lambda work: work.fees.payments(self.office.home.id))


@pytest.fixture
def ledger(office: Office) -> Ledger:
    return Ledger(office)


def rows(table: Table, cells: Sequence[dict[str, str]]) -> list[Row]:
    return [Row(table=table, sheet="", number=number, cells=one) for number, one in enumerate(cells, 2)]


def reading(**changes: str) -> dict[str, str]:
    known = {"home": "1-1-101", "meter": "W-1", "tariff": "water", "date": "2026-02-28", "value": "1219"}
    return known | changes


def charge(**changes: str) -> dict[str, str]:
    return {"home": "1-1-101", "period": "2026-02", "tariff": "property", "due": "2026-03-10"} | changes


def payment(**changes: str) -> dict[str, str]:
    return {"home": "1-1-101", "date": "2026-02-18", "amount": "300", "reference": "A-1"} | changes


# ── what a row comes to ──


def test_a_line_is_computed_from_the_homes_area(ledger: Ledger):
    ledger.furnish()
    ledger.take(Table.CHARGES, charge())
    (kept,) = ledger.charges()
    assert (kept.quantity, kept.measure, kept.price) == (Decimal("89.50"), "m²", Decimal("2.80"))
    assert (kept.amount, kept.due, kept.once) == (Decimal("250.60"), date(2026, 3, 10), False)


def test_a_line_is_computed_from_the_meters_readings(ledger: Ledger):
    ledger.furnish()
    ledger.take(Table.CHARGES, charge(tariff="water"))
    (kept,) = ledger.charges()
    assert (kept.start, kept.end, kept.quantity) == (Decimal(1204), Decimal(1219), Decimal(15))
    assert (kept.amount, kept.type) == (Decimal("51.00"), FeeType.WATER)


def test_a_line_may_say_its_readings_itself(ledger: Ledger):
    ledger.furnish()
    ledger.take(Table.CHARGES, charge(tariff="water", start="10", end="12.5", price="4"))
    assert [(one.quantity, one.amount) for one in ledger.charges()] == [(Decimal("2.5"), Decimal("10.00"))]


def test_a_fixed_price_and_a_sum_alone(ledger: Ledger):
    ledger.furnish()
    once = {"tariff": "", "type": "维修费", "amount": "80", "note": "New tap"}
    ledger.take(Table.CHARGES, charge(tariff="parking"), charge(**once))
    assert [(one.tariff, one.amount, one.once, one.note) for one in ledger.charges()] == [
        ("parking", Decimal(150), False, ""),
        ("repair", Decimal(80), True, "New tap"),
    ]


def test_tariffs_readings_and_charges_may_come_in_one_file(ledger: Ledger):
    given = [
        *rows(Table.CHARGES, [charge(tariff="water")]),
        *rows(Table.READINGS, [reading(date=day, value=value) for day, value in READINGS.items()]),
        *rows(Table.TARIFFS, [{**one, "since": "2026-01-01"} for one in TARIFFS]),
    ]
    found = ledger.office.read(lambda work: plan(work, ledger.estate, given, ledger.office.now))
    assert found.faults == ()
    ledger.office.write(lambda work: carry_out(work, found))
    assert [one.amount for one in ledger.charges()] == [Decimal("51.00")]


def test_a_newer_price_holds_from_its_day_on(ledger: Ledger):
    ledger.furnish()
    ledger.take(Table.TARIFFS, {**TARIFFS[0], "price": "3", "since": "2026-03-01"})
    ledger.take(Table.CHARGES, charge(), charge(period="2026-03"))
    assert [one.price for one in ledger.charges()] == [Decimal("2.80"), Decimal(3)]


@pytest.mark.parametrize(
    "given, day",
    [("2026-2-8", 8), ("2026/02/08", 8), ("08.02.2026", 8), ("2026-02-08 14:30", 8), ("２０２６-02-08", 8)],
)
def test_days_are_read_as_people_write_them(ledger: Ledger, given: str, day: int):
    ledger.take(Table.PAYMENTS, payment(date=given))
    assert ledger.payments()[0].at.day == day


@pytest.mark.parametrize("given", ["1,204.50", "1204.5", "１２０４.５", " 1 204.50 "])
def test_sums_are_read_as_people_write_them(ledger: Ledger, given: str):
    ledger.take(Table.PAYMENTS, payment(amount=given))
    assert ledger.payments()[0].amount == Decimal("1204.50")


# ── twice is once ──


def test_the_same_rows_twice_change_nothing(ledger: Ledger):
    ledger.furnish()
    given: dict[Table, list[dict[str, str]]] = {
        Table.TARIFFS: [{**one, "since": "2026-01-01"} for one in TARIFFS],
        Table.READINGS: [reading(date=day, value=value) for day, value in READINGS.items()],
        Table.CHARGES: [charge(), charge(tariff="water"), charge(tariff="", type="repair", amount="80")],
        Table.PAYMENTS: [payment(), payment(reference="A-2", method="cash")],
    }
    for table, cells in given.items():
        ledger.take(table, *cells)
        again = ledger.plan(table, *cells)
        assert (again.entries, again.faults, again.same, again.ready) == ((), (), len(cells), False)


def test_a_changed_sum_is_a_change_and_its_difference_the_plans_sum(ledger: Ledger):
    ledger.furnish()
    ledger.take(Table.CHARGES, charge(), charge(tariff="parking"))
    found = ledger.take(Table.CHARGES, charge(price="3"), charge(tariff="parking"))
    (change,) = found.changed(Table.CHARGES)
    assert isinstance(change.old, Charge)
    assert (change.old.amount, found.sum(Table.CHARGES)) == (Decimal("250.60"), Decimal("17.90"))
    assert (found.same, found.added(Table.CHARGES)) == (1, ())
    assert [one.amount for one in ledger.charges()] == [Decimal("268.50"), Decimal(150)]


def test_a_change_keeps_the_dispute(ledger: Ledger):
    ledger.furnish()
    ledger.take(Table.CHARGES, charge())
    number = ledger.office.file()
    [kept] = ledger.charges()
    assert ledger.office.write(lambda work: work.fees.dispute(kept, number))
    ledger.take(Table.CHARGES, charge(price="3"))
    assert ledger.charges()[0].dispute_id == number


def test_the_fingerprint_is_of_what_would_change(ledger: Ledger):
    ledger.furnish()
    first = ledger.plan(Table.CHARGES, charge())
    assert ledger.plan(Table.CHARGES, charge()).fingerprint == first.fingerprint
    ledger.take(Table.CHARGES, charge(price="3"))
    assert ledger.plan(Table.CHARGES, charge()).fingerprint != first.fingerprint


# ── what is wrong ──


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"home": "9-9-999"}, Wrong.NO_HOME),
        ({"home": ""}, Wrong.MISSING),
        ({"period": "2026-13"}, Wrong.BAD_PERIOD),
        ({"due": "soon"}, Wrong.BAD_DATE),
        ({"due": "2026-02-30"}, Wrong.BAD_DATE),
        ({"tariff": "gold"}, Wrong.NO_TARIFF),
        ({"period": "2025-12"}, Wrong.NO_TARIFF),
        ({"tariff": "", "type": "gold"}, Wrong.BAD_TYPE),
        ({"tariff": "", "type": "repair"}, Wrong.NO_AMOUNT),
        ({"amount": "250.61", "quantity": "89.50"}, Wrong.WRONG_AMOUNT),
        ({"amount": "250.605"}, Wrong.NOT_ROUND),
        ({"amount": "12,5"}, Wrong.BAD_NUMBER),
        ({"amount": "NaN"}, Wrong.BAD_NUMBER),
        ({"amount": "1e12"}, Wrong.BAD_NUMBER),
        ({"tariff": "water", "start": "5", "end": "4"}, Wrong.BACKWARDS),
        ({"tariff": "water", "start": "5", "end": "6", "quantity": "2"}, Wrong.WRONG_AMOUNT),
        ({"tariff": "water", "period": "2026-03"}, Wrong.NO_READINGS),
        ({"tariff": "water", "line": "W-9"}, Wrong.NO_METER),
        ({"home": "1-1-102"}, Wrong.NO_AREA),
        ({"once": "maybe"}, Wrong.BAD_ANSWER),
        ({"note": "x" * 201}, Wrong.TOO_LONG),
    ],
)
def test_a_bad_charge_is_told_with_its_row(ledger: Ledger, changes: dict[str, str], why: Wrong):
    ledger.furnish()
    assert ledger.faults(Table.CHARGES, charge(tariff="parking"), charge(**changes)) == [(3, why)]


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"home": "1-1-102"}, Wrong.OTHER_HOME),
        ({"meter": "W-2", "tariff": ""}, Wrong.MISSING),
        ({"meter": "W-2", "tariff": "gold"}, Wrong.NO_TARIFF),
        ({"date": "2026-03-31", "value": "1218"}, Wrong.BACKWARDS),
        ({"date": "2026-01-15", "value": "1205"}, Wrong.BACKWARDS),
        ({"value": "x"}, Wrong.BAD_NUMBER),
    ],
)
def test_a_bad_reading_is_told(ledger: Ledger, changes: dict[str, str], why: Wrong):
    ledger.furnish()
    assert ledger.faults(Table.READINGS, reading(**changes)) == [(2, why)]


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"amount": "0"}, Wrong.NOTHING_PAID),
        ({"amount": ""}, Wrong.MISSING),
        ({"reference": ""}, Wrong.MISSING),
        ({"date": "2026-03-05"}, Wrong.FUTURE),
        ({"date": "1899-12-30"}, Wrong.BAD_DATE),
    ],
)
def test_a_bad_payment_is_told(ledger: Ledger, changes: dict[str, str], why: Wrong):
    assert ledger.faults(Table.PAYMENTS, payment(**changes)) == [(2, why)]


def test_what_was_paid_in_telegram_is_not_changed_by_a_file(ledger: Ledger):
    known: dict[str, Any] = {"estate_id": ledger.estate.id, "home_id": ledger.office.home.id}
    paid = Payment(**known, at=ledger.office.now - DAY, amount=Decimal(5), method="telegram", reference="A-1")
    ledger.office.write(lambda work: work.fees.save_payment(paid))
    assert ledger.faults(Table.PAYMENTS, payment()) == [(2, Wrong.BY_TELEGRAM)]


def test_a_row_that_is_there_twice_is_told(ledger: Ledger):
    ledger.furnish()
    assert ledger.faults(Table.CHARGES, charge(), charge()) == [(3, Wrong.TWICE)]
    assert ledger.faults(Table.PAYMENTS, payment(), payment(home="1-1-102")) == [(3, Wrong.TWICE)]


def test_a_bad_row_holds_up_all(ledger: Ledger):
    ledger.furnish()
    assert not ledger.plan(Table.CHARGES, charge(), charge(tariff="gold")).ready


def test_a_tariff_is_known_by_its_basis(ledger: Ledger):
    given = {**TARIFFS[0], "since": "2026-01-01"}
    assert ledger.faults(Table.TARIFFS, {**given, "basis": "mood"}) == [(2, Wrong.BAD_BASIS)]
    found = ledger.plan(Table.TARIFFS, {**given, "title.en": "Fee"}).entries[0].new
    assert (found.basis, found.title) == (Basis.AREA, {"en": "Fee"})  # type: ignore[union-attr]
