"""How few messages and taps lead from the first word to the number: all the sentences for developing."""

import statistics

import pytest

from tests.understanding.one_tap import Way, walk
from tests.understanding.sets import sentences

#: what the development set reaches is well above; the test set is counted by hand (`README.md`)
FEW, ENOUGH, FLOOR = 2, 4, 0.85


@pytest.fixture(scope="module")
def ways() -> list[Way]:
    return [walk(row) for row in sentences("one_tap", "dev")]


def test_the_median_is_a_message_and_a_tap(ways: list[Way]):
    assert statistics.median(way.actions for way in ways) <= FEW


def test_hardly_anybody_needs_more_than_four(ways: list[Way]):
    assert sum(way.actions <= ENOUGH for way in ways) >= FLOOR * len(ways)


def test_nobody_sends_what_they_did_not_mean(ways: list[Way]):
    assert sum(way.well for way in ways) >= 0.95 * len(ways)
