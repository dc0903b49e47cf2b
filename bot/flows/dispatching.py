"""Giving a request to somebody, not taking it on, and the same as another: what the office does by chat."""

from collections.abc import Mapping
from datetime import datetime

from bot import notices
from bot.faces.base import Me
from bot.flows.base import Begin, Flow, Subject, number_in
from bot.flows.my_requests import about, asked_for, leads_to
from bot.layout import number
from bot.scene import Scene
from bot.session import Session
from desk import lifecycle
from desk.actions import dispatching, merging
from desk.actions.actors import resident
from desk.actions.perform import perform
from desk.discretion import is_discreet
from desk.errors import NotPossible
from desk.records import Change, Json, Person
from locales.text import Value, _


class Decides:
    """A conversation of the office about what is not said in confidence."""

    def __init__(self, step: str) -> None:
        self._may = leads_to(step)

    def __call__(self, scene: Scene, person: Person, named: str) -> Subject:
        if is_discreet(asked_for(scene, person, named)):
            raise NotPossible
        return self._may(scene, person, named)


def _appealing(scene: Scene, person: Person, named: str) -> Subject:
    request = asked_for(scene, person, named)
    lifecycle.check(request, lifecycle.STEPS["appealed"], resident(person))
    if not dispatching.appealable(scene.session, request):
        raise NotPossible
    return about(request)


def _accept(scene: Scene, person: Person, named: str) -> Value:
    request = asked_for(scene, person, named)
    change = perform(scene.session, person, dispatching.Accept(request_id=request.id), scene.now)
    if isinstance(change, Change):
        notices.announce(scene.at(scene.session.estates.get(request.estate_id)), change)
    return _("✅ It is yours.")


def _unmerge(scene: Scene, person: Person, named: str) -> Value:
    result = perform(scene.session, person, merging.Unmerge(request_id=number(named)), scene.now)
    if isinstance(result, merging.Merged):
        _merged(scene, person, result)
    return _("↪️ It goes on by itself again.")


def _merged(scene: Scene, person: Person, result: merging.Merged) -> Begin | None:
    there = scene.at(scene.session.estates.get(result.change.request.estate_id))
    notices.announce(there, result.change)
    notices.announce(there, result.lead)
    return None


def _not_accepted(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    request = session.requests.get(number_in(payload, "request"))
    change = dispatching.not_accepted(session, request, now)
    if change is not None:
        notices.announce(Scene(session, bot, session.estates.get(request.estate_id), now), change)


_PASSED_ON = _("✅ Passed on.")

FLOW = Flow(
    begins={
        "assign": Decides("assigned"),
        "transfer": Decides("transferred"),
        "decline": Decides("declined"),
        "reject": Decides("rejected"),
        "merge": Decides("merged"),
        "appeal": _appealing,
    },
    endings=dict.fromkeys(("assign", "transfer", "decline", "reject", "merge", "appeal"), _PASSED_ON),
    tells={merging.Merged: _merged},
    acts={"accept": _accept, "unmerge": _unmerge},
    timers={"assigned": _not_accepted},
)
