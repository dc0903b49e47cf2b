"""Tariffs, meters, charges and payments."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desk.errors import Conflict, NotFound
from desk.records import Home
from desk.records.fees import Basis, Charge, FeeType, Meter, Payment, Reading, Standing, Tariff
from tests.contracts.samples import HOUR, NOW, Place, Store, Work, file, settled

NOVEMBER = date(2026, 11, 1)


def tariff(place: Place, **changes: Any) -> Tariff:
    values: dict[str, Any] = {"estate_id": place.estate.id, "code": "property", "type": FeeType.PROPERTY}
    values |= {"basis": Basis.AREA, "measure": "m²", "price": Decimal("2.80"), "since": NOVEMBER}
    return Tariff(**(values | {"title": {"en": "Property", "zh_CN": "物业费"}} | changes))


def charge(place: Place, **changes: Any) -> Charge:
    values: dict[str, Any] = {"estate_id": place.estate.id, "home_id": place.home.id, "period": "2026-11"}
    values |= {"tariff": "property", "type": FeeType.PROPERTY, "due": date(2026, 12, 10)}
    return Charge(**(values | {"amount": Decimal("250.60")} | changes))


def payment(place: Place, **changes: Any) -> Payment:
    values: dict[str, Any] = {"estate_id": place.estate.id, "home_id": place.home.id, "at": NOW}
    return Payment(**(values | {"amount": Decimal(100), "method": "cash", "reference": "A-1"} | changes))


def second_home(work: Work, place: Place) -> Home:
    return work.estates.save_home(Home(estate_id=place.estate.id, code="3-2-502"))


def test_tariffs_are_one_a_code_and_day(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        first = work.fees.save_tariff(tariff(place))
        dearer = work.fees.save_tariff(tariff(place, since=date(2027, 1, 1), price=Decimal("3.1234")))
        work.fees.save_tariff(tariff(other))
        with pytest.raises(Conflict):
            work.fees.save_tariff(tariff(place))
        changed = work.fees.save_tariff(replace(first, measure="ft²"))
        assert work.fees.tariffs(place.estate.id) == (changed, dearer)


def test_of_two_who_dispute_a_line_at_once_one_does_and_an_import_between_ends_nothing(database: Store):
    place = settled(database)
    with database.write() as work:
        kept = work.fees.save_charge(charge(place))
        requests = [file(work, place).id for _ in range(2)]
    both_have_read = threading.Barrier(2, timeout=10)

    def dispute(request: int) -> bool:
        with database.read() as work:
            seen = work.fees.charge(kept.id)
        both_have_read.wait()
        with database.write() as work:
            return work.fees.dispute(seen, request)

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(dispute, requests))
    assert sorted(done) == [False, True]
    with database.write() as work:
        dearer = work.fees.save_charge(replace(kept, amount=Decimal(300)))
        assert (dearer.amount, dearer.dispute_id) == (Decimal(300), requests[done.index(True)])
        assert work.fees.charge(kept.id) == dearer
        with pytest.raises(NotFound):
            work.fees.save_charge(replace(kept, id=4711, line="?"))


def test_a_meter_shows_one_value_a_day(database: Store):
    place = settled(database)
    with database.write() as work:
        meter = Meter(estate_id=place.estate.id, home_id=place.home.id, code="W-17", tariff="water")
        meter = work.fees.save_meter(meter)
        assert work.fees.meters(place.estate.id) == (meter,)
        with pytest.raises(Conflict):
            work.fees.save_meter(replace(meter, id=0))
        days = [date(2026, 11, 30), date(2026, 10, 31)]
        later, sooner = (
            work.fees.save_reading(Reading(meter_id=meter.id, at=day, value=Decimal("1204.5")))
            for day in days
        )
        assert work.fees.readings(meter.id) == (sooner, later)
        with pytest.raises(Conflict):
            work.fees.save_reading(replace(later, id=0))
        mended = work.fees.save_reading(replace(later, value=Decimal(1219)))
        assert work.fees.readings(meter.id) == (sooner, mended)


def test_charges_are_found_by_home_and_by_month(database: Store):
    place = settled(database)
    with database.write() as work:
        number = file(work, place).id
        full = {"quantity": Decimal("89.50"), "measure": "m²", "price": Decimal("2.80"), "note": "半年"}
        november = work.fees.save_charge(charge(place, line="W-17", dispute_id=number, **full))
        october = work.fees.save_charge(charge(place, period="2026-10", amount=Decimal("-0.05"), once=True))
        neighbour = work.fees.save_charge(charge(place, home_id=second_home(work, place).id))
        assert work.fees.charges(place.home.id) == (october, november)
        assert work.fees.charges_in(place.estate.id, "2026-11") == (november, neighbour)
        assert work.fees.charge(october.id) == october
        with pytest.raises(Conflict):
            work.fees.save_charge(replace(november, id=0))
        with pytest.raises(NotFound):
            work.fees.charge(999)


def test_a_payment_has_a_reference_of_its_own(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        paid = work.fees.save_payment(payment(place, person_id=place.resident.id))
        work.fees.save_payment(payment(other))
        earlier = work.fees.save_payment(payment(place, at=NOW - HOUR, reference="A-2"))
        assert work.fees.payments(place.home.id) == (earlier, paid)
        assert work.fees.by_reference(place.estate.id, "A-1") == paid
        assert work.fees.by_reference(place.estate.id, "A-3") is None
        assert work.fees.payment(paid.id) == paid
        with pytest.raises(Conflict):
            work.fees.save_payment(payment(place, amount=Decimal(7)))
        assert work.fees.payments(place.home.id) == (earlier, paid)
        with pytest.raises(NotFound):
            work.fees.payment(999)


def test_a_home_stands_by_what_was_due_and_all_that_was_paid(database: Store):
    place = settled(database)
    with database.write() as work:
        work.fees.save_charge(charge(place, amount=Decimal("0.10")))
        work.fees.save_charge(charge(place, tariff="water", amount=Decimal("0.20")))
        work.fees.save_charge(charge(place, period="2026-12", due=date(2027, 1, 10)))
        work.fees.save_payment(payment(place, amount=Decimal("0.05")))
        neighbour = second_home(work, place)
        work.fees.save_payment(payment(place, home_id=neighbour.id, reference="A-2"))
        assert work.fees.standings(place.estate.id, date(2026, 12, 10)) == (
            Standing(home_id=place.home.id, charged=Decimal("0.30"), paid=Decimal("0.05")),
            Standing(home_id=neighbour.id, charged=Decimal(0), paid=Decimal(100)),
        )
        ahead = work.fees.standings(place.estate.id, date(2026, 12, 9))
        assert [one.owed for one in ahead] == [Decimal("-0.05"), Decimal(-100)]
