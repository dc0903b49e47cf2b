"""Closing a request, asking how it was, and what a low score sets going."""

import pytest

from desk.actions import closing, orders
from desk.errors import NotAllowed, NotPossible
from desk.records import State
from tests.desk.office import DAY, HOUR, MINUTE, MONDAY, Office


def rate(number: int, score: int) -> orders.Rate:
    return orders.Rate(request_id=number, score=score)


# ── closing ──


@pytest.mark.parametrize("name", ["Lin", "Mei", "Olga"])
def test_the_resident_or_a_manager_closes(office: Office, name):
    number = office.finished()
    office.later(HOUR)
    office.order(name, orders.Confirm(request_id=number))
    request = office.request(number)
    assert (request.state, request.closed_at) == (State.CLOSED, MONDAY + HOUR)
    assert (office.timers(number), office.due_in("survey", number)) == ({"survey"}, 2 * HOUR)


@pytest.mark.parametrize("name", ["Wang", "Zhao", "Dai", "Guard", "Neighbour", "Stranger", "Manager of Rose"])
def test_nobody_else_closes(office: Office, name):
    assert isinstance(office.tried(name, orders.Confirm(request_id=office.finished())), NotAllowed)


@pytest.mark.parametrize("worker", ["Mei", "Olga"])
def test_a_manager_who_did_the_work_does_not_close_it(office: Office, worker):
    number = office.finished(worker)
    assert isinstance(office.tried(worker, orders.Confirm(request_id=number)), NotAllowed)
    office.order("Lin", orders.Confirm(request_id=number))


def test_only_what_is_done_can_be_closed(office: Office):
    assert isinstance(office.tried("Lin", orders.Confirm(request_id=office.claimed())), NotPossible)
    assert isinstance(office.tried("Lin", orders.Confirm(request_id=office.closed())), NotPossible)


@pytest.mark.parametrize("kind, wait", [("fixture", 72 * HOUR), ("flood", 24 * HOUR)])
def test_silence_closes(office: Office, kind, wait):
    number = office.file(kind=kind)
    office.order("Wang", orders.Claim(request_id=number))
    office.order("Wang", orders.Finish(request_id=number, note="Done"))
    assert office.due_in("silence", number) == wait
    office.later(wait)
    change = office.fire("silence", number)
    assert (change.event.name, office.state(number)) == ("closed_unanswered", State.CLOSED)
    assert office.timers(number) == {"survey"}


def test_silence_that_was_broken_closes_nothing(office: Office):
    number = office.finished()
    office.order("Lin", orders.NotFixed(request_id=number, why="It still drips"))
    request = office.request(number)
    assert office.write(lambda work: closing.close_unanswered(work, request, office.now)) is None


# ── the survey ──


def test_it_is_asked_once_within_decent_hours(office: Office):
    office.later(10 * HOUR)  # eight in the evening: two hours later nobody is asked
    number = office.closed()
    assert office.due_in("survey", number) == 12 * HOUR
    office.later(12 * HOUR)
    survey = office.fire("survey", number)
    assert (survey.asked_at, survey.score) == (office.now, None)
    request = office.request(number)
    assert office.write(lambda work: closing.ask_score(work, request, office.now)) is None
    assert office.timers(number) == {"survey_reminder"}


def test_only_a_closed_request_is_asked_about(office: Office):
    request = office.request(office.finished())
    assert office.write(lambda work: closing.ask_score(work, request, office.now)) is None


def test_one_reminder(office: Office):
    number = office.asked()
    assert office.due_in("survey_reminder", number) == DAY
    office.later(DAY)
    assert office.fire("survey_reminder", number).reminded_at == office.now
    assert office.timers(number) == set()
    assert office.write(lambda work: closing.remind(work, number, office.now)) is None


def test_who_answered_is_not_reminded(office: Office):
    number = office.asked()
    office.order("Lin", rate(number, 4))
    assert office.timers(number) == set()
    assert office.write(lambda work: closing.remind(work, number, office.now)) is None
    assert office.write(lambda work: closing.remind(work, 999, office.now)) is None


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_one_to_five(office: Office, score):
    assert isinstance(office.tried("Lin", rate(office.asked(), score)), NotPossible)


