"""Conversations side by side: commands, what was set aside, and buttons of yesterday."""

import pytest

from tests.bot.counter import Counter, Guest


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident who speaks English."""
    return counter.resident()


# ── rule 6: a command outranks a question ──


def test_a_command_sets_the_open_conversation_aside_and_offers_it_again_afterwards(lin: Guest):
    lin.says("The tap is leaking", "/language")
    lin.taps("English")
    assert lin.last().labels == ["▶️ Continue", "🔄 Start over", "✖️ Drop it"]
    lin.taps("Continue")
    assert "leaking" in lin.last().text


def test_what_was_set_aside_can_be_started_over(lin: Guest):
    lin.says("The tap is leaking", "/language")
    lin.taps("English", "Start over")
    assert "leaking" not in lin.last().text
    assert "What is wrong?" in lin.last().text


def test_what_was_set_aside_can_be_dropped(lin: Guest):
    lin.says("The tap is leaking", "/language")
    lin.taps("English", "Drop it")
    assert lin.last().labels == []
    lin.says("/cancel")
    assert "nothing to cancel" in lin.last().text


def test_an_offer_that_was_taken_up_is_gone_for_the_second_tap(lin: Guest):
    lin.says("The tap is leaking", "/language")
    lin.taps("English")
    offer = lin.button("Continue")
    lin.taps("Continue")
    assert lin.sends(offer) == "That is over already."
    assert lin.taps("Cancel") == ""


def test_taking_up_what_was_set_aside_sets_the_present_conversation_aside(lin: Guest):
    lin.says("The tap is leaking", "/language")
    lin.taps("English")
    lin.says("The bulb in the kitchen is broken")
    lin.taps("Continue")
    assert "leaking" in lin.last().text
    lin.says("/cancel")
    lin.taps("Continue")
    assert "bulb" in lin.last().text


def test_a_person_has_one_open_and_one_waiting_conversation(lin: Guest):
    lin.says("The tap is leaking", "/repair", "The lamp is broken", "/language")
    lin.taps("English", "Continue")
    assert "lamp" in lin.last().text
    lin.says("/cancel")
    assert lin.last().labels == []


def test_a_page_leaves_the_conversation_open_and_shows_it_again_below(lin: Guest):
    lin.says("/repair", "The tap is leaking")
    for page in ("/requests", "/jobs", "/help", "/setup", "/reviews", "/nonsense"):
        lin.says(page)
        assert "leaking" in lin.last().text, page
    lin.taps("Done")
    assert "What kind of problem" in lin.last().text


def test_a_page_by_button_does_the_same(counter: Counter, lin: Guest):
    lin.says("/help", "The tap is leaking")
    lin.taps("My requests")
    assert "You have no requests yet." in lin.posts()[-2].text
    assert "leaking" in lin.last().text


def test_cancel_drops_the_conversation(lin: Guest):
    lin.says("The tap is leaking", "/cancel")
    assert lin.last().text == "Cancelled. Nothing was sent."
    lin.says("/cancel")
    assert "nothing to cancel" in lin.last().text


# ── rule 7: buttons of yesterday ──


def test_a_button_of_an_earlier_question_is_answered_and_changes_nothing(lin: Guest):
    lin.says("/repair", "The tap is leaking")
    done = lin.button("Done")
    lin.taps("Done")
    assert "earlier step" in lin.sends(done)
    assert "What kind of problem" in lin.last().text


def test_a_button_of_a_conversation_that_is_over_is_answered(lin: Guest):
    lin.says("/repair", "The tap is leaking")
    done = lin.button("Done")
    lin.says("/cancel")
    assert "over already" in lin.sends(done)


def test_a_button_of_a_conversation_that_is_over_shows_the_present_one(lin: Guest):
    lin.says("/repair", "The tap is leaking")
    done = lin.button("Done")
    lin.says("/cancel", "/repair", "The lamp is broken")
    lin.news()
    assert "This is where we are" in lin.sends(done)
    assert "lamp" in lin.news()


def test_a_button_of_what_was_set_aside_takes_it_up_while_nothing_else_is_open(lin: Guest):
    lin.says("/repair", "The tap is leaking")
    done = lin.button("Done")
    lin.says("/language")
    lin.taps("English")
    lin.sends(done)
    assert "leaking" in lin.last().text
    assert lin.taps("Cancel") == ""


def test_a_button_of_another_person_does_nothing(counter: Counter, lin: Guest):
    lin.says("/repair", "The tap is leaking")
    done = lin.button("Done")
    other = counter.resident("Neighbour")
    assert "over already" in other.sends(done)
    other.says("My lamp is broken")
    assert "This is where we are" in other.sends(done)
    assert "leaking" in lin.last().text


def test_an_offer_of_another_person_does_nothing(counter: Counter, lin: Guest):
    lin.says("The tap is leaking", "/language")
    lin.taps("English")
    for label in ("Continue", "Start over", "Drop it"):
        assert counter.resident(label).sends(lin.button(label)) == "That is over already."
    lin.taps("Continue")
    assert "leaking" in lin.last().text


def test_two_taps_count_once(counter: Counter, lin: Guest):
    lin.says("/repair", "The tap is leaking")
    lin.picks("~done", "leak", "soon", "yes")
    send = lin.button("Send")
    lin.sends(send)
    assert "over already" in lin.sends(send)
    assert counter.read(lambda work: len(work.requests.of_resident(lin.id))) == 1


@pytest.mark.parametrize("button", ["Report a repair", "Language"])
def test_two_taps_begin_one_conversation(lin: Guest, button: str):
    lin.says("/help")
    lin.sends("p:more:")
    lin.taps(button, button)
    lin.says("/cancel")
    assert lin.last().labels == []


def test_a_tap_without_meaning_is_answered(lin: Guest):
    assert "too old" in lin.sends("x")
