"""Reminders of bills: on their days, at decent hours, to those who pay, and to nobody else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from bot.clockwork import fire
from desk.fees import reminding
from desk.fees.reminding import schedule, set_anew
from desk.mail import Lane
from desk.records import Estate, FeeRules, HomeRole, Notice, Occupancy, Rules, Wishes
from tests.bot.counter import DAY, HOUR, ME, Counter, Guest
from tests.bot.test_fee_disputes import disputes
from tests.bot.till import Till

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def till(any_counter: Counter) -> Till:
    """A bill of February, due on 10 March; it is 2 March."""
    till = Till(any_counter)
    till.charge("2026-02", "property", "89.50", "2.80")
    till.charge("2026-02", "water", "15", "3.40", start=1204, end=1219)
    remind(till)
    return till


def remind(till: Till) -> None:
    """As an import does."""
    counter = till.counter
    touched = counter.read(lambda work: work.fees.charges(counter.home.id))
    counter.write(lambda work: set_anew(work, counter.estate, touched, counter.now))


def reminded(guest: Guest, days: int) -> list[str]:
    """On which days of the next ones something was said of a bill, with how it begins."""
    counter, told = guest.counter, []
    guest.news()
    for _day in range(days):
        counter.later(DAY)
        found = [line[0] for line in guest.news().splitlines() if "The bill for" in line]
        told += [f"{counter.now.astimezone(ZONE):%m-%d} {mark}" for mark in found]
    return told


def test_a_bill_is_reminded_of_before_and_after_its_day(till: Till):
    lin = till.counter.resident()
    # looked at each day at 10:00, so that what was said on the 7th is seen on the 8th
    assert reminded(lin, 40) == ["03-08 💰", "03-12 ⏰", "03-18 ⏰", "03-25 ⏰"]


def test_who_has_paid_hears_nothing(till: Till):
    lin = till.counter.resident()
    till.pay("301.60")
    assert reminded(lin, 40) == []


def test_who_paid_a_part_hears_of_the_rest(till: Till):
    lin = till.counter.resident()
    till.pay("300")
    till.counter.later(6 * DAY)
    assert "To pay: CN¥1.60" in lin.news()


def test_who_disputes_a_line_is_left_alone_until_it_is_settled(till: Till):
    lin = till.counter.resident()
    disputes(lin)
    assert reminded(lin, 12) == []
    lin.sends(f"r:{till.counter.request().id}:cancel")
    assert reminded(lin, 20) == ["03-18 ⏰", "03-25 ⏰"]


def test_who_does_not_want_reminders_gets_none(till: Till):
    lin = till.counter.resident()
    with till.counter.opened() as work:
        person = work.people.get(lin.id)
        work.people.save(replace(person, wishes=Wishes(off=(Notice.FEES,))))
    assert reminded(lin, 40) == []


def test_owners_and_tenants_hear_of_it_but_not_their_family(till: Till):
    lin, child, home = till.counter.resident(), till.counter.guest("Child"), till.counter.home
    living: dict[str, Any] = {"home_id": home.id, "estate_id": home.estate_id, "since": till.counter.now}
    family = Occupancy(person_id=child.id, role=HomeRole.FAMILY, **living)
    till.counter.write(lambda work: work.people.occupy(family))
    assert (len(reminded(lin, 7)), reminded(child, 7)) == (1, [])


def test_quiet_hours_of_a_persons_own_put_it_off(till: Till):
    lin = till.counter.resident()
    with till.counter.opened() as work:
        wishes = Wishes(quiet=(time(9), time(15)))
        work.people.save(replace(work.people.get(lin.id), wishes=wishes))
    counter = till.counter
    counter.later(datetime(2026, 3, 7, 14, 59, tzinfo=ZONE) - counter.now)
    assert "The bill" not in lin.news()
    counter.later(2 * timedelta(minutes=1))
    assert "The bill for February 2026" in lin.news()


def test_a_reminder_lets_every_answer_go_first(till: Till):
    till.counter.resident()
    counter = till.counter
    with counter.opened() as work:
        timer = work.timers.get(reminding.key(counter.home.id, "2026-02"))
        assert timer is not None
        fire(work, ME, timer, timer.due_at)
        (mail,) = work.outbox.waiting(ME.id, timer.due_at)
    assert mail.lane is Lane.BROADCAST


def test_bills_of_long_ago_are_not_reminded_of_at_all_once(till: Till):
    till.counter.later(60 * DAY)
    remind(till)
    assert reminded(till.counter.resident(), 30) == []


def test_the_same_import_again_reminds_no_more_often(till: Till):
    lin = till.counter.resident()
    assert len(reminded(lin, 7)) == 1
    remind(till)
    assert len(reminded(lin, 33)) == 3


# ── the schedule ──

days = st.lists(st.integers(0, 60), max_size=6).map(tuple)


@given(st.integers(1, 5000), st.dates(date(2026, 1, 1), date(2028, 1, 1)), days, days, st.integers(0, 5))
def test_reminders_are_few_in_order_and_at_decent_hours(home: int, due: date, before, after, most: int):
    rules = Rules(fees=FeeRules(before=before, after=after, most=most))
    moments = schedule(due, home, Estate(name="A", time_zone="Europe/Berlin", rules=rules))
    assert len(moments) <= most
    assert list(moments) == sorted(moments)
    for moment in moments:
        clock = moment.astimezone(ZoneInfo("Europe/Berlin")).time()
        assert time(9) <= clock < time(21)


def test_homes_are_not_all_reminded_in_one_minute():
    estate = Estate(name="A", time_zone="UTC")
    starts = [schedule(date(2026, 3, 10), home, estate)[0] for home in range(900)]
    assert len(set(starts)) == reminding.SPREAD
    assert max(starts) - min(starts) < 2 * HOUR
    assert min(starts) == datetime(2026, 3, 7, 10, tzinfo=UTC)
