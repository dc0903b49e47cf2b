"""What the figures of a day mean, said with small histories and checked on made-up ones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from desk.figures import Comment, DayFigures, Job, KindCount, Move, Oldest, Score, Standing
from desk.records import State
from desk.statistics import CalendarDay, History, Past, calendar_day, day_figures, histories, is_late

DAY = date(2026, 3, 10)
START = datetime(2026, 3, 9, 16, tzinfo=UTC)
TODAY = CalendarDay(date=DAY, start=START, end=START + timedelta(days=1))
HOUR = timedelta(hours=1)
ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Pacific/Apia",
    "Asia/Kathmandu",
)


def job(number: int = 1, kind: str = "leak", opened_at: datetime = START, **changes) -> Job:
    values = {"solve_by": opened_at + 24 * HOUR, **changes}
    return Job(id=number, number=number, kind=kind, opened_at=opened_at, **values)


def history(*steps: tuple[float, State], of: Job | None = None) -> History:
    """A request that was filed new, and came into these states so many hours after the day began."""
    known = of or job()
    moves = [Move(job=known, at=known.opened_at, before=None, after=State.NEW)]
    for hours, state in steps:
        moves.append(Move(job=known, at=START + hours * HOUR, before=moves[-1].after, after=state))
    return History(job=known, moves=tuple(moves))


def figures(*told: History, resting: Sequence[Standing] = (), scores: Sequence[Score] = ()) -> DayFigures:
    return day_figures(TODAY, Past(histories=told, resting=tuple(resting), scores=tuple(scores)))


def score(number: int, value: int, words: str = "", hours: float = 1) -> Score:
    return Score(number=number, score=value, words=words, at=START + hours * HOUR)


# ── the day ───────────────────────────────────────────────────────────────────────────────────────


def test_a_day_is_the_estates_own():
    assert calendar_day(DAY, "Asia/Shanghai") == TODAY


@pytest.mark.parametrize("day, hours", [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (DAY, 24)])
def test_a_day_is_shorter_or_longer_when_the_clocks_change(day: date, hours: int):
    found = calendar_day(day, "Europe/Berlin")
    assert found.end - found.start == timedelta(hours=hours)


def test_a_midnight_that_is_skipped_is_the_moment_of_the_change():
    found = calendar_day(date(2018, 11, 4), "America/Sao_Paulo")
    assert found.end - found.start == timedelta(hours=23)


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.sampled_from(ZONES))
def test_days_follow_one_another_without_a_gap(day: date, zone: str):
    today, tomorrow = calendar_day(day, zone), calendar_day(day + timedelta(days=1), zone)
    assert today.end == tomorrow.start
    middle = today.start + (today.end - today.start) / 2
    skipped = today.start == today.end  # Samoa had no 30 December 2011
    assert skipped or middle.astimezone(ZoneInfo(zone)).date() == day


# ── each figure ───────────────────────────────────────────────────────────────────────────────────


def test_a_day_without_anything_has_no_figures():
    assert figures() == DayFigures(day=DAY)


def test_new_are_those_filed_in_the_day_and_its_end_is_not_part_of_it():
    before, first, last, after = (
        history(of=job(number, opened_at=START + hours * HOUR))
        for number, hours in enumerate((-0.1, 0, 23.9, 24), 1)
    )
    assert figures(before, first, last, after).new == 2


def test_closed_are_those_that_the_resident_or_silence_closed_each_once():
    twice = history((1, State.DONE), (2, State.CLOSED), (3, State.NEW), (4, State.DONE), (5, State.CLOSED))
    cancelled = history((1, State.CANCELLED), of=job(2))
    assert figures(twice, cancelled).closed == 1


def test_the_backlog_is_what_was_open_at_the_end_of_the_day():
    still = history((1, State.ACCEPTED))
    later = history((1, State.ACCEPTED), (25, State.DONE), of=job(2))
    solved = history((1, State.ACCEPTED), (2, State.DONE), of=job(3))
    resting = Standing(job=job(4, opened_at=START - 50 * HOUR), state=State.ON_HOLD)
    assert figures(still, later, solved, resting=[resting]).backlog == 3


def test_the_oldest_is_the_one_open_for_longest_with_its_age_at_the_end_of_the_day():
    old = Standing(job=job(7, "flood", START - 50 * HOUR), state=State.ACCEPTED)
    assert figures(history(), resting=[old]).oldest == Oldest(number=7, kind="flood", age=74 * HOUR)


def test_unclaimed_is_what_nobody_has_accepted_by_the_end_of_the_day():
    waits = history()
    assigned = history((1, State.ASSIGNED), of=job(2))
    claimed = history((1, State.ACCEPTED), of=job(3))
    released = history((1, State.ACCEPTED), (2, State.NEW), of=job(4))
    assert figures(waits, assigned, claimed, released).unclaimed == 3


def test_late_is_what_is_open_past_its_promise():
    late = history(of=job(1, solve_by=START + 23 * HOUR))
    in_time = history(of=job(2, solve_by=START + 24 * HOUR))
    done = history((1, State.DONE), of=job(3, solve_by=START))
    assert figures(late, in_time, done).late == 1


@pytest.mark.parametrize("paused, late", [(None, True), (9, False), (10, False), (11, True), (30, True)])
def test_a_promise_does_not_run_out_while_its_clock_stands_still(paused: float | None, late: bool):
    stopped = None if paused is None else START + paused * HOUR
    waiting = job(solve_by=START + 10 * HOUR, paused_at=stopped)
    assert is_late(waiting, START + 24 * HOUR) is late


def test_the_time_to_claim_is_the_median_of_first_claims():
    quick = history((0.1, State.ACCEPTED))
    assigned = history((1, State.ASSIGNED), (2, State.ACCEPTED), of=job(2))
    again = history((3, State.ACCEPTED), (4, State.NEW), (20, State.ACCEPTED), of=job(3))
    sent_back = history((1, State.DONE), (2, State.ACCEPTED), of=job(4))
    assert figures(quick, assigned, again, sent_back).claim_median == 2 * HOUR


def test_a_claim_after_a_release_is_no_first_claim():
    yesterday = job(opened_at=START - 10 * HOUR)
    assert (
        figures(history((-9, State.ACCEPTED), (1, State.NEW), (2, State.ACCEPTED), of=yesterday)).claim_median
        is None
    )


def test_the_time_to_solve_leaves_out_waiting_holds_and_the_time_after_done():
    steps = [
        (1, State.ACCEPTED), (2, State.WAITING_RESIDENT), (5, State.ACCEPTED), (6, State.ON_HOLD),
        (10, State.ACCEPTED), (12, State.DONE), (15, State.ACCEPTED), (16, State.DONE),
    ]  # fmt: skip
    assert figures(history(*steps)).solve_median == (2 + 1 + 2 + 1) * HOUR


def test_scores_are_those_given_in_the_day():
    given_today = [score(1, 5), score(2, 4), score(3, 2)]
    found = figures(scores=[*given_today, score(4, 1, hours=25), score(5, 1, hours=-1)])
    assert (found.score, found.score_count, found.satisfied) == (Decimal("3.67"), 3, 2)


def test_the_worst_words_are_those_of_the_lowest_score_below_four():
    said = [score(1, 1), score(2, 2, "late", hours=3), score(3, 2, "rude", hours=2), score(4, 5, "great")]
    assert figures(scores=said).worst == Comment(number=3, score=2, words="rude")
    assert figures(scores=[score(1, 4, "fine"), score(2, 1, "  ")]).worst is None


def test_the_top_kinds_are_five_at_most_and_equals_stand_by_code():
    counts = {"a": 1, "b": 3, "c": 1, "d": 2, "e": 1, "f": 1}
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    found = figures(*(history(of=job(number, kind)) for number, kind in enumerate(kinds, 1)))
    assert found.kinds == tuple(
        KindCount(kind=kind, count=count)
        for kind, count in (("b", 3), ("d", 2), ("a", 1), ("c", 1), ("e", 1))
    )


# ── what holds for every history ──────────────────────────────────────────────────────────────────

steps_of_one = st.lists(st.tuples(st.integers(-60, 60), st.sampled_from(State)), max_size=8)


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    found = []
    for number, steps in enumerate(draw(st.lists(steps_of_one, max_size=8)), 1):
        known = job(number, opened_at=START + draw(st.integers(-80, -60)) * HOUR)
        found.append(history(*sorted(steps), of=known))
    return Past(histories=tuple(found), resting=(), scores=())


@given(pasts())
def test_parts_are_never_more_than_the_whole(past: Past):
    found = day_figures(TODAY, past)
    assert max(found.unclaimed, found.late) <= found.backlog
    assert (found.oldest is None) == (found.backlog == 0)
    assert sum(kind.count for kind in found.kinds) <= found.new
    assert found.solve_median is None or found.solve_median >= timedelta()


@given(pasts())
def test_the_backlog_changes_by_what_was_opened_and_what_left(past: Past):
    yesterday = replace(TODAY, start=TODAY.start - timedelta(days=1), end=TODAY.start)
    moves = [move for each in past.histories for move in each.moves if TODAY.holds(move.at)]
    opened = sum(move.after.open and not (move.before and move.before.open) for move in moves)
    left = sum(not move.after.open and bool(move.before and move.before.open) for move in moves)
    assert day_figures(TODAY, past).backlog == day_figures(yesterday, past).backlog + opened - left


@given(pasts())
def test_histories_are_put_together_again_from_their_moves(past: Past):
    assert histories(move for each in past.histories for move in each.moves) == past.histories
