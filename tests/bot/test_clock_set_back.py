"""The clock is set back by an hour, or on, while people come in, report, claim and wait: nobody notices."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desk.actions.joining import issue_home_code
from desk.records import State
from desk.statistics import digest
from tests.bot.counter import GROUP, HOUR, Counter, Guest


@pytest.fixture
def lin(any_counter: Counter) -> Guest:
    """Who moved in a minute before the clock is set back."""
    any_counter.write(lambda work: issue_home_code(work, any_counter.home, "slip", any_counter.now))
    lin = any_counter.guest("Lin")
    lin.says("/start slip")
    any_counter.bind()
    any_counter.now += timedelta(minutes=1)
    return lin


def test_who_has_just_moved_in_still_lives_there(any_counter: Counter, lin: Guest):
    any_counter.now -= HOUR
    lin.files()
    assert any_counter.request().state is State.NEW


def test_who_was_hired_today_still_works_here(any_counter: Counter, lin: Guest):
    wang = any_counter.staff("Wang")
    any_counter.write(
        lambda work: [
            work.people.hire(replace(post, since=any_counter.now))
            for post in work.people.staff_of(wang.id, any_counter.now)
        ]
    )
    lin.files()
    any_counter.now -= HOUR
    wang.sends(any_counter.postman.data(GROUP, ":claim"))
    assert any_counter.request().worker_id == wang.id


def test_no_time_in_the_digest_is_below_nought(any_counter: Counter, lin: Guest):
    wang = any_counter.staff("Wang")
    lin.files()
    for verb in ("claim", "start"):
        any_counter.now -= HOUR
        wang.sends(f"r:{any_counter.request().id}:{verb}")
    wang.taps("✅ Done")
    wang.says("New washer")
    wang.picks("~done")
    day = any_counter.read(lambda work: digest(work, any_counter.estate, any_counter.now.date())).day
    assert (day.claim_median, day.solve_median) == (timedelta(), timedelta())


def test_a_promise_runs_out_when_the_clock_says_so_and_once(any_counter: Counter, lin: Guest):
    lin.files()
    due = promise(any_counter)
    any_counter.later(timedelta(minutes=20))
    any_counter.now -= HOUR
    any_counter.later(HOUR)
    assert promise(any_counter) == due
    any_counter.later(timedelta(minutes=15))
    assert promise(any_counter) != due
    any_counter.now -= HOUR
    again = promise(any_counter)
    any_counter.later(timedelta(minutes=59))
    assert promise(any_counter) == again


def test_set_on_what_is_due_by_then_happens_at_once_and_once(any_counter: Counter, lin: Guest):
    lin.files()
    due = promise(any_counter)
    any_counter.now += 2 * HOUR
    for _ in range(2):
        any_counter.fire()
    assert promise(any_counter) != due


def promise(counter: Counter) -> datetime | None:
    """When the office is to be told that nobody has claimed it."""
    timer = counter.read(lambda work: work.timers.get(f"unclaimed/{counter.request().id}"))
    return timer.due_at if timer else None
