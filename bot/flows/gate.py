"""Visitors, for the gate: the link in a pass, looking somebody up, in and out, and who has no pass."""

from collections.abc import Mapping
from datetime import datetime

from bot import gate_cards, layout, visits
from bot.faces.base import Me
from bot.flows.base import Begin, Flow, Subject, number_in
from bot.flows.visitors import tell_all, there
from bot.layout import number
from bot.scene import Scene, Tap
from bot.session import Session
from desk.actions.finding import by_link, search
from desk.actions.gate import (
    LetArrive,
    LetIn,
    LetLeave,
    StandAt,
    TurnAway,
    gates_of,
    standing_at,
)
from desk.actions.perform import perform
from desk.errors import Conflict, NotAllowed, NotFound, NotPossible
from desk.records import Estate, Json, Person, Role
from desk.records.visitors import Stay, VisitChange, Visitor
from dialogs.engine.heard import Heard, Words
from dialogs.names import estate_name, gate_name
from dialogs.scripts.visitors import gate_key
from locales.text import EMPTY, Joined, Lines, Value, _

#: how many who are expected a page lists, and how long a search may be
MOST, LONGEST = 15, 60
#: what everybody hears who opens a pass that is not theirs, good or not
POLITE = _("🎫 This is a visitor pass. Please show it to the guard at the gate.")


def at_gate_of(scene: Scene, person: Person, visitor: Visitor) -> bool:
    """Whether this person keeps the gate that the visitor comes to."""
    return any(one.id == visitor.estate_id for one in gates_of(scene.session, person, scene.now))


# ── finding ──


def _opened(scene: Scene, person: Person, shown: str) -> Value | Begin:
    """Somebody scanned the QR code. Only the gate and the host see anything of it."""
    visitor = by_link(scene.session, shown)
    keeps = gates_of(scene.session, person, scene.now)
    if visitor is None:
        return (
            _("❌ <b>This is no pass of ours</b>: it was not made here, or it was replaced.")
            if keeps
            else POLITE
        )
    if at_gate_of(scene, person, visitor):
        gate_cards.show_at_gate(there(scene, visitor), visitor, person, anew=True)
        return EMPTY
    if visitor.host_id == person.id:
        visits.show_to_host(there(scene, visitor), visitor, person)
        return EMPTY
    return _("❌ <b>Wrong estate</b>: this pass is not for your gate.") if keeps else POLITE


def hears(scene: Scene, person: Person, heard: Heard) -> bool:
    """Words of somebody on duty, outside of a conversation: a code, a plate or a name. A leader,
    or a guard who lives here, may have meant something else; then nothing is said of it."""
    keeps = gates_of(scene.session, person, scene.now)
    if not keeps or not isinstance(heard, Words) or len(heard.text) > LONGEST or "\n" in heard.text:
        return False
    found: list[Visitor] = []
    for estate in keeps:
        looked = search(scene.session, person, estate, heard.text, scene.now)
        if looked.wait:
            scene.tell(
                person, _("Too many wrong codes. Wait ten minutes, or look for the plate or the name.")
            )
            return True
        found += looked.found
    if not found and not _on_duty_only(scene, person):
        return False
    _show_found(scene, person, found)
    return True


def _on_duty_only(scene: Scene, person: Person) -> bool:
    held = scene.session.people.staff_of(person.id, scene.now)
    return all(post.role is Role.GUARD for post in held) and not scene.view(person).homes()


def _show_found(scene: Scene, person: Person, found: list[Visitor]) -> None:
    if len(found) == 1:
        return gate_cards.show_at_gate(there(scene, found[0]), found[0], person, anew=True)
    if found:
        return scene.tell(person, _("Several fit. Whom do you mean?"), visits.expected(scene, tuple(found)))
    nobody = _("❌ <b>Nobody found.</b> Check the code, the plate or the name; or ask the home.")
    return scene.tell(person, nobody, [[_without()], [layout.page(_("🚪 At the gate"), "gate")]])


def _without() -> Tap:
    return layout.begin(_("🚶 Somebody without a pass"), "walkup")


# ── in and out ──


def _tapped(scene: Scene, person: Person, visitor_id: int, order: object) -> bool:
    """Carries out what a guard tapped; whatever came of it, the card shows how it stands now."""
    try:
        with scene.session.savepoint():
            result = perform(scene.session, person, order, scene.now)
    except (NotPossible, Conflict):
        result = None
    if isinstance(result, VisitChange):
        tell_all(scene, result)
    visitor = scene.session.visitors.get(visitor_id)
    if at_gate_of(scene, person, visitor):
        gate_cards.show_at_gate(there(scene, visitor), visitor, person)
    return result is not None


def _arrive(scene: Scene, person: Person, about: str) -> Value | Begin:
    done = _tapped(scene, person, number(about), LetArrive(visitor_id=number(about)))
    return _("🚪 Noted: let them in.") if done else _("❌ Do not let them in: the pass is no longer good.")


