"""Complaints, suggestions and praise; and how the office answers what residents tell it."""

from collections.abc import Mapping
from datetime import datetime

from bot import cards, discreet_cards, layout, notices
from bot.faces.base import Me
from bot.flows.base import Begin, Flow, Subject, number_in
from bot.flows.my_requests import leads_to
from bot.orders import entry
from bot.scene import Scene, Tap
from bot.session import Session
from desk import discretion
from desk.actions import feedback
from desk.actions.feedback import Praised
from desk.complaints import discreet_kinds
from desk.errors import NotAllowed
from desk.lifecycle import LEADERS, OFFICE, OPEN
from desk.records import Json, Person, Request, Role
from locales.text import Lines, Value, _

#: how many a list shows
MOST = 20


def lives_here(scene: Scene, person: Person, about: str) -> Subject:
    """A conversation for whoever lives here; raises `NotAllowed` for everybody else."""
    if not scene.resides(person):
        raise NotAllowed
    return {}


def leads(scene: Scene, person: Person) -> bool:
    """Whether somebody is a manager or owner of this estate."""
    return scene.holds(person, LEADERS)


def _praised(scene: Scene, person: Person, result: Praised) -> Begin | None:
    """The worker reads it, and so do the managers; the resident is thanked."""
    request = result.change.request
    there = scene.at(scene.session.estates.get(request.estate_id))
    notices.announce(there, result.change)
    if result.worker is not None:
        there.album(request.media, to=result.worker)
        there.tell(result.worker, discreet_cards.praise(there, request))
    for leader in discretion.told(there.session, request, there.now, Role.MANAGER):
        if result.worker is None or leader.id != result.worker.id:
            there.tell(leader, discreet_cards.facts(there, request))
    if result.worker is None:
        thanks = _(
            "🌟 Thank you! The whole team hears of it. It is kept as {number}.", number=cards.number(request)
        )
    else:
        thanks = _(
            "🌟 Thank you! {who} hears of it. It is kept as {number}.",
            who=cards.badge(there, result.worker),
            number=cards.number(request),
        )
    there.tell(person, thanks)
    return None


def _answer_due(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """An answer that is owed climbs one rung."""
    request = session.requests.get(number_in(payload, "request"))
    change = feedback.answer_due(session, request, number_in(payload, "rung"), now)
    if change is not None:
        scene = Scene(session, bot, session.estates.get(request.estate_id), now)
        notices.announce(scene, change)


def show_owed(scene: Scene, person: Person, about: str) -> None:
    """What the office still has to answer, the most urgent first; without what is against the reader."""
    if not scene.holds(person, OFFICE):
        return scene.tell(person, _("Only the office sees this."))
    offered = scene.view(person).catalogue()
    found = scene.session.requests.find(
        scene.estate.id, states=OPEN, kinds=discreet_kinds(offered), limit=500
    )
    owed = [one for one in found if discretion.may_see(scene.session, one, person.id, scene.now)]
    if not owed:
        return scene.tell(person, _("✅ Nobody waits for an answer."))
    first = sorted(owed, key=lambda one: (one.solve_by, one.id))[:MOST]
    text = Lines((_("<b>To be answered</b>"), *(_owed(one) for one in first)))
    return scene.tell(person, text, [[entry(one)] for one in first])


def _owed(request: Request) -> Value:
    return _("{entry}, by {solve}", entry=entry(request).label, solve=request.solve_by)


def _menu(scene: Scene, person: Person) -> list[list[Tap]]:
    if not scene.resides(person):
        return []
    return [[layout.begin(_("📣 Complain"), "complaint")]]


def _more(scene: Scene, person: Person) -> list[list[Tap]]:
    rows: list[list[Tap]] = []
    if scene.resides(person):
        rows.append(_kind_words())
    if scene.holds(person, OFFICE):
        rows.append([layout.page(_("📬 To be answered"), "owed")])
    return rows


def _kind_words() -> list[Tap]:
    return [layout.begin(_("💡 Suggestion"), "suggestion"), layout.begin(_("🌟 Praise"), "praise")]


FLOW = Flow(
    begins={
        "complaint": lives_here,
        "suggestion": lives_here,
        "praise": lives_here,
        "reply": leads_to("replied"),
        "decide": leads_to("decided"),
    },
    endings={
        "complaint": _("📨 Sent."),
        "suggestion": _("📨 Sent."),
        "praise": _("📨 Sent."),
        "reply": _("✅ Your answer is sent."),
        "decide": _("✅ The resident is told."),
    },
    tells={Praised: _praised},
    pages={"owed": show_owed},
    timers={"answer_due": _answer_due},
    menu=_menu,
    more=_more,
)
