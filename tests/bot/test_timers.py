"""What happens by itself: the ladder of the unclaimed, silence, surveys, reminders, the digest."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot import clockwork
from bot.clockwork import TRIES, seed_timers
from bot.faces.base import Me
from bot.session import Session
from desk.records import Json, Role, State, Timer
from tests.bot.counter import DAY, GROUP, HOUR, MINUTE, MONDAY, Counter, Guest


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident; the staff group is there."""
    counter.bind()
    return counter.resident()


def finished(counter: Counter, lin: Guest, wang: Guest) -> None:
    """Wang calls the job done."""
    lin.files()
    wang.claims()
    wang.taps("✅ Done")
    wang.says("New washer")
    wang.picks("~done")


def closed(counter: Counter, lin: Guest) -> None:
    """And Lin says that it is fixed."""
    finished(counter, lin, counter.staff("Wang"))
    lin.taps("Fixed")
    lin.news()


# ── nobody claims ──


def test_unclaimed_the_group_then_the_dispatcher_then_the_manager_hear(counter: Counter, lin: Guest):
    dai, mei = counter.staff("Dai", Role.DISPATCHER), counter.staff("Mei", Role.MANAGER)
    lin.files()
    counter.postman.news(GROUP)
    heard = []
    for _rung in range(4):
        counter.later(30 * MINUTE)
        heard.append([bool(counter.postman.news(GROUP)), "R-1" in dai.news(), "R-1" in mei.news()])
    assert heard == [[True, False, False], [True, True, False], [True, False, True], [False] * 3]
    assert "⏰" in counter.postman.chat(GROUP)[-1].text
    assert counter.postman.chat(GROUP)[-1].labels != []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OWNER])
def test_where_nobody_holds_a_post_the_next_above_hears(counter: Counter, lin: Guest, role: Role):
    boss = counter.staff("Boss", role)
    lin.files()
    counter.later(60 * MINUTE)
    assert "R-1" in boss.news()
    counter.later(30 * MINUTE)
    assert "R-1" in boss.news()


def test_where_nobody_leads_only_the_group_hears(counter: Counter, lin: Guest):
    lin.files()
    counter.later(5 * HOUR)
    assert counter.request().escalation == 3


def test_once_claimed_nobody_is_warned(counter: Counter, lin: Guest):
    dai, wang = counter.staff("Dai", Role.DISPATCHER), counter.staff("Wang")
    lin.files()
    wang.claims()
    counter.later(5 * HOUR)
    assert dai.news() == ""


# ── silence ──


