"""Outages: the dispatcher says whether it is one and when it is over; everybody who is without is told."""

from collections.abc import Mapping
from datetime import datetime

from bot import cards, notices, outages
from bot.faces.base import Me
from bot.flows.base import Begin, Flow, Subject
from bot.layout import number
from bot.scene import Scene
from bot.session import Session
from desk import lifecycle
from desk.actions import outages as actions
from desk.actions.actors import post_among
from desk.actions.perform import perform
from desk.records import Json, Person
from locales.text import Value, _


def _deciding(scene: Scene, person: Person, named: str) -> Subject:
    incident = scene.session.incidents.get(number(named))
    post_among(scene.session, person, incident.estate_id, lifecycle.OFFICE, scene.now)
    return {"incident": incident.id, "estate": incident.estate_id}


def _told(scene: Scene, person: Person, result: actions.Outage) -> Begin | None:
    incident = result.incident
    there = scene.at(scene.session.estates.get(incident.estate_id))
    outages.show_to_office(there, incident)
    for one in result.merged:
        notices.announce(there, one.change)
    lead = actions.lead_of(scene.session, incident)
    if lead is not None:
        cards.show_card(there, lead)
        outages.tell_everybody(there, incident, lead)
    return None


def _dismiss(scene: Scene, person: Person, named: str) -> Value:
    result = perform(scene.session, person, actions.DismissOutage(incident_id=number(named)), scene.now)
    if isinstance(result, actions.Outage):
        _told(scene, person, result)
    return _("✖️ No outage.")


def _due(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """The expected time has come: the dispatcher is asked for another one."""
    named = payload.get("incident")
    incident = actions.overdue(session, named, now) if isinstance(named, int) else None
    if incident is not None:
        outages.show_to_office(
            Scene(session, bot, session.estates.get(incident.estate_id), now), incident, anew=True
        )


FLOW = Flow(
    begins={"outage": _deciding},
    endings={"outage": _("✅ Everybody who reported it is told.")},
    tells={actions.Outage: _told},
    acts={"no_outage": _dismiss},
    timers={"outage": _due},
)
