"""An order that was understood wrongly: the review offers what else it may be, and nothing said is lost."""

import pytest

from storage.memory import MemoryDatabase
from tests.bot.counter import Counter, Guest


@pytest.fixture
def counter() -> Counter:
    return Counter(MemoryDatabase())


@pytest.fixture
def lin(counter: Counter) -> Guest:
    return counter.resident()


def problem(counter: Counter) -> tuple[str, str]:
    """What was filed, and in which words."""
    request = counter.request()
    return request.kind, request.problem


def test_the_next_likely_kind_is_one_tap_away(counter: Counter, lin: Guest):
    lin.says("The neighbours upstairs play loud music every night")
    kinds = [label for label in lin.last().labels if label.startswith("↪️")]
    assert len(kinds) >= 2
    before = lin.last().text
    lin.taps(kinds[0])
    assert lin.last().text != before
    lin.taps("Send")
    assert problem(counter)[1] == "The neighbours upstairs play loud music every night"


def test_another_kind_of_the_same_group(counter: Counter, lin: Guest):
    lin.says("The kitchen tap is leaking")
    lin.taps("↪️ Water & plumbing", "No water", "Send")
    assert problem(counter) == ("no_water", "The kitchen tap is leaking")


def test_something_else_is_sorted_out(counter: Counter, lin: Guest):
    lin.says("The kitchen tap is leaking")
    lin.taps("Something else…")
    assert "not sure what you need" in lin.last().text
    lin.taps("Make a suggestion")
    assert "check your suggestion" in lin.last().text
    lin.taps("Send")
    assert problem(counter) == ("suggestion", "The kitchen tap is leaking")


def test_a_suggestion_that_is_none(counter: Counter, lin: Guest):
    lin.says("I have a suggestion: a shelf for parcels")
    assert "check your suggestion" in lin.last().text
    lin.taps("Something else…", "Electrical", "Corridor light", "Send")
    assert problem(counter) == ("corridor_light", "I have a suggestion: a shelf for parcels")


def test_a_visit_that_is_none(counter: Counter, lin: Guest):
    lin.says("My sister visits tomorrow at 5pm")
    lin.taps("Something else…", "Complain", "Noise", "Send")
    assert problem(counter) == ("c_noise", "My sister visits tomorrow at 5pm")


def test_pictures_go_along(counter: Counter, lin: Guest):
    lin.shows("p1", caption="The kitchen tap is leaking")
    lin.taps("↪️ Water & plumbing", "No water", "Send")
    assert [one.file_id for one in counter.request().media] == ["p1"]


def test_a_job_that_is_complained_of_may_be_a_complaint(counter: Counter, lin: Guest):
    lin.says("Rubbish has been lying in the lobby for a week, this is a disgrace")
    lin.taps("Complain")
    assert "What is it about?" in lin.last().text or "check your complaint" in lin.last().text


def test_nothing_is_offered_of_what_was_chosen(lin: Guest):
    lin.says("/repair", "The kitchen tap is leaking")
    lin.picks("~done", "leak", "soon", "yes")
    assert "Something else…" not in lin.last().labels


def test_a_button_that_was_not_offered_does_nothing(counter: Counter, lin: Guest):
    lin.says("The kitchen tap is leaking")
    run = counter.read(lambda work: work.runs.open(lin.id))
    assert run is not None
    before = lin.last().text
    lin.sends(f"{run.id}:review:=instead=guard")
    assert lin.last().text == before
