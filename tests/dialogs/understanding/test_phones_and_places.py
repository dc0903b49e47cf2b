"""Numbers that can be called, from anywhere, and places that are not in a home."""

import pytest
from hypothesis import given, strategies as st

from desk.records import Place
from dialogs.understanding.phones import looks_like_phone, phone
from dialogs.understanding.places import place_in


@pytest.mark.parametrize(
    "typed, country, dialled",
    [
        ("138 0013 8000", "CN", "+86 138 0013 8000"),
        ("+44 20 7946 0958", "CN", "+44 20 7946 0958"),
        ("0044 20 7946 0958", "DE", "+44 20 7946 0958"),
        ("(202) 456-1111", "US", "+1 202-456-1111"),
        ("+7 912 345-67-89", "", "+7 912 345-67-89"),
        ("１３８００１３８０００", "CN", "+86 138 0013 8000"),
        ("٠٥٠١٢٣٤٥٦٧", "AE", "+971 50 123 4567"),
    ],
)
def test_numbers_from_anywhere_are_written_as_they_are_dialled(typed: str, country: str, dialled: str):
    assert phone(typed, country) == dialled


@pytest.mark.parametrize(
    "typed", ["12", "call me", "1234567890123456789012345", "138 0013 800", "", "+", "1#23"]
)
def test_what_cannot_be_called_is_no_number(typed: str):
    assert phone(typed, "CN") is None


@given(st.text(max_size=40), st.sampled_from(["CN", "US", "", "ZZ"]))
def test_any_line_can_be_asked(line: str, country: str):
    found = phone(line, country)
    assert found is None or (found.startswith("+") and looks_like_phone(line))


@pytest.mark.parametrize(
    "words, place",
    [
        ("The light in the corridor is out", Place.BUILDING),
        ("lamp broken in the car park", Place.GROUNDS),
        ("楼道灯坏了", Place.BUILDING),
        ("车库漏水", Place.GROUNDS),
        ("my tap drips", None),
        ("厨房水龙头滴水", None),
        ("the courtyardish thing", None),
    ],
)
def test_shared_places_are_heard(words: str, place: Place | None):
    assert place_in(words) == place
