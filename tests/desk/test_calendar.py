"""Working hours, visits, quiet hours and days, also across weekends and changing clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from desk.calendar import NOTICE, WINDOW, day_of, decent, next_at, slots
from desk.records import Opening

SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"
OFFICE_HOURS = (
    *(Opening(weekday=day, start=time(8), end=time(18)) for day in range(5)),
    Opening(weekday=5, start=time(9), end=time(12)),
)
OVERNIGHT = (time(22), time(8))
SIESTA = (time(12, 30), time(14))


def at(text: str, zone: str = SHANGHAI) -> datetime:
    """A moment on the wall clock of a place."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def walls(found, zone: str = SHANGHAI) -> list[str]:
    """When windows begin on the wall clock."""
    return [slot.start.astimezone(ZoneInfo(zone)).strftime("%a %H:%M") for slot in found]


# ── visits ──


def test_visits_are_windows_of_two_hours_from_the_next_that_can_be_reached():
    found = slots(OFFICE_HOURS, SHANGHAI, at("2026-03-02 09:31"))
    assert walls(found) == ["Mon 12:00", "Mon 14:00", "Mon 16:00", "Tue 08:00", "Tue 10:00", "Tue 12:00"]
    assert all(slot.end - slot.start == timedelta(hours=2) for slot in found)


def test_half_an_hour_of_notice_is_enough():
    assert walls(slots(OFFICE_HOURS, SHANGHAI, at("2026-03-02 09:30"), 1)) == ["Mon 10:00"]


def test_visits_jump_over_the_weekend():
    assert walls(slots(OFFICE_HOURS, SHANGHAI, at("2026-03-06 17:00"), 3)) == [
        "Sat 09:00",
        "Mon 08:00",
        "Mon 10:00",
    ]


def test_a_day_with_a_break_has_windows_on_both_sides_of_it():
    broken = (
        Opening(weekday=0, start=time(14), end=time(18)),
        Opening(weekday=0, start=time(8), end=time(12)),
    )
    found = walls(slots(broken, SHANGHAI, at("2026-03-02 00:00"), 4))
    assert found == ["Mon 08:00", "Mon 10:00", "Mon 14:00", "Mon 16:00"]


def test_without_hours_nobody_comes():
    assert slots((), SHANGHAI, at("2026-03-02 09:00")) == ()
    too_short = (Opening(weekday=0, start=time(8), end=time(9)),)
    assert slots(too_short, SHANGHAI, at("2026-03-02 00:00")) == ()


@pytest.mark.parametrize(
    "zone, hours",
    [(BERLIN, [7, 6]), (SHANGHAI, [0, 0])],  # eight on the wall, before and after 29 March 2026
)
def test_visits_follow_the_wall_clock_where_clocks_change(zone, hours):
    daily = tuple(Opening(weekday=day, start=time(8), end=time(10)) for day in range(7))
    found = slots(daily, zone, at("2026-03-28 00:00", zone), 2)
    assert [slot.start.hour for slot in found] == hours


def moments(since: str, days: int) -> st.SearchStrategy[datetime]:
    """Any minute of some days."""
    start = at(since, "UTC")
    return st.integers(0, days * 24 * 60).map(lambda minute: start + timedelta(minutes=minute))


@settings(max_examples=60)
@given(
    now=moments("2026-01-01 00:00", 365),
    zone=st.sampled_from([SHANGHAI, BERLIN]),
    count=st.integers(1, 12),
)
def test_visits_are_in_order_within_hours_and_never_too_soon(now, zone, count):
    found = slots(OFFICE_HOURS, zone, now, count)
    assert len(found) == count
    assert list(found) == sorted(found, key=lambda slot: slot.start)
    assert found[0].start >= now + NOTICE
    for slot in found:
        start, end = (moment.astimezone(ZoneInfo(zone)) for moment in (slot.start, slot.end))
        (opening,) = (one for one in OFFICE_HOURS if one.weekday == start.weekday())
        assert opening.start <= start.time() < end.time() <= opening.end
        assert slot.end - slot.start == WINDOW


