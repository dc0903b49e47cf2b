"""Words at a question with buttons: what plainly means one of them answers it, and nothing else does."""

import pytest

from storage.memory import MemoryDatabase
from tests.bot.counter import Counter, Guest


@pytest.fixture
def counter() -> Counter:
    return Counter(MemoryDatabase())


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """Somebody who reports a leak, and is asked when somebody may come."""
    guest = counter.resident()
    guest.says("/repair", "The kitchen tap is leaking")
    guest.picks("~done", "leak")
    return guest


@pytest.mark.parametrize(
    "words, window",
    [
        ("tomorrow afternoon", "Tue, Mar 3 12:00–14:00"),
        ("明天下午三点", "Tue, Mar 3 14:00–16:00"),
        ("on Friday after 4pm", "Fri, Mar 6 16:00–18:00"),
    ],
)
def test_a_time_is_the_first_window_that_fits(lin: Guest, words: str, window: str):
    lin.says(words)
    lin.says("Yes")
    assert f"Visit: {window}" in lin.last().text
    assert "they may go in" in lin.last().text


@pytest.mark.parametrize("words", ["tomorrow at 3 in the night", "a week ago", "perhaps", "", "!"])
def test_what_fits_no_window_is_asked_again(lin: Guest, words: str):
    lin.says(words)
    assert lin.last().asks("visit/1")
    assert "tap one of the buttons" in lin.last().text


def test_no_is_an_answer_up_to_the_comma(lin: Guest):
    lin.picks("soon")
    lin.says("no")
    assert "If nobody is in: No, only when we are at home" in lin.last().text


def test_a_kind_is_named(counter: Counter):
    mei = counter.resident("Mei")
    mei.says("/repair", "It is the usual thing once more")
    mei.picks("~done")
    mei.says("there is no electricity")
    assert mei.last().asks("kind/of/electrical")


def test_what_names_no_kind_chooses_none(counter: Counter):
    mei = counter.resident("Mei")
    mei.says("/repair", "It is the usual thing once more")
    mei.picks("~done")
    mei.says("well, that one")
    assert mei.last().asks("kind/group")
