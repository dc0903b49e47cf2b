"""The promises as timers: when each is due, and under which key it is found again."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from desk import service_levels
from desk.records import Estate, Priority, Promises, SurveyRules
from tests.desk.office import DAY, HOUR, MINUTE, MONDAY
from tests.desk.test_lifecycle import standing

ESTATE = Estate(
    id=3,
    name="Lotus Garden",
    time_zone="Asia/Shanghai",
    promises=Promises(respond=20 * MINUTE, solve=8 * HOUR, confirm=48 * HOUR),
    survey=SurveyRules(after=3 * HOUR, quiet=None),
)
REQUEST = standing("done")


@pytest.mark.parametrize(
    "timer, kind, due",
    [
        (service_levels.unclaimed(REQUEST, ESTATE, MONDAY), "unclaimed", 20 * MINUTE),
        (service_levels.silence(REQUEST, ESTATE, MONDAY), "silence", 48 * HOUR),
        (service_levels.survey(REQUEST, ESTATE, MONDAY), "survey", 3 * HOUR),
        (service_levels.survey_reminder(REQUEST, ESTATE, MONDAY), "survey_reminder", DAY),
        (service_levels.question(REQUEST, MONDAY), "question", DAY),
        (service_levels.resume(REQUEST, MONDAY + HOUR), "resume", HOUR),
    ],
)
def test_each_timer_is_named_after_its_request(timer, kind, due):
    assert (timer.key, timer.kind, timer.due_at - MONDAY) == (f"{kind}/7", kind, due)
    assert timer.payload["request"] == 7


@pytest.mark.parametrize(
    "confirm, priority, wait",
    [
        (72 * HOUR, Priority.NORMAL, 72 * HOUR),
        (72 * HOUR, Priority.URGENT, 24 * HOUR),
        (12 * HOUR, Priority.URGENT, 12 * HOUR),
    ],
)
def test_urgent_silence_is_a_day_at_most(confirm, priority, wait):
    estate = replace(ESTATE, promises=Promises(confirm=confirm))
    timer = service_levels.silence(replace(REQUEST, priority=priority), estate, MONDAY)
    assert timer.due_at - MONDAY == wait


def test_surveys_keep_quiet_at_night():
    quiet = replace(ESTATE, survey=SurveyRules(after=2 * HOUR, quiet=(time(22), time(8))))
    evening = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)  # half past eight in Shanghai
    morning = datetime(2026, 3, 3, 0, tzinfo=UTC)
    assert service_levels.survey(REQUEST, quiet, evening).due_at == morning
    night = morning - timedelta(hours=3) - DAY
    assert service_levels.survey_reminder(REQUEST, quiet, night).due_at == morning


def test_a_question_counts_its_reminders():
    assert service_levels.question(REQUEST, MONDAY, 2).payload == {"request": 7, "reminders": 2}


def test_the_digest_is_due_at_the_managers_hour():
    timer = service_levels.digest(ESTATE, MONDAY)
    assert (timer.key, timer.payload) == ("digest/3", {"estate": 3})
    assert timer.due_at == datetime(2026, 3, 3, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("level, rung, more", [(0, 1, True), (1, 2, True), (2, 3, False), (3, 3, False)])
def test_the_ladder_ends_with_the_manager(level, rung, more):
    found = service_levels.climb(standing("new", escalation=level))
    assert (found.level, found.more) == (rung, more)
