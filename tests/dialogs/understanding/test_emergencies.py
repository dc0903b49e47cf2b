"""Which words ring the alarm, and which must not: as people write them, in haste and mistyped."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from desk.emergencies import DANGERS
from dialogs.understanding.emergencies import HELP, recognise
from locales.alarms import alarms
from tests.dialogs.understanding.calm import ALSO_CALM, CALM
from tests.dialogs.understanding.cries import ALSO_RINGS, RINGS

OWN = tomllib.loads((Path(__file__).parent / "dangers.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("words, danger", RINGS.items())
def test_danger_is_heard(words: str, danger: str):
    assert recognise(words) == danger


@pytest.mark.parametrize("words", [*ALSO_RINGS, *OWN["rings"]])
def test_whatever_the_danger_it_is_heard(words: str):
    assert recognise(words) in DANGERS


@pytest.mark.parametrize("words", [*CALM, *ALSO_CALM, *OWN["calm"]])
def test_what_only_speaks_of_danger_rings_no_alarm(words: str):
    assert recognise(words) is None


def test_every_language_says_every_danger():
    known = {*DANGERS} - {"other"}
    for lang in {one.lang for one in alarms()}:
        said = {danger for one in alarms() if one.lang == lang for danger in (*one.signs, *one.shared)}
        assert known <= said <= {*DANGERS, HELP}, lang


def test_the_end_of_a_long_story_does_not_undo_its_beginning():
    assert recognise("I smell gas. " + "and then I went out " * 500) == "gas"


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_can_be_read(words: str):
    assert recognise(words) in {*DANGERS, HELP, None}


@settings(max_examples=60)
@given(
    st.sampled_from([one for one, danger in RINGS.items() if danger != HELP]),
    st.sampled_from(["", "! ", "\n"]),
)
def test_politeness_and_capitals_do_not_hide_it(words: str, mark: str):
    assert recognise(f"Good evening{mark or '. '}{words.upper()}{mark or '. '}Thank you, Lin") is not None