def _leave(scene: Scene, person: Person, about: str) -> Value | Begin:
    done = _tapped(scene, person, number(about), LetLeave(visitor_id=number(about)))
    return _("👋 Noted.") if done else _("They are not inside any more.")


def _let_in(scene: Scene, person: Person, about: str) -> Value | Begin:
    return _answer(scene, person, LetIn(visitor_id=number(about)), number(about))


def _turn_away(scene: Scene, person: Person, about: str) -> Value | Begin:
    return _answer(scene, person, TurnAway(visitor_id=number(about)), number(about))


def _answer(scene: Scene, person: Person, order: LetIn | TurnAway, visitor_id: int) -> Value:
    """Who lives there, or the guard, answers for somebody without a pass; the first answer counts."""
    if not _tapped(scene, person, visitor_id, order):
        return _("That is answered already.")
    return _("✅ Thank you, the gate is told.")


# ── pages ──


def show_gate(scene: Scene, person: Person, about: str) -> None:
    """What a guard can do, and who is expected today."""
    keeps = gates_of(scene.session, person, scene.now)
    if not keeps:
        return scene.tell(person, _("Only the gate and the managers see this."))
    for estate in keeps:
        _show_gate(scene.at(estate), person, estate)
    return None


def _show_gate(scene: Scene, person: Person, estate: Estate) -> None:
    gate = standing_at(scene.session, person, estate.id)
    text = Lines(
        (
            _("🚪 <b>At the gate of {estate}</b>", estate=estate_name(estate)),
            _("You are at: {gate}", gate=gate_name(estate.rules.visitors, gate)) if gate else EMPTY,
            _("Scan a pass with the camera, or write me its code, a plate or a name."),
            _("Expected today or inside:"),
        )
    )
    rows = visits.expected(scene, visits.today(scene, MOST))
    scene.tell(person, text, [*rows, [_without()], *_gates(estate, gate)])


def _gates(estate: Estate, here: str) -> list[list[Tap]]:
    """At which of the estate's gates one is."""
    rules = estate.rules.visitors
    if len(rules.gates) < 2:
        return []
    named = [(one, Joined(("✓" if one == here else "", gate_name(rules, one)), " ")) for one in rules.gates]
    return [
        [layout.act(_("🚧 I am at: {gate}", gate=label), "vstand", f"{estate.id}-{gate_key(one)}")]
        for one, label in named
    ]


def _stand(scene: Scene, person: Person, about: str) -> Value | Begin:
    estate_id, _dash, key = about.partition("-")
    rules = scene.session.estates.get(number(estate_id)).rules.visitors
    gate = next((one for one in rules.gates if gate_key(one) == key), None)
    if gate is None:
        raise NotFound
    perform(scene.session, person, StandAt(estate_id=number(estate_id), gate=gate), scene.now)
    return _("You are at: {gate}", gate=gate_name(rules, gate))


def show_visit(scene: Scene, person: Person, about: str) -> None:
    """One visitor: as the gate sees them, or as their host does; nobody else."""
    visitor = scene.session.visitors.get(number(about))
    if at_gate_of(scene, person, visitor) and visitor.host_id != person.id:
        return gate_cards.show_at_gate(there(scene, visitor), visitor, person, anew=True)
    if visitor.host_id != person.id:
        raise NotFound
    return visits.show_to_host(there(scene, visitor), visitor, person)


def _walk_up(scene: Scene, person: Person, about: str) -> Subject:
    if not gates_of(scene.session, person, scene.now):
        raise NotAllowed
    return {}


def menu(scene: Scene, person: Person) -> list[list[Tap]]:
    """For whoever stands at a gate."""
    posts = scene.session.people.staff_of(person.id, scene.now)
    if all(post.role is not Role.GUARD for post in posts):
        return []
    return [[layout.page(_("🚪 At the gate"), "gate")]]


# ── by the clock ──


def _unanswered(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """Nobody at home answers: the guard is told what to do."""
    visitor = session.visitors.get(number_in(payload, "visitor"))
    if visitor.state is not Stay.REQUESTED or visitor.guard_id is None:
        return
    scene = Scene(session, bot, session.estates.get(visitor.estate_id), now)
    guard = session.people.get(visitor.guard_id)
    text = _("⏳ Nobody in {home} answers about {name}. Please call them, or turn the visitor away.",
             home=visits.door(scene, visitor), name=visits.name(visitor))  # fmt: skip
    scene.tell(guard, text)
    gate_cards.show_at_gate(scene, visitor, guard, anew=True)


FLOW = Flow(
    begins={"walkup": _walk_up},
    endings={"walkup": _("📞 The home is asked.")},
    pages={"gate": show_gate, "visit": show_visit},
    acts={
        "varrive": _arrive,
        "vleave": _leave,
        "vin": _let_in,
        "vout": _turn_away,
        "vstand": _stand,
    },
    timers={"walk_up": _unanswered},
    links={visits.LINK: _opened},
    hears=hears,
    menu=menu,
)
