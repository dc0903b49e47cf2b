"""What residents see of their fees, and what they do not see of others'."""

import json
from dataclasses import replace

import pytest

from desk.records import Home, HomeRole, Occupancy
from tests.bot.counter import Counter
from tests.bot.till import Till, seen


@pytest.fixture
def till(any_counter: Counter) -> Till:
    return Till(any_counter)


def test_what_is_owed_is_the_sum_of_what_is_open(till: Till):
    till.two_months()
    till.pay("300")
    lin = till.counter.resident()
    lin.says("/fees")
    # 223.75 + 40.80 + 250.60 + 51.00 − 300.00
    assert "To pay: CN¥266.15" in lin.last().text
    assert "At the office, 9 to 17." in lin.last().text
    assert [one for one in lin.last().labels if "2026" in one] == [
        "📄 February 2026 · CN¥301.60",
        "✅ January 2026 · CN¥264.55",
    ]


def test_what_should_have_been_paid_is_called_overdue(till: Till):
    till.two_months()
    lin = till.counter.resident(language="zh_CN")
    lin.says("/fees")
    assert "¥264.55" in lin.last().text
    assert "前台缴费" in lin.last().text
    assert "CN¥" not in lin.last().text


def test_a_bill_says_how_each_line_comes_about_and_why_it_is_not_the_last_one(till: Till):
    till.two_months()
    lin = till.counter.resident()
    lin.says("/fees")
    lin.taps("February")
    told = lin.last().text
    assert "Property fee: CN¥250.60\n89.5 m² × CN¥2.80" in told
    assert "Water charge: CN¥51.00\nreading 1,204 → 1,219 = 15 m³ × CN¥3.40" in told
    assert "Total: CN¥301.60\nTo pay: CN¥301.60, by Tue, Mar 10" in told
    assert "Against the month before: +CN¥37.05" in told
    assert "Property fee, CN¥2.80 each instead of CN¥2.50: +CN¥26.85" in told
    assert "Water charge, more used: 15 m³ instead of 12 m³: +CN¥10.20" in told


def test_a_long_bill_is_shown_in_parts(till: Till):
    for number in range(30):
        till.charge("2026-02", "water", "1", "3.40", line=f"W-{number:02}", note="x" * 500)
    lin = till.counter.resident()
    lin.says("/fees")
    lin.taps("February")
    assert "Total" not in lin.last().text
    lin.taps("16 more lines")
    lin.taps("2 more lines")
    assert "Total: CN¥102.00" in lin.last().text


def test_nobody_else_sees_the_fees_of_a_home(till: Till):
    till.two_months()
    paid = till.pay("10")
    counter, home = till.counter, till.counter.home
    other = counter.write(lambda work: work.estates.save_home(Home(estate_id=home.estate_id, code="1-1-102")))
    neighbour, stranger = counter.resident("Neighbour", home=other), counter.guest("Sun")
    worker = counter.staff("Wang")
    for guest in (neighbour, stranger, worker):
        for page in ("fee_bill:{}/2026-02", "receipts:{}", f"receipt:{paid.id}"):
            assert "no right" in seen(guest, f"p:{page}".format(home.id))
        assert "To pay" not in seen(guest, f"p:fees:{home.id}")


@pytest.mark.parametrize(
    "about", ["x", "1/2026-13", "1/", "1/2026-05", "99999999999999999999", "1/2026-02/x", "²"]
)
def test_data_that_nobody_offered_change_nothing(till: Till, about: str):
    till.two_months()
    lin = till.counter.resident()
    for page in ("fees", "fee_bill", "receipts", "receipt", "tariffs"):
        assert seen(lin, f"p:{page}:{about}")


def test_the_public_table_is_for_everybody(till: Till):
    sun = till.counter.guest("Sun")
    sun.says("/tariffs")
    assert "Property fee: CN¥2.80 / m², since January 2026" in sun.last().text
    assert "Parking fee: CN¥150.00" in sun.last().text


def test_a_receipt_has_a_number_to_copy(till: Till):
    till.two_months()
    till.pay("264.55", "8842-17")
    lin = till.counter.resident()
    lin.says("/fees")
    lin.taps("Receipts", "RC-000001")
    assert "Amount: CN¥264.55" in lin.last().text
    assert "8842-17" in lin.last().text
    assert ("📋 RC-000001", "RC-000001") in lin.last().rows[0]


def test_who_has_two_homes_says_which(till: Till):
    till.two_months()
    counter = till.counter
    second = counter.write(
        lambda work: work.estates.save_home(Home(estate_id=counter.estate.id, code="1-1-102"))
    )
    lin = counter.resident()
    counter.move_in(lin, second)
    lin.says("/fees")
    lin.taps("1-1-102")
    assert "no bills for 1-1-102" in lin.last().text
    lin.says("/fees")
    lin.taps("1-1-101")
    assert "To pay" in lin.last().text


def test_an_unlinked_person_is_told_why_there_is_nothing(till: Till):
    sun = till.counter.guest("Sun")
    sun.says("/fees")
    assert "You are not linked" in sun.last().text


@pytest.mark.parametrize("role", HomeRole)
def test_the_file_with_all_ones_data_has_no_bills_that_one_may_not_see(till: Till, role: HomeRole):
    till.two_months()
    counter = till.counter
    lin = counter.guest("Lin")
    link = Occupancy(
        person_id=lin.id, home_id=counter.home.id, estate_id=counter.estate.id, role=role, since=counter.now
    )
    counter.write(lambda work: work.people.occupy(link))
    lin.says("/export")
    [file] = [post.file for post in lin.posts() if post.file is not None]
    assert len(json.loads(file.content)["fees"]["bills"]) == (0 if role is HomeRole.FAMILY else 4)


def test_a_fixed_price_is_called_one_and_a_sum_alone_has_its_note(till: Till):
    fixed = replace(till.charge("2026-02", "parking", "1", "150"), quantity=None, price=None)
    alone = replace(till.charge("2026-02", "water", "1", "80"), quantity=None, price=None, note="New tap")
    with till.counter.opened() as work:
        for one in (fixed, alone):
            work.fees.save_charge(one)
    lin = till.counter.resident()
    lin.says("/fees")
    lin.taps("February")
    assert "Parking fee: CN¥150.00\nthe same for everybody\n" in lin.last().text
    assert "Water charge: CN¥80.00\nNew tap\n" in lin.last().text
