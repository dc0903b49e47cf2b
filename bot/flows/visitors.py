"""Visitors, for the host and the office: registering, approving, taking back, and my visitors."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot import gate_cards, layout, visits
from bot.doings import changed
from bot.faces.base import Me
from bot.flows.base import Begin, Flow, Subject, number_in
from bot.layout import number
from bot.scene import Scene, Tap
from bot.session import Session
from desk.actions import visitors as expecting
from desk.actions.actors import post_among
from desk.actions.perform import perform
from desk.actions.visitors import ApproveVisitor, RevokeVisitor, approvers, forget_guests
from desk.errors import NotAllowed, NotFound, NotPossible
from desk.plain import plain
from desk.records import Json, Person
from desk.records.visitors import Mode, Stay, VisitChange, VisitEvent, Visitor
from dialogs.names import gate_name
from dialogs.scripts.visitors import refusal_in_words
from locales.text import EMPTY, Lines, Value, _

#: how many of their visitors a host sees
MOST = 15


def there(scene: Scene, visitor: Visitor) -> Scene:
    """The desk of the estate that the visitor comes to."""
    return scene.at(scene.session.estates.get(visitor.estate_id))


def own(scene: Scene, person: Person, about: str) -> Visitor:
    """A visitor of this very host; raises `NotFound` for everybody else, as if there were none."""
    visitor = scene.session.visitors.get(number(about))
    if visitor.host_id != person.id:
        raise NotFound
    return visitor


def _begin(scene: Scene, person: Person, about: str) -> Subject:
    if not scene.view(person).homes():
        raise NotAllowed
    if not about:
        return {}
    former = own(scene, person, about)
    return {"again": former.id} if former.name else {}


# ── who hears what ──


def announce(scene: Scene, person: Person, change: VisitChange) -> None:
    """What somebody ordered is told."""
    tell_all(scene, change)


def tell_all(scene: Scene, change: VisitChange) -> None:
    """Tells everybody whom a change concerns."""
    visitor, event = change.visitor, change.event
    scene = there(scene, visitor)
    changed(
        f"visit.{event.name}",
        visitor=visitor.id,
        estate=visitor.estate_id,
        state=visitor.state.value,
        by=event.actor.role.value,
    )
    if event.name in _HEARS:
        _HEARS[event.name](scene, visitor, event)


def _registered(scene: Scene, visitor: Visitor, event: VisitEvent) -> None:
    visits.show_card(scene, visitor, anew=True)
    text = _(
        "📨 <b>Registered: <code>{number}</code></b>\nThe office is asked. As soon as it says yes, the pass "
        "comes to you here.",
        number=visits.number(visitor),
    )
    tell_host(
        scene, visitor, Lines((text, "", visits.facts(scene, visitor))), visits.pass_rows(scene, visitor)
    )


def _issued(scene: Scene, visitor: Visitor, event: VisitEvent) -> None:
    host = visits.host(scene, visitor)
    if host is None:
        return
    if _was_asked(scene, visitor):
        visits.show_card(scene, visitor)
    visits.show_pass(scene, visitor, host, keyed=True)
    scene.tell(host, _("Forward the picture to your guest, or the text below, which can be read anywhere."))
    visits.tell_text(scene, visitor, host)


def _was_asked(scene: Scene, visitor: Visitor) -> bool:
    """Whether the office has a card of it."""
    events = scene.session.visitors.events(visitor.id)
    return any(one.name == "approved" and one.actor.person_id is not None for one in events)


def _refused(scene: Scene, visitor: Visitor, event: VisitEvent) -> None:
    visits.show_card(scene, visitor)
    why = refusal_in_words(event.why)
    text = _(
        "✖️ {name} may not come: {why}. The office can tell you more.", name=visits.name(visitor), why=why
    )
    tell_host(scene, visitor, text)


def _revoked(scene: Scene, visitor: Visitor, event: VisitEvent) -> None:
    host = visits.host(scene, visitor)
    if event.before is Stay.REQUESTED:
        visits.show_card(scene, visitor)
    if host is None:
        return
    if event.before is Stay.ACTIVE:
        visits.show_pass(scene, visitor, host, keyed=True)
    text = _("✖️ The pass for {name} is taken back: the gate lets nobody in by it.", name=visits.name(visitor))
    scene.tell(host, text)


def _expired(scene: Scene, visitor: Visitor, event: VisitEvent) -> None:
    host = visits.host(scene, visitor)
    if visitor.mode is Mode.WALK_UP:
        return _answered(scene, visitor, event)
    if event.before is Stay.REQUESTED:
        visits.show_card(scene, visitor)
        text = _(
            "⌛️ The office has not answered in time about {name}. Please call it.", name=visits.name(visitor)
        )
        tell_host(scene, visitor, text)
    elif host is not None:
        visits.show_pass(scene, visitor, host, keyed=True)
    return None


def _asked(scene: Scene, visitor: Visitor, event: VisitEvent) -> None:
    """Somebody stands at the gate: the home is asked, and the guard sees that it is."""
    gate_cards.ask_home(scene, visitor, anew=True)
    if visitor.guard_id is None:
        return
    guard = scene.session.people.get(visitor.guard_id)
    if not scene.session.households.living_in(visitor.home_id, scene.now):
        scene.tell(guard, _("Nobody in this home uses the bot. Please call them, then tap what they said."))
    gate_cards.show_at_gate(scene, visitor, guard, anew=True)


def _answered(scene: Scene, visitor: Visitor, event: VisitEvent) -> None:
    """The home sees what was said; the guard who asked sees it below everything else."""
    gate_cards.ask_home(scene, visitor)
    if visitor.guard_id is not None:
        guard, mine = scene.session.people.get(visitor.guard_id), event.actor.person_id == visitor.guard_id
        gate_cards.show_at_gate(scene, visitor, guard, anew=not mine)


def _arrived(scene: Scene, visitor: Visitor, event: VisitEvent) -> None:
    gate = str(event.data.get("gate", ""))
    named = gate_name(scene.estate.rules.visitors, gate)
    at = _("🚪 {name} has arrived ({gate}).", name=visits.name(visitor), gate=named)
    anywhere = _("🚪 {name} has arrived.", name=visits.name(visitor))
    tell_host(scene, visitor, at if gate else anywhere)
    _refresh(scene, visitor)


def _left(scene: Scene, visitor: Visitor, event: VisitEvent) -> None:
    tell_host(scene, visitor, _("👋 {name} has left.", name=visits.name(visitor)))
    _refresh(scene, visitor)


def _refresh(scene: Scene, visitor: Visitor) -> None:
    """The host's pass, as it now stands."""
    host = visits.host(scene, visitor)
    if host is not None and visitor.issue:
        visits.show_pass(scene, visitor, host, keyed=True)