def test_silence_after_done_closes_it(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    finished(counter, lin, wang)
    counter.later(71 * HOUR)
    assert counter.request().state is State.DONE
    for guest in (lin, wang):
        guest.news()
    counter.later(2 * HOUR)
    assert counter.request().state is State.CLOSED
    assert "as we heard nothing more" in lin.news()
    assert "R-1 is closed" in wang.news()


# ── how was it? ──


def test_the_survey_comes_two_hours_after_closing(counter: Counter, lin: Guest):
    closed(counter, lin)
    counter.later(119 * MINUTE)
    assert lin.news() == ""
    counter.later(2 * MINUTE)
    assert lin.last().labels == ["1", "2", "3", "4", "5"]


def test_at_night_the_survey_waits_for_the_morning(counter: Counter, lin: Guest):
    counter.now += 11 * HOUR
    closed(counter, lin)
    counter.later(10 * HOUR + 59 * MINUTE)
    assert lin.news() == ""
    counter.later(MINUTE)
    assert "How did we do" in lin.news()
    assert counter.survey().asked_at == datetime(2026, 3, 3, 0, tzinfo=UTC)


def test_an_unanswered_survey_is_reminded_of_once(counter: Counter, lin: Guest):
    closed(counter, lin)
    counter.later(3 * HOUR)
    assert "How did we do" in lin.news()
    counter.later(DAY)
    assert "How did we do" in lin.news()
    counter.later(30 * DAY)
    assert lin.news() == ""


def test_an_answered_survey_is_not(counter: Counter, lin: Guest):
    closed(counter, lin)
    counter.later(3 * HOUR)
    lin.taps("5")
    lin.says("/cancel")
    lin.news()
    counter.later(30 * DAY)
    assert lin.news() == ""


# ── a question, a hold ──


def test_a_question_is_reminded_of_three_times_then_the_job_is_held_and_goes_on(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    lin.files()
    wang.claims()
    wang.taps("Ask")
    wang.says("Is the valve closed?")
    wang.picks("~done")
    lin.news()
    for _reminder in range(3):
        counter.later(DAY)
        assert "still waiting for your answer" in lin.news()
    counter.later(DAY)
    assert counter.request().state is State.ON_HOLD
    assert "on hold" in lin.news()
    counter.later(7 * DAY)
    assert counter.request().state is State.ACCEPTED
    assert "goes on" in lin.news()


def test_the_ladder_starts_anew_when_nobody_had_claimed_what_was_held(counter: Counter, lin: Guest):
    dai = counter.staff("Dai", Role.DISPATCHER)
    lin.files()
    dai.sends(f"s:hold:{counter.request().id}")
    dai.taps("Weather", "1 day")
    counter.later(DAY)
    assert counter.request().state is State.NEW
    assert counter.timers() == {"unclaimed"}


@pytest.mark.parametrize("kind", ["unclaimed", "silence", "survey", "survey_reminder", "question", "resume"])
def test_a_timer_that_comes_too_late_does_nothing(counter: Counter, lin: Guest, kind: str):
    lin.files()
    lin.sends(f"r:{counter.request().id}:cancel")
    before = counter.request()
    payload = {"request": before.id, "reminders": 0}
    counter.write(
        lambda work: work.timers.set(Timer(key="late", kind=kind, due_at=counter.now, payload=payload))
    )
    lin.news()
    counter.fire()
    assert (counter.request(), lin.news()) == (before, "")


# ── the digest ──


def test_the_managers_get_the_digest_in_their_own_language_each_morning(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER, language="zh_CN")
    olga = counter.staff("Olga", Role.OWNER)
    wang = counter.staff("Wang")
    lin.files()
    counter.write(lambda work: seed_timers(work, counter.now))
    counter.write(lambda work: seed_timers(work, counter.now))
    counter.later(DAY)
    assert "Lotus Garden" in olga.last().text
    assert "Open" in olga.last().text
    assert "Open" not in mei.last().text
    assert (olga.last().picture or {})["language"] == "en"
    assert (mei.last().picture or {})["language"] == "zh_CN"
    assert wang.posts() == []
    counter.later(2 * DAY)
    assert len([post for post in olga.posts() if post.picture]) == 3
    olga.taps("Open")
    assert "R-1" in olga.last().labels[0]


def test_without_a_manager_the_digest_waits_for_one(counter: Counter):
    counter.write(lambda work: seed_timers(work, counter.now))
    counter.later(DAY)
    mei = counter.staff("Mei", Role.MANAGER)
    counter.later(DAY)
    assert len(mei.posts()) == 1


# ── timers that fail ──


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of timer that writes something, and fails."""

    def fail(work: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
        work.timers.set(Timer(key="rubbish", kind="silence", due_at=now))
        raise RuntimeError("a mistake of ours")

    monkeypatch.setitem(clockwork.KINDS, "broken", fail)
    monkeypatch.setitem(clockwork.KINDS, "digest", fail)


def test_a_timer_that_fails_is_undone_alone_and_tried_again_later(any_counter: Counter, broken: None):
    any_counter.bind()
    lin = any_counter.resident()
    lin.files()
    due = MONDAY + 30 * MINUTE
    any_counter.write(lambda work: work.timers.set(Timer(key="a/bad/one", kind="broken", due_at=due)))
    with capture_logs() as logged:
        any_counter.later(30 * MINUTE)
    assert [one["event"] for one in logged if one["log_level"] == "error"] == ["timer.failed"]
    assert any_counter.request().escalation == 1
    again = any_counter.read(lambda work: work.timers.get("a/bad/one"))
    assert again is not None
    assert (again.attempts, again.due_at) == (1, due + timedelta(seconds=2))
    assert any_counter.read(lambda work: work.timers.get("rubbish")) is None


def test_a_timer_that_keeps_failing_is_given_up(counter: Counter, broken: None):
    counter.write(lambda work: work.timers.set(Timer(key="bad", kind="broken", due_at=MONDAY)))
    with capture_logs() as logged:
        counter.later(HOUR)
    assert len([one for one in logged if one["event"] == "timer.failed"]) == TRIES
    assert logged[-1]["event"] == "timer.given_up"
    assert counter.read(lambda work: work.timers.get("bad")) is None


def test_a_digest_that_is_given_up_comes_again_tomorrow(counter: Counter, broken: None):
    counter.write(lambda work: seed_timers(work, counter.now))
    with capture_logs():
        counter.later(DAY)
    tomorrow = counter.read(lambda work: work.timers.get(f"digest/{counter.estate.id}"))
    assert tomorrow is not None
    assert tomorrow.due_at > counter.now
    assert tomorrow.attempts == 0


def test_a_timer_of_a_kind_that_nobody_knows_is_given_up_too(counter: Counter):
    counter.write(lambda work: work.timers.set(Timer(key="odd", kind="odd", due_at=MONDAY)))
    with capture_logs():
        counter.later(HOUR)
    assert counter.read(lambda work: work.timers.get("odd")) is None


def test_a_conversation_that_is_gone_is_nobodys_business(counter: Counter, lin: Guest):
    counter.write(
        lambda work: work.timers.set(
            Timer(key="left/x", kind="left", due_at=counter.now, payload={"run": "x"})
        )
    )
    counter.fire()
    assert lin.posts() == []
