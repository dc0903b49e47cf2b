"""My requests: the list, one with its history, and what a resident may still wish of it."""

from collections.abc import Mapping

from bot import cards, deciding, discreet_cards, followed, job_cards, notices, orders
from bot.flows.base import Begin, Flow, Subject, Subjects
from bot.layout import number
from bot.scene import Scene
from desk import lifecycle
from desk.actions import jobs, my_requests
from desk.actions.actors import resident, staff_actor
from desk.actions.perform import perform
from desk.discretion import is_discreet
from desk.errors import NotAllowed, NotPossible
from desk.records import Actor, Change, Person, Request
from locales.text import Lines, Value, _


def asked_for(scene: Scene, person: Person, about: str) -> Request:
    """The request that a button names; raises `NotAllowed` for somebody who has nothing to do with it."""
    return scene.view(person).request(number(about))


def about(request: Request) -> Subject:
    """A conversation about a request, in its estate."""
    return {"request": request.id, "estate": request.estate_id}


def leads_to(*steps: str) -> Subjects:
    """A conversation about one request that ends in one of these steps of the lifecycle, the first that is
    possible now."""

    def subject(scene: Scene, person: Person, named: str) -> Subject:
        request = asked_for(scene, person, named)
        actor = actor_for(scene, person, request)
        if not any(lifecycle.possible(request, step, actor) for step in steps):
            lifecycle.check(request, lifecycle.STEPS[steps[0]], actor)
        return about(request)

    return subject


def actor_for(scene: Scene, person: Person, request: Request) -> Actor:
    """As whom somebody acts: with a request of their own as its resident, else by their post."""
    if request.resident_id == person.id:
        return resident(person)
    return staff_actor(scene.session, person, request.estate_id, scene.now)


def _answering(scene: Scene, person: Person, named: str) -> Subject:
    """An answer may come late: the request is on hold for want of it."""
    request = asked_for(scene, person, named)
    step = "answered_late" if jobs.given_up(scene.session, request) else "answered"
    lifecycle.check(request, lifecycle.STEPS[step], resident(person))
    return about(request)


def _reopening(scene: Scene, person: Person, named: str) -> Subject:
    request = asked_for(scene, person, named)
    lifecycle.check(request, lifecycle.STEPS["reopened"], actor_for(scene, person, request))
    if request.resident_id == person.id and not my_requests.reopenable(request, scene.now):
        raise NotAllowed
    return about(request)


def _refusing(scene: Scene, person: Person, named: str) -> Subject:
    request = asked_for(scene, person, named)
    lifecycle.check(request, lifecycle.STEPS["cancel_refused"], actor_for(scene, person, request))
    if not my_requests.wants_out(scene.session, request):
        raise NotPossible
    return about(request)


def _hurry(scene: Scene, person: Person, named: str) -> Value:
    request = asked_for(scene, person, named)
    again = my_requests.hurry_again_at(request, scene.now)
    if again is not None:
        return _("We know that it is urgent for you. You can ask again from {again}.", again=again)
    change = perform(scene.session, person, my_requests.HurryUp(request_id=request.id), scene.now)
    if isinstance(change, Change):
        notices.announce(scene.at(scene.session.estates.get(request.estate_id)), change)
    return _("⏩ Passed on. Thank you for your patience.")


def show_request(scene: Scene, person: Person, named: str) -> None:
    """One request, as its resident sees it, somebody of the staff, or who follows it."""
    request = scene.view(person).shared(number(named))
    scene = scene.at(scene.session.estates.get(request.estate_id))
    if is_discreet(request):
        return discreet_cards.show(scene, request, person)
    if request.resident_id == person.id:
        return orders.show_order(scene, request, person)
    if request.worker_id == person.id:
        return job_cards.show_job(scene, request, person, anew=True)
    if not scene.posts(person):
        return followed.show_followed(scene, person, request)
    text = Lines((cards.facts(scene, request), "", cards.standing(scene, request)))
    rows = deciding.office_rows(request) if deciding.may_decide(scene, person) else cards.claim_row(request)
    return scene.tell(person, text, rows)


def _reopened(scene: Scene, person: Person, result: my_requests.Reopened) -> Begin | None:
    there = scene.at(scene.session.estates.get(result.filed.request.estate_id))
    notices.announce(there, result.closed)
    notices.announce(there, result.filed)
    return None


_ENDINGS: Mapping[str, Value] = {
    "note": _("✅ Added."),
    "move": _("✅ The time is changed."),
    "call_off": _("✅ Passed on."),
    "refuse_cancel": _("✅ The resident is told."),
    "reopen": _("✅ Passed on."),
}

FLOW = Flow(
    begins={
        "answer": _answering,
        "note": leads_to("noted"),
        "move": leads_to("moved"),
        "call_off": leads_to("cancelled", "cancel_asked"),
        "refuse_cancel": _refusing,
        "reopen": _reopening,
    },
    endings=_ENDINGS,
    tells={my_requests.Reopened: _reopened},
    pages={"requests": orders.show_orders, "request": show_request},
    acts={"hurry": _hurry},
)
