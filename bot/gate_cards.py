"""A visitor at the gate: the guard's card, and what a home is asked about somebody without a pass."""

from collections.abc import Mapping

from bot import layout, visits
from bot.scene import Scene, Tap
from desk.actions.gate import standing_at, verdict_on
from desk.records import Person
from desk.records.visitors import Mode, Stay, Visitor
from desk.visitors import Verdict
from locales.text import EMPTY, Joined, Lines, Text, Value, _, verbatim

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.VALID: _("✅ <b>Valid: let them in</b>"),
    Verdict.INSIDE: _("🚪 <b>Already inside</b>"),
    Verdict.USED: _("❌ <b>Used already</b>: this pass was for one visit"),
    Verdict.NOT_YET: _("❌ <b>Not yet</b>: the visit begins later"),
    Verdict.NOT_NOW: _("❌ <b>Not now</b>: other days or hours were agreed"),
    Verdict.EXPIRED: _("❌ <b>Expired</b>"),
    Verdict.REVOKED: _("❌ <b>Taken back by the host</b>"),
    Verdict.REFUSED: _("❌ <b>Refused</b>"),
    Verdict.WAITING: _("❌ <b>Not approved yet</b>: the office has not answered"),
    Verdict.WRONG_GATE: _("❌ <b>Wrong gate</b>"),
}


def show_at_gate(scene: Scene, visitor: Visitor, guard: Person, *, anew: bool = False) -> None:
    """What a guard sees of a pass, and can do."""
    if visitor.mode is Mode.WALK_UP:
        text, rows = _waiting(scene, visitor)
    else:
        verdict = verdict_on(
            scene.session, visitor, standing_at(scene.session, guard, visitor.estate_id), scene.now
        )
        text = Lines(
            (VERDICTS[verdict], "", visits.facts(scene, visitor), _for_whom(scene, visitor), _been(visitor))
        )
        rows = _gate_rows(visitor, verdict)
    scene.show(guard, f"gate/{visitor.id}", text, rows, anew=anew)


def _for_whom(scene: Scene, visitor: Visitor) -> Value:
    expects = visits.host(scene, visitor)
    if expects is None:
        return _("🏠 {home}", home=visits.door(scene, visitor))
    return _("🏠 {home}, expected by {host}", home=visits.door(scene, visitor), host=expects.name)


def _been(visitor: Visitor) -> Value:
    """When they came in and went."""
    if visitor.arrived_at is None:
        return EMPTY
    came = _("Came in: {when}", when=visitor.arrived_at)
    gone = visitor.left_at is not None and visitor.state is not Stay.ARRIVED
    return Joined((came, _("left: {when}", when=visitor.left_at or visitor.arrived_at))) if gone else came


def _gate_rows(visitor: Visitor, verdict: Verdict) -> list[list[Tap]]:
    match verdict:
        case Verdict.VALID:
            return [[layout.act(_("🚪 Has arrived: let in"), "varrive", visitor.id)]]
        case Verdict.INSIDE:
            return [[layout.act(_("👋 Has left"), "vleave", visitor.id)]]
        case Verdict.WRONG_GATE:
            return [[layout.page(_("🚧 Change the gate"), "gate")]]
        case _:
            return []


def _waiting(scene: Scene, visitor: Visitor) -> tuple[Value, list[list[Tap]]]:
    """Somebody without a pass, as the guard sees it."""
    home = _for_whom(scene, visitor)
    match visitor.state:
        case Stay.REQUESTED:
            head: Value = _("📞 <b>The home is asked.</b> Their answer comes here.")
            rows = [
                [layout.act(_("✅ Let in: I called them"), "vin", visitor.id)],
                [layout.act(_("✖️ Turn away"), "vout", visitor.id)],
            ]
        case Stay.ARRIVED:
            head, rows = _("✅ <b>Let them in</b>"), [[layout.act(_("👋 Has left"), "vleave", visitor.id)]]
        case Stay.REFUSED:
            head, rows = _("❌ <b>Do not let them in</b>"), []
        case _:
            head, rows = visits.STATES[visitor.state], []
    return Lines((head, "", visits.facts(scene, visitor), home, _been(visitor))), rows


def ask_home(scene: Scene, visitor: Visitor, *, anew: bool = False) -> None:
    """Everybody who lives there is asked; once somebody has answered, all see what was said."""
    for living in scene.session.households.living_in(visitor.home_id, scene.now):
        reader = scene.session.people.get(living.person_id)
        head = _("🔔 <b>Somebody is at the gate for {home}</b>", home=visits.door(scene, visitor))
        text = Lines((head, visits.facts(scene, visitor), "", _answered(scene, visitor, reader)))
        rows = [
            [layout.act(_("✅ Let in"), "vin", visitor.id), layout.act(_("✖️ Refuse"), "vout", visitor.id)]
        ]
        asked = visitor.state is Stay.REQUESTED
        scene.show(reader, f"walkup/{visitor.id}", text, rows if asked else [], anew=anew)


def _answered(scene: Scene, visitor: Visitor, reader: Person) -> Value:
    """What became of the question."""
    if visitor.state is Stay.REQUESTED:
        return _("May they come in? The first answer counts.")
    if visitor.state is Stay.EXPIRED:
        return visits.STATES[Stay.EXPIRED]
    actor = scene.session.visitors.events(visitor.id)[-1].actor
    by: Value = _("You") if actor.person_id == reader.id else verbatim(actor.name)
    let_in = visitor.state in {Stay.ARRIVED, Stay.LEFT}
    return _("✅ Let in by: {who}", who=by) if let_in else _("✖️ Refused by: {who}", who=by)
