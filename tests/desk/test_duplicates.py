"""Which reports are taken for the same fault: examples that a dispatcher would agree with."""

import pytest

from desk.duplicates import ALIKE, Report, likeness, words_alike
from desk.records import Home, Place


def home(code: str) -> Home:
    building, _dash, _door = code.partition("-")
    return Home(id=hash(code) % 10**6, estate_id=1, code=code, building=building)


def at_home(code: str, kind: str, words: str) -> Report:
    where = home(code)
    return Report(kind=kind, words=words, place=Place.HOME, building=where.building, home=where)


def shared(building: str, kind: str, words: str, place: Place = Place.BUILDING) -> Report:
    return Report(kind=kind, words=words, place=place, building=building)


SAME = {
    "a lift that is stuck, in other words": (
        shared("3", "stopped", "The lift does not move"),
        shared("3", "stopped", "电梯坏了"),
    ),
    "no water in two homes of a building": (
        at_home("3-1-501", "no_water", "No water since this morning"),
        at_home("3-2-1102", "no_water", "There is no water at all"),
    ),
    "weak pressure and no water, in like words": (
        at_home("3-1-501", "no_water", "Hardly any water comes from the tap"),
        at_home("3-1-601", "low_pressure", "Hardly any water from the tap, very weak"),
    ),
    "a leak that comes down a riser": (
        at_home("3-1-501", "leak", "Water is leaking from the bathroom ceiling"),
        at_home("3-1-601", "leak", "The bathroom ceiling leaks"),
    ),
    "the same in Chinese": (
        at_home("3-1-501", "leak", "卫生间天花板漏水"),
        at_home("3-1-601", "leak", "天花板漏水很严重"),
    ),
    "a corridor light, from the home and of the building": (
        at_home("3-1-501", "corridor_light", "The corridor light is out"),
        shared("3", "corridor_light", "Light on the corridor broken"),
    ),
    "on the grounds there are no buildings": (
        shared("3", "manhole", "Open manhole at the gate", Place.GROUNDS),
        shared("", "manhole", "The manhole by the gate is open", Place.GROUNDS),
    ),
    "two of one household": (
        at_home("3-1-501", "leak", "The tap drips"),
        at_home("3-1-501", "leak", "Kitchen"),
    ),
    "a photo without a word": (at_home("3-1-501", "no_water", ""), at_home("3-1-1204", "no_water", "")),
}
DIFFERENT = {
    "another building": (
        shared("3", "stopped", "The lift is stuck"),
        shared("4", "stopped", "The lift is stuck"),
    ),
    "a tap of somebody else": (
        at_home("3-1-501", "fixture", "The kitchen tap drips"),
        at_home("3-2-1102", "fixture", "The kitchen tap drips"),
    ),
    "one floor up, and nothing in common": (
        at_home("3-1-501", "leak", "The washing machine hose"),
        at_home("3-1-601", "leak", "A stain on the bedroom wall"),
    ),
    "another kind": (shared("3", "stopped", "The lift is dark"), shared("3", "graffiti", "The lift is dark")),
    "a kind of the same group, in other words": (
        shared("3", "stopped", "It does not move"),
        shared("3", "lift_light", "Dark inside"),
    ),
    "home and grounds": (
        at_home("3-1-501", "manhole", "The manhole is open"),
        shared("", "manhole", "The manhole is open", Place.GROUNDS),
    ),
}


@pytest.mark.parametrize("example", SAME)
def test_these_are_asked_about(example):
    one, other = SAME[example]
    assert likeness(one, other) == likeness(other, one) >= ALIKE


@pytest.mark.parametrize("example", DIFFERENT)
def test_these_are_not(example):
    one, other = DIFFERENT[example]
    assert likeness(one, other) == likeness(other, one) < ALIKE


def test_words_are_compared_without_their_endings_and_without_those_that_say_nothing():
    assert words_alike("The tap leaks", "leaking taps") == 1
    assert words_alike("It is the lamp", "It is the door") == 0
    assert 0 < words_alike("厨房水管漏水", "水管坏了") < 1
    assert words_alike("", "anything") == words_alike("x", "") == 0.5
