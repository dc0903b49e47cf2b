"""Words made comparable."""

import pytest
from hypothesis import given, strategies as st

from dialogs.understanding.normalise import fold, is_chinese, normalise, runs_on, tokens


@pytest.mark.parametrize(
    "words, plain",
    [
        ("  Kitchen\tTAP \n leaks ", "kitchen tap leaks"),
        ("ＷｉＦｉ　坏了", "wifi 坏了"),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
    ],
)
def test_one_width_one_case_single_spaces(words, plain):
    assert normalise(words) == plain


@given(st.text(max_size=80))
def test_what_is_normal_stays_so(words):
    once = normalise(words)
    assert normalise(normalise(once)) == normalise(once)
    assert "  " not in once


@given(st.text(st.characters(), max_size=80))
def test_half_a_surrogate_pair_is_no_letter(words):
    assert fold(f"漏水{words}").encode()


@pytest.mark.parametrize(
    "text, words",
    [
        ("can't open; e-bike_2", ("can", "t", "open", "e", "bike", "2")),
        ("门坏了, 3 floor", ("门坏了", "3", "floor")),
        ("…!?", ()),
        ("पाणी येत नाही, रस्त्याचे खड्डे", ("पाणी", "येत", "नाही", "रस्त्याचे", "खड्डे")),
    ],
)
def test_words_without_punctuation(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize("text, chinese", [("漏水", True), ("wifi坏了", True), ("leak", False), ("", False)])
def test_what_is_chinese(text, chinese):
    assert is_chinese(text) is chinese


@pytest.mark.parametrize(
    "text, so", [("漏水", True), ("エアコン", True), ("전기가", True), ("पाणी", False), ("leak", False)]
)
def test_what_stands_without_spaces(text, so):
    assert runs_on(text) is so


@pytest.mark.parametrize(
    "one, other", [("सड़क", "सडक"), ("गाँव", "गांव"), ("می‌شود", "میشود"), ("रस्त्यावरील", "रस्‍त्यावरील")]
)
def test_what_is_written_in_two_ways_is_one(one, other):
    assert fold(one) == fold(other)