@pytest.mark.parametrize("name", ["Neighbour", "Wang", "Mei", "Stranger"])
def test_nobody_scores_for_the_resident(office: Office, name):
    number = office.asked()
    assert isinstance(office.tried(name, rate(number, 5)), NotAllowed)
    office.order("Lin", rate(number, 1))
    explain = orders.Explain(request_id=number, reasons=("fast",), words="!")
    assert isinstance(office.tried(name, explain), NotAllowed)


def test_nothing_is_scored_before_it_is_asked(office: Office):
    assert isinstance(office.tried("Lin", rate(office.closed(), 5)), NotAllowed)


def test_a_score_can_be_given_late_and_changed_for_a_day(office: Office):
    number = office.asked()
    office.later(9 * DAY)
    office.order("Lin", rate(number, 5))
    office.later(DAY)
    office.order("Lin", rate(number, 4))
    office.later(MINUTE)
    assert isinstance(office.tried("Lin", rate(number, 1)), NotPossible)
    survey = office.survey(number)
    assert survey is not None
    assert (survey.score, survey.answered_at) == (4, office.now - DAY - MINUTE)


def test_reasons_and_words_come_after_the_score_within_a_day(office: Office):
    number = office.asked()
    explain = orders.Explain(request_id=number, reasons=("slow", "mess"), words="Water on the floor")
    assert isinstance(office.tried("Lin", explain), NotAllowed), "there is nothing to explain yet"
    office.order("Lin", rate(number, 2))
    survey = office.order("Lin", explain)
    assert (survey.score, survey.reasons, survey.words) == (2, ("slow", "mess"), "Water on the floor")
    office.later(DAY + MINUTE)
    assert isinstance(office.tried("Lin", explain), NotPossible)


# ── the manager's list ──


def low(office: Office, score: int = 2) -> int:
    """A closed request with a low score."""
    number = office.asked()
    office.order("Lin", rate(number, score))
    return number


@pytest.mark.parametrize("score, listed", [(1, True), (2, True), (3, False), (5, False)])
def test_a_low_score_is_looked_into_within_a_day(office: Office, score, listed):
    number = low(office, score)
    reviews = office.read(lambda work: work.surveys.reviews(office.lotus.id))
    assert [(one.request_id, one.review_due) for one in reviews] == [(number, office.now + DAY)] * listed


def test_the_deadline_runs_from_when_the_score_became_low(office: Office):
    number = low(office, 5)
    office.later(23 * HOUR)
    assert office.order("Lin", rate(number, 1)).review_due == office.now + DAY
    due = office.now + DAY
    office.later(30 * MINUTE)
    assert office.order("Lin", rate(number, 2)).review_due == due, "still low: the same deadline"
    assert office.order("Lin", rate(number, 4)).review_due is None


@pytest.mark.parametrize("name", ["Mei", "Olga"])
def test_a_manager_looks_into_it_once(office: Office, name):
    number = low(office)
    office.later(HOUR)
    survey = office.order(name, orders.Reviewed(request_id=number))
    assert (survey.reviewed_at, survey.reviewed_by) == (office.now, office.person(name).id)
    assert office.read(lambda work: work.surveys.reviews(office.lotus.id)) == ()
    assert isinstance(office.tried("Mei", orders.Reviewed(request_id=number)), NotPossible)


@pytest.mark.parametrize("name", ["Wang", "Dai", "Lin", "Manager of Rose"])
def test_nobody_else_ticks_it_off(office: Office, name):
    assert isinstance(office.tried(name, orders.Reviewed(request_id=low(office))), NotAllowed)


def test_a_good_score_needs_no_review(office: Office):
    assert isinstance(office.tried("Mei", orders.Reviewed(request_id=low(office, 5))), NotPossible)
    assert isinstance(office.tried("Mei", orders.Reviewed(request_id=office.closed())), NotPossible)
