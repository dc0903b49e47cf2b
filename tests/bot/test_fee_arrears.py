"""Who is behind: for those who look after the fees, by door and sum."""

import pytest

from desk.records import Home, Role
from tests.bot.counter import DAY, Counter, Guest
from tests.bot.test_fee_disputes import disputes
from tests.bot.till import Till, seen


@pytest.fixture
def till(any_counter: Counter) -> Till:
    till = Till(any_counter)
    till.two_months()
    return till


@pytest.fixture
def fei(till: Till) -> Guest:
    return till.counter.staff("Fei", Role.FEES)


def test_what_was_due_before_today_is_overdue(till: Till, fei: Guest):
    fei.says("/arrears")
    assert "1 home owes CN¥264.55" in fei.last().text
    assert "1-1-101 CN¥264.55" in fei.last().text
    till.counter.later(9 * DAY)
    fei.says("/arrears")
    assert "1 home owes CN¥566.15" in fei.last().text


def test_the_homes_that_owe_most_come_first_and_the_rest_as_a_file(till: Till, fei: Guest):
    for number in range(12):
        home = Home(estate_id=till.counter.estate.id, code=f"9-{number}")
        with till.counter.opened() as work:
            kept = work.estates.save_home(home)
        till.charge("2026-01", "parking", f"{number + 1}", "150", home_id=kept.id)
    fei.says("/arrears")
    lines = fei.last().text.splitlines()
    assert (lines[4], lines[5], lines[-1]) == ("9-11 CN¥1,800.00", "9-10 CN¥1,650.00", "and 3 more")
    fei.taps("All as a file")
    file = fei.last().file
    assert file is not None
    assert file.content.count("\n") == 14
    assert "1-1-101,264.55,CNY" in file.content


def test_nobody_is_named(till: Till, fei: Guest):
    till.counter.resident("Lin Xiaoming")
    fei.says("/arrears")
    assert "Lin" not in fei.last().text


def test_a_dispute_is_marked(till: Till, fei: Guest):
    disputes(till.counter.resident())
    fei.says("/arrears")
    assert "1-1-101 CN¥264.55 ⚖️" in fei.last().text


def test_who_has_paid_is_not_behind(till: Till, fei: Guest):
    till.pay("264.55")
    fei.says("/arrears")
    assert "Nobody is behind" in fei.last().text


@pytest.mark.parametrize("role", [Role.WORKER, Role.GUARD, Role.DISPATCHER, None])
def test_nobody_else_sees_it(till: Till, role: Role | None):
    guest = till.counter.staff("Wang", role) if role else till.counter.resident()
    guest.says("/arrears")
    assert "1-1-101" not in guest.last().text
    assert "no right" in seen(guest, "f:arrears_file:")


def test_the_office_of_another_estate_sees_its_own(till: Till):
    rose, _home, _queues = till.counter.build("Rose Garden", ("en",))
    rosa = till.counter.staff("Rosa", Role.FEES, estate=rose)
    rosa.says("/arrears")
    assert "Overdue fees of Rose Garden" in rosa.last().text
    assert "1-1-101" not in rosa.last().text
