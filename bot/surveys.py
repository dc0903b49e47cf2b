"""Asking how it was, and what the manager hears of a low score."""

from bot import cards, layout
from bot.scene import Scene, Tap
from desk.records import Person, Request, Role, Survey
from dialogs.scripts.rating import reasons_for
from locales.text import EMPTY, Joined, Lines, Value, _

SCORES = range(1, 6)
#: how much of a comment an entry shows
SHOWN = 500


def show_survey(scene: Scene, survey: Survey, *, anew: bool = False) -> None:
    """The question with its five buttons; once answered, the score and how to change it."""
    request = scene.session.requests.get(survey.request_id)
    resident = scene.session.people.get(survey.resident_id)
    if survey.score is None:
        text: Value = _("How did we do with {number}, {kind}? 1 is bad, 5 is very good.", **_names(request))
    else:
        text = Lines(
            (
                _("Thank you: {score} of 5 for {number}.", score=survey.score, number=cards.number(request)),
                _("You can change it for 24 hours."),
            )
        )
    scene.show(resident, f"survey/{request.id}", text, [_scores(request, survey.score)], anew=anew)


def _names(request: Request) -> dict[str, Value]:
    return {"number": cards.number(request), "kind": cards.kind(request)}


def _scores(request: Request, given: int | None) -> list[Tap]:
    return [layout.score(f"✓ {one}" if one == given else f"{one}", request.id, one) for one in SCORES]


def alert_review(scene: Scene, survey: Survey) -> None:
    """A low score goes to the managers, with a deadline."""
    for person in scene.people_in(Role.MANAGER) or scene.people_in(Role.OWNER):
        text, rows = review_entry(scene, survey)
        scene.show(person, f"review/{survey.request_id}", text, rows)


def review_entry(scene: Scene, survey: Survey) -> tuple[Value, list[list[Tap]]]:
    """A low score as the manager sees it."""
    request = scene.session.requests.get(survey.request_id)
    known = reasons_for(survey.score or 1)
    reasons = tuple(known[reason] for reason in survey.reasons if reason in known)
    why = Joined(reasons) if reasons else EMPTY
    comment = cards.quoted(survey.words, SHOWN, cards.speech(scene, survey.resident_id))
    head = _("⚠️ {number}, {kind}: {score} of 5", score=survey.score or 0, **_names(request))
    if survey.reviewed_at is not None:
        return Lines((head, why, comment, _("✅ Looked into."))), []
    due = _("Please look into it by {due}.", due=survey.review_due or scene.now)
    rows = [[layout.order(_("✅ Looked into"), request.id, "reviewed")]]
    return Lines((head, why, comment, due)), rows


def show_reviewed(scene: Scene, survey: Survey, manager: Person) -> None:
    """The manager's entry, ticked off."""
    text, rows = review_entry(scene, survey)
    scene.show(manager, f"review/{survey.request_id}", text, rows)
