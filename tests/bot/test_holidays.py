"""No visit is offered on a holiday; China's made-up working days count."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.holidays import days_of
from desk.calendar import slots
from desk.records import CalendarRules, Estate, Opening, Rules

WEEK = tuple(Opening(weekday=day, start=time(8), end=time(18)) for day in range(5))
CHINA = Estate(name="Lotus", time_zone="Asia/Shanghai", country="CN")


def offered(estate: Estate, now: datetime) -> set[date]:
    """The days on which a visit is offered."""
    zone = estate.time_zone
    found = slots(WEEK, zone, now, 40, days=days_of(estate))
    return {slot.start.astimezone(ZoneInfo(zone)).date() for slot in found}


def test_spring_festival_is_free_and_the_saturday_before_is_worked():
    days = offered(CHINA, datetime(2026, 2, 12, 22, tzinfo=UTC))
    assert date(2026, 2, 14) in days, "a Saturday that makes up for the holiday"
    assert not days & {date(2026, 2, 16) + timedelta(days=ahead) for ahead in range(5)}


def test_the_estates_own_days_come_before_the_countrys():
    rules = CalendarRules(closed=(date(2026, 3, 3),), open=(date(2026, 2, 17), date(2026, 2, 22)))
    own = replace(CHINA, rules=Rules(calendar=rules))
    days = offered(own, datetime(2026, 2, 12, 22, tzinfo=UTC)) | offered(
        own, datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert {date(2026, 2, 17), date(2026, 2, 22)} <= days
    assert date(2026, 3, 3) not in days


@pytest.mark.parametrize(
    "estate",
    [
        replace(CHINA, country=""),
        replace(CHINA, country="XX"),
        replace(CHINA, rules=Rules(calendar=CalendarRules(public=False))),
    ],
)
def test_without_a_known_country_every_week_is_the_same(estate: Estate):
    days = offered(estate, datetime(2026, 2, 15, tzinfo=UTC))
    assert date(2026, 2, 17) in days
    assert date(2026, 2, 14) not in days
