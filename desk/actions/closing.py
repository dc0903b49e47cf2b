"""Closing a request, asking how it was, and what a low score sets going."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from desk import discretion, lifecycle, service_levels
from desk.disturbing import decent_for, may_disturb, wants
from desk.errors import NotAllowed, NotPossible
from desk.ports import Work
from desk.records import SYSTEM, Actor, Change, Estate, Notice, Request, State, Survey, Timer

#: scores that a manager looks into
LOW = 2


def confirm(work: Work, request: Request, actor: Actor, now: datetime) -> Change:
    """The resident says that it is fixed: closed. A manager may close it too; the worker never."""
    return _close(work, request, "confirmed", actor, now)


def close_unanswered(work: Work, request: Request, now: datetime) -> Change | None:
    """Silence for as long as the estate waits closes it. None if the resident spoke meanwhile."""
    if request.state is not State.DONE:
        return None
    return _close(work, request, "closed_unanswered", SYSTEM, now)


def _close(work: Work, request: Request, name: str, actor: Actor, now: datetime) -> Change:
    change = work.requests.record(lifecycle.take(request, name, actor, now, closed_at=now))
    service_levels.forget(work.timers, request.id, "silence")
    if not discretion.is_discreet(request):
        work.timers.set(service_levels.survey(change.request, work.estates.get(request.estate_id), now))
    return change


def ask_score(work: Work, request: Request, now: datetime) -> Survey | None:
    """Opens the survey of a closed request, once; None if it was asked before, is not wanted, or has to wait
    for the end of the resident's quiet hours."""
    if request.state is not State.CLOSED or work.surveys.get(request.id) is not None:
        return None
    if _wait(work, request, service_levels.survey, now):
        return None
    survey = Survey(
        request_id=request.id, estate_id=request.estate_id, resident_id=request.resident_id, asked_at=now
    )
    work.surveys.save(survey)
    estate = work.estates.get(request.estate_id)
    work.timers.set(service_levels.survey_reminder(request, estate, now))
    return survey


def remind(work: Work, request_id: int, now: datetime) -> Survey | None:
    """The one reminder; None if it was answered or reminded before."""
    survey = work.surveys.get(request_id)
    if survey is None or survey.score is not None or survey.reminded_at is not None:
        return None
    if _wait(work, work.requests.get(request_id), service_levels.survey_reminder, now):
        return None
    reminded = replace(survey, reminded_at=now)
    work.surveys.save(reminded)
    return reminded


def _wait(
    work: Work, request: Request, timer: Callable[[Request, Estate, datetime], Timer], now: datetime
) -> bool:
    """Whether the resident is not to be asked now: never, or again by this timer after their quiet hours."""
    resident, estate = work.people.get(request.resident_id), work.estates.get(request.estate_id)
    later = decent_for(resident, estate, now)
    if wants(resident, Notice.SURVEYS) and later > now:
        work.timers.set(replace(timer(request, estate, now), due_at=later))
    return not may_disturb(resident, estate, Notice.SURVEYS, now)


def rate(work: Work, request_id: int, person_id: int, score: int, now: datetime) -> Survey:
    """Takes the score, 1 to 5; it may be changed for a day. A low one goes on the manager's list."""
    survey = work.surveys.get(request_id)
    if survey is None or survey.resident_id != person_id:
        raise NotAllowed
    if not 1 <= score <= 5:
        raise NotPossible("A score is 1 to 5.")
    first = survey.answered_at or now
    _check_still_open(first, now)
    due = survey.review_due or now + service_levels.REVIEW_WITHIN
    rated = replace(survey, score=score, answered_at=first, review_due=due if score <= LOW else None)
    work.surveys.save(rated)
    service_levels.forget(work.timers, request_id, "survey_reminder")
    return rated


def explain(
    work: Work, request_id: int, person_id: int, reasons: tuple[str, ...], words: str, now: datetime
) -> Survey:
    """Adds why to a score."""
    survey = work.surveys.get(request_id)
    if survey is None or survey.resident_id != person_id or survey.answered_at is None:
        raise NotAllowed
    _check_still_open(survey.answered_at, now)
    explained = replace(survey, reasons=reasons, words=words)
    work.surveys.save(explained)
    return explained


def _check_still_open(answered_at: datetime, now: datetime) -> None:
    if now - answered_at > service_levels.SURVEY_CHANGEABLE:
        raise NotPossible("A score can be changed for 24 hours.")


def review(work: Work, request_id: int, actor: Actor, now: datetime) -> Survey:
    """A manager has looked into a low score; the first one's name stays."""
    if actor.role not in lifecycle.LEADERS:
        raise NotAllowed
    survey = work.surveys.get(request_id)
    if survey is None or survey.review_due is None or survey.reviewed_at is not None:
        raise NotPossible
    reviewed = replace(survey, reviewed_at=now, reviewed_by=actor.person_id)
    work.surveys.save(reviewed)
    return reviewed