# ── quiet hours ──


@pytest.mark.parametrize(
    "quiet, moment, spoken",
    [
        (OVERNIGHT, "2026-03-02 21:59", "2026-03-02 21:59"),
        (OVERNIGHT, "2026-03-02 22:00", "2026-03-03 08:00"),
        (OVERNIGHT, "2026-03-02 23:30", "2026-03-03 08:00"),
        (OVERNIGHT, "2026-03-03 00:00", "2026-03-03 08:00"),
        (OVERNIGHT, "2026-03-03 07:59", "2026-03-03 08:00"),
        (OVERNIGHT, "2026-03-03 08:00", "2026-03-03 08:00"),
        (SIESTA, "2026-03-02 12:29", "2026-03-02 12:29"),
        (SIESTA, "2026-03-02 12:30", "2026-03-02 14:00"),
        (SIESTA, "2026-03-02 14:00", "2026-03-02 14:00"),
        (None, "2026-03-02 03:00", "2026-03-02 03:00"),
        ((time(8), time(8)), "2026-03-02 08:00", "2026-03-02 08:00"),
    ],
)
def test_what_falls_into_quiet_hours_waits_for_their_end(quiet, moment, spoken):
    assert decent(at(moment), quiet, SHANGHAI) == at(spoken)


def test_a_night_that_loses_an_hour_ends_at_eight_on_the_wall_all_the_same():
    night = decent(at("2026-03-28 23:00", BERLIN), OVERNIGHT, BERLIN)
    assert night - at("2026-03-28 23:00", BERLIN) == timedelta(hours=8)


@settings(max_examples=200)
@given(
    moment=moments("2026-10-24 18:00", 1) | moments("2026-03-28 18:00", 1),
    quiet=st.sampled_from([OVERNIGHT, SIESTA, (time(22), time(2, 45)), (time(1), time(2, 30))]),
)
def test_a_decent_moment_is_never_before_the_one_asked_for_and_stays_decent(moment, quiet):
    spoken = decent(moment, quiet, BERLIN)
    assert moment <= spoken <= moment + timedelta(hours=12)
    assert decent(spoken, quiet, BERLIN) == spoken


# ── times and days ──


@pytest.mark.parametrize(
    "now, expected",
    [
        ("2026-03-02 08:29", "2026-03-02 08:30"),
        ("2026-03-02 08:30", "2026-03-03 08:30"),
        ("2026-03-02 23:59", "2026-03-03 08:30"),
    ],
)
def test_the_next_time_on_the_clock_is_strictly_after_now(now, expected):
    assert next_at(time(8, 30), SHANGHAI, at(now)) == at(expected)


@pytest.mark.parametrize(
    "zone, gap",
    [(BERLIN, timedelta(hours=23)), (SHANGHAI, timedelta(hours=24))],
)
def test_the_next_morning_follows_the_wall_clock(zone, gap):
    before = at("2026-03-28 08:30", zone)
    assert next_at(time(8, 30), zone, before) - before == gap


def test_a_time_that_the_clocks_leave_out_comes_an_hour_later():
    assert next_at(time(2, 30), BERLIN, at("2026-03-29 00:00", BERLIN)) == at("2026-03-29 03:30", BERLIN)


@pytest.mark.parametrize(
    "day, zone, hours",
    [
        (date(2026, 3, 29), BERLIN, 23),
        (date(2026, 10, 25), BERLIN, 25),
        (date(2026, 7, 1), BERLIN, 24),
        (date(2026, 3, 29), SHANGHAI, 24),
    ],
)
def test_a_day_is_from_midnight_to_midnight(day, zone, hours):
    start, end = day_of(day, zone)
    assert (start, end - start) == (at(f"{day} 00:00", zone), timedelta(hours=hours))
    assert day_of(day + timedelta(days=1), zone)[0] == end
