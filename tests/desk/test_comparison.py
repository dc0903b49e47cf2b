"""What is usual, what changed, what stands out."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from desk.comparison import Amount, Concern, Figure, Trend, compare, concerns, usual
from desk.figures import DayFigures, Digest
from desk.records import Promises

DAY = date(2026, 3, 10)
MINUTE = timedelta(minutes=1)


def digest(*week: dict[str, Any], reviews: int = 0, **today) -> Digest:
    """A digest of a day after these ones."""
    before = tuple(DayFigures(day=DAY - timedelta(days=len(week) - at), **day) for at, day in enumerate(week))
    return Digest(
        estate_id=1,
        estate="Lotus Garden",
        day=DayFigures(day=DAY, **today),
        week=before,
        promises=Promises(),
        reviews=reviews,
    )


def test_the_usual_is_the_average_of_the_days_that_have_the_figure():
    week = digest({"new": 1}, {"new": 2, "claim_median": MINUTE}, {"new": 2, "claim_median": 3 * MINUTE}).week
    assert usual(week, Figure.NEW) == Decimal("1.7")
    assert usual(week, Figure.CLAIM) == 2 * MINUTE
    assert usual(week, Figure.SOLVE) is None


def test_a_score_counts_by_how_many_gave_it():
    many, few = {"score": Decimal(5), "score_count": 9}, {"score": Decimal(1), "score_count": 1}
    assert usual(digest(many, few, {}).week, Figure.SCORE) == Decimal("4.6")


def test_the_first_days_of_an_estate_have_nothing_to_be_compared_with():
    found = compare(digest({}, {}, new=5), Figure.NEW)
    assert (found.now, found.usual, found.trend, found.better) == (5, None, None, None)


@pytest.mark.parametrize(
    "figure, before, now, trend, better",
    [
        (Figure.NEW, 10, 20, Trend.UP, None),
        (Figure.NEW, 100, 109, Trend.LEVEL, None),
        (Figure.CLOSED, 10, 20, Trend.UP, True),
        (Figure.BACKLOG, 10, 20, Trend.UP, False),
        (Figure.LATE, 1, 0, Trend.DOWN, True),
        (Figure.CLAIM, 10 * MINUTE, 30 * MINUTE, Trend.UP, False),
        (Figure.CLAIM, 2 * MINUTE, 2.5 * MINUTE, Trend.LEVEL, None),
        (Figure.SCORE, Decimal("4.5"), Decimal("3.9"), Trend.DOWN, False),
    ],
)
def test_changes_have_a_direction_and_may_be_good_or_bad_news(
    figure: Figure, before: Amount, now: Amount, trend: Trend, better: bool | None
):
    busy: dict[str, Any] = {"new": 1, "score_count": 1}
    found = compare(digest({**busy, figure.value: before}, **{**busy, figure.value: now}), figure)
    assert (found.trend, found.better) == (trend, better)


@pytest.mark.parametrize(
    "today, found",
    [
        ({}, ()),
        ({"late": 1, "unclaimed": 1, "reviews": 1}, (Concern.LATE, Concern.UNCLAIMED, Concern.REVIEWS)),
        ({"claim_median": 30 * MINUTE, "solve_median": timedelta(hours=24)}, ()),
        (
            {"claim_median": 31 * MINUTE, "solve_median": timedelta(hours=25)},
            (Concern.SLOW_CLAIM, Concern.SLOW_SOLVE),
        ),
        ({"score_count": 10, "satisfied": 9}, ()),
        ({"score_count": 10, "satisfied": 8}, (Concern.UNHAPPY,)),
        ({"backlog": 15}, ()),
        ({"backlog": 16}, (Concern.GROWING,)),
    ],
)
def test_what_stands_out_against_the_promises(today: dict[str, Any], found: tuple[Concern, ...]):
    assert concerns(digest({"backlog": 10}, {"backlog": 10}, **today)) == found


def test_one_more_than_none_is_no_growth():
    assert concerns(digest({"backlog": 0, "new": 1}, backlog=2)) == ()


def test_a_digest_comes_back_from_json_as_it_was():
    full = digest({"score": Decimal("4.25"), "score_count": 4}, claim_median=MINUTE * 1.5)
    assert Digest.from_json(full.to_json()) == full
    other = replace(full, promises=replace(full.promises, respond=MINUTE))
    assert Digest.from_json(other.to_json()) == other != full