def tell_host(scene: Scene, visitor: Visitor, text: Value, rows: list[list[Tap]] | None = None) -> None:
    """Says something to who expects them."""
    host = visits.host(scene, visitor)
    if host is not None:
        scene.tell(host, text, rows or ())


_HEARS: Mapping[str, Callable[[Scene, Visitor, VisitEvent], None]] = {
    "registered": _registered,
    "issued": _issued,
    "refused": _refused,
    "revoked": _revoked,
    "expired": _expired,
    "arrived": _arrived,
    "left": _left,
    "went_out": _left,
    "asked": _asked,
    "let_in": _answered,
    "turned_away": _answered,
}


# ── buttons ──


def _approve(scene: Scene, person: Person, about: str) -> Value | Begin:
    result = perform(scene.session, person, ApproveVisitor(visitor_id=number(about)), scene.now)
    if isinstance(result, VisitChange):
        announce(scene, person, result)
    return _("✅ Approved. The host has the pass.")


def _refuse(scene: Scene, person: Person, about: str) -> Value | Begin:
    """Asks why, in private."""
    visitor = scene.session.visitors.get(number(about))
    rules = scene.session.estates.get(visitor.estate_id).rules.visitors
    post_among(scene.session, person, visitor.estate_id, approvers(rules), scene.now)
    if visitor.state is not Stay.REQUESTED:
        raise NotPossible
    subject: dict[str, Json] = {"visitor": visitor.id, "estate": visitor.estate_id}
    return Begin(
        script="refuse_visitor", subject=subject, toast=_("Please tell me why, in our private chat.")
    )


def _revoke(scene: Scene, person: Person, about: str) -> Value | Begin:
    result = perform(scene.session, person, RevokeVisitor(visitor_id=number(about)), scene.now)
    if isinstance(result, VisitChange):
        announce(scene, person, result)
    return _("✖️ Taken back.")


def _text(scene: Scene, person: Person, about: str) -> Value | Begin:
    visitor = own(scene, person, about)
    if visitor.state is not Stay.ACTIVE:
        raise NotPossible
    visits.tell_text(there(scene, visitor), visitor, person)
    return EMPTY


# ── pages ──


def show_visitors(scene: Scene, person: Person, about: str) -> None:
    """The host's visitors, the newest first: those expected and those who were there."""
    if not scene.view(person).homes():
        return scene.tell(person, _("You are not linked to a home."))
    found = scene.session.visitors.of_host(person.id, MOST)
    again = [layout.begin(_("🎫 Register a visitor"), "visitor")]
    if not found:
        return scene.tell(person, _("You have registered no visitors yet."), [again])
    shown = sorted(found, key=lambda one: not one.state.open)
    return scene.tell(person, _("<b>Your visitors</b>"), [*visits.expected(scene, tuple(shown)), again])


def menu(scene: Scene, person: Person) -> list[list[Tap]]:
    """For those who have a home to invite to."""
    if not scene.view(person).homes():
        return []
    return [[layout.begin(_("🎫 Register a visitor"), "visitor")]]


def more(scene: Scene, person: Person) -> list[list[Tap]]:
    """Whom they expect."""
    return [[layout.page(_("👥 My visitors"), "visitors")]] if scene.view(person).homes() else []


# ── by the clock ──


def _over(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    visitor = session.visitors.get(number_in(payload, "visitor"))
    change = expecting.ended(session, visitor.id, now)
    if change is not None:
        scene = Scene(session, bot, session.estates.get(visitor.estate_id), now)
        tell_all(scene, change)


def _purge(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    change = expecting.purge(session, number_in(payload, "visitor"), now)
    if change is not None:
        changed("visit.purged", visitor=change.visitor.id, estate=change.visitor.estate_id)
        _wipe(Scene(session, bot, session.estates.get(change.visitor.estate_id), now), change.visitor)


def _wipe(scene: Scene, visitor: Visitor) -> None:
    """What still stands of them in the chats of the gate, the office and the home goes, too."""
    text = _("🧹 {number}: over, and forgotten.", number=visits.number(visitor))
    home = [one.person_id for one in scene.session.households.living_in(visitor.home_id, scene.now)]
    staff = [one.person_id for one in scene.session.people.staff(scene.estate.id, scene.now)]
    for person in (scene.session.people.get(one) for one in dict.fromkeys((*staff, *home))):
        for key in (f"gate/{visitor.id}", f"visit/{visitor.id}", f"walkup/{visitor.id}"):
            if scene.session.outbox.message(scene.bot.id, person.telegram_id, key) is not None:
                scene.show(person, key, text)
    group, card = scene.estate.staff_chat, f"visit/{visitor.id}"
    if group is not None and scene.session.outbox.message(scene.bot.id, group, card) is not None:
        visits.wipe_card(scene, visitor, text)


# ── what is kept of a host ──


def export(session: Session, person: Person, now: datetime) -> Json:
    """Whom somebody expected, and when they came; who of the staff let them in is not theirs to take."""
    return [_exported(session, one) for one in session.visitors.of_host(person.id, expecting.EVERY)]


def _exported(session: Session, visitor: Visitor) -> Json:
    about = plain(visitor, "home_id", "estate_id", "guard_id", "code_hash", "issue", "version")
    steps = [{"at": plain(one.at), "name": one.name} for one in session.visitors.events(visitor.id)]
    history: dict[str, Json] = {"history": [*steps]}
    return (about if isinstance(about, dict) else {}) | history


FLOW = Flow(
    begins={"visitor": _begin},
    endings={"visitor": _("📨 Registered."), "refuse_visitor": _("✅ The host is told.")},
    tells={VisitChange: announce},
    pages={"visitors": show_visitors},
    acts={"vok": _approve, "vno": _refuse, "vrevoke": _revoke, "vtext": _text},
    timers={"visit": _over, "visit_purge": _purge},
    exports={"visitors": export},
    forgets=forget_guests,
    menu=menu,
    more=more,
)
