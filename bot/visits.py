"""A visitor as shown: the host's pass, the office's card, the gate's card, and what a home is asked."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot import layout
from bot.mail import qr
from bot.scene import Scene, Tap
from desk import passes
from desk.actions.gate import LOOKED_THROUGH, standing_at, verdict_on
from desk.actions.visitors import approvers
from desk.calendar import day_of
from desk.records import Person, Queue, Role
from desk.records.visitors import Mode, Stay, Visitor
from desk.taxonomy import visit_reasons
from desk.visitors import Verdict
from dialogs.scripts.visiting_times import in_words, people_in_words
from dialogs.scripts.visitors import MODES
from locales.text import EMPTY, Joined, Lines, Text, Value, _, verbatim

#: how a start parameter with a pass begins
LINK = "pass-"

STATES: Mapping[Stay, Text] = {
    Stay.REQUESTED: _("⏳ Waiting for the office"),
    Stay.APPROVED: _("⏳ Waiting for the office"),
    Stay.ACTIVE: _("🟢 Expected"),
    Stay.ARRIVED: _("🚪 Has arrived"),
    Stay.LEFT: _("✅ Has left"),
    Stay.REFUSED: _("✖️ Refused"),
    Stay.EXPIRED: _("⌛️ The time is over"),
    Stay.REVOKED: _("✖️ Taken back"),
}
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


def number(visitor: Visitor) -> str:
    """What people quote."""
    return f"V-{visitor.id}"


def name(visitor: Visitor) -> Text:
    """Whom it is about; once forgotten, only that there was somebody."""
    return verbatim(visitor.name) if visitor.name else _("a visitor")


def host(scene: Scene, visitor: Visitor) -> Person | None:
    """Who expects them."""
    return scene.session.people.get(visitor.host_id) if visitor.host_id else None


def door(scene: Scene, visitor: Visitor) -> str:
    """The code of the home."""
    return scene.session.estates.home(visitor.home_id).code


def times(scene: Scene, visitor: Visitor) -> Value:
    """When they are expected."""
    return in_words(visitor.start, visitor.end, visitor.days, scene.estate.time_zone)


def facts(scene: Scene, visitor: Visitor) -> Lines:
    """Who comes, when, and how."""
    who = Joined((name(visitor), people_in_words(visitor.people)))
    walks_up = visitor.mode is Mode.WALK_UP
    when = EMPTY if walks_up else _("🕑 {when}", when=times(scene, visitor))
    return Lines(
        (
            _("👤 {who}", who=who),
            when,
            _("🔁 {mode}", mode=MODES[visitor.mode]) if visitor.mode is Mode.SEVERAL else EMPTY,
            _("🚗 {plate}", plate=visitor.plate) if visitor.plate else EMPTY,
            _("🎯 {reason}", reason=Text(visit_reasons().get(visitor.reason, visitor.reason))),
            _("🚧 {gate}", gate=visitor.gate) if visitor.gate else EMPTY,
        )
    )


# ── for the host ──


def code(scene: Scene, visitor: Visitor) -> str:
    """What the guard types."""
    return passes.code(scene.session.visitors.key(visitor.estate_id), visitor.id, visitor.issue)


def link(scene: Scene, visitor: Visitor) -> str:
    """What the QR code opens."""
    token = passes.token(scene.session.visitors.key(visitor.estate_id), visitor.id, visitor.issue)
    return f"https://t.me/{scene.bot.username}?start={LINK}{token}"


def show_pass(scene: Scene, visitor: Visitor, reader: Person, *, keyed: bool = False) -> None:
    """The pass as a picture, with its code below; keyed, it changes with what happens to it."""
    key = f"pass/{visitor.id}" if keyed else ""
    scene.picture(
        reader, qr(link(scene, visitor)), caption(scene, visitor), pass_rows(scene, visitor), key=key
    )


def caption(scene: Scene, visitor: Visitor) -> Lines:
    """What stands below the picture; a pass that is no good any more shows no code."""
    good = visitor.state in {Stay.ACTIVE, Stay.ARRIVED}
    shown = _("Code for the gate: <code>{code}</code>", code=code(scene, visitor)) if good else EMPTY
    home = _("🏠 {home}, {estate}", home=door(scene, visitor), estate=scene.estate.name)
    head = _("🎫 <b>Visitor pass {number}</b>", number=number(visitor))
    return Lines((head, shown, facts(scene, visitor), home, "", STATES[visitor.state]))


def pass_rows(scene: Scene, visitor: Visitor) -> list[list[Tap]]:
    """What the host can do with a pass now."""
    rows: list[list[Tap]] = []
    if visitor.state is Stay.ACTIVE:
        rows.append([layout.copy(code(scene, visitor))])
        rows.append([layout.act(_("💬 Text for the guest"), "vtext", visitor.id)])
    if visitor.state in {Stay.ACTIVE, Stay.REQUESTED}:
        rows.append([layout.act(_("✖️ Take the pass back"), "vrevoke", visitor.id)])
    if visitor.mode is not Mode.WALK_UP and visitor.name:
        rows.append([layout.begin(_("🔁 Register them again"), "visitor", visitor.id)])
    return [*rows, [layout.page(_("👥 My visitors"), "visitors")]]


def tell_text(scene: Scene, visitor: Visitor, reader: Person) -> None:
    """An invitation in plain words, to be forwarded or copied: the guest needs no Telegram to read it."""
    gate = visitor.gate or Joined(scene.estate.rules.visitors.gates, " / ")
    has_gate = bool(visitor.gate or scene.estate.rules.visitors.gates)
    lines = (
        _("{name}, you are expected at {estate}, {home}.",
          name=name(visitor), estate=scene.estate.name, home=door(scene, visitor)),
        _("When: {when}", when=times(scene, visitor)),
        _("Gate: {gate}", gate=gate) if has_gate else EMPTY,
        _("Car: {plate}", plate=visitor.plate) if visitor.plate else EMPTY,
        _("At the gate, tell the guard this code: {code}", code=code(scene, visitor)),
    )  # fmt: skip
    scene.tell(reader, Lines(lines))


def show_to_host(scene: Scene, visitor: Visitor, reader: Person) -> None:
    """One visitor of the host's list."""
    if visitor.state is Stay.ACTIVE:
        return show_pass(scene, visitor, reader)
    return scene.tell(reader, caption(scene, visitor), pass_rows(scene, visitor))


# ── for the office ──


def show_card(scene: Scene, visitor: Visitor, *, anew: bool = False) -> None:
    """The question to those who approve: in the topic of the estate's queue for it, else in private."""
    asked = visitor.state is Stay.REQUESTED
    yes, no = layout.act(_("✅ Approve"), "vok", visitor.id), layout.act(_("✖️ Refuse"), "vno", visitor.id)
    rows = [[yes, no]] if asked else []
    expects = host(scene, visitor)
    by = _("🏠 {home}, expected by {host}", home=door(scene, visitor), host=expects.name if expects else "—")
    head = _("🎫 <b>Visitor {number}: may they come?</b>", number=number(visitor))
    text = Lines((head, facts(scene, visitor), by, "", STATES[visitor.state]))
    key, queue = f"visit/{visitor.id}", _queue(scene)
    if queue is not None:
        return scene.post(queue, key, text, rows, anew=anew)
    for person in deciders(scene):
        scene.show(person, key, text, rows, anew=anew)
    return None


def _queue(scene: Scene) -> Queue | None:
    wanted = scene.estate.rules.visitors.queue
    if scene.estate.staff_chat is None:
        return None
    return next((one for one in scene.session.estates.queues(scene.estate.id) if one.code == wanted), None)


def deciders(scene: Scene) -> tuple[Person, ...]:
    """Who is asked in private: those below the managers who may say yes, or else the managers."""
    allowed = approvers(scene.estate.rules.visitors)
    nearest = scene.people_in(*({Role.DISPATCHER, Role.GUARD} & allowed))
    return nearest or scene.people_in(Role.MANAGER) or scene.people_in(Role.OWNER)


# ── for the gate ──


def show_at_gate(scene: Scene, visitor: Visitor, guard: Person, *, anew: bool = False) -> None:
    """What a guard sees of a pass, and can do."""
    if visitor.mode is Mode.WALK_UP:
        text, rows = _waiting(scene, visitor)
    else:
        verdict = verdict_on(
            scene.session, visitor, standing_at(scene.session, guard, visitor.estate_id), scene.now
        )
        text = Lines(
            (VERDICTS[verdict], "", facts(scene, visitor), _for_whom(scene, visitor), _been(visitor))
        )
        rows = _gate_rows(visitor, verdict)
    scene.show(guard, f"gate/{visitor.id}", text, rows, anew=anew)


def _for_whom(scene: Scene, visitor: Visitor) -> Value:
    expects = host(scene, visitor)
    if expects is None:
        return _("🏠 {home}", home=door(scene, visitor))
    return _("🏠 {home}, expected by {host}", home=door(scene, visitor), host=expects.name)


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
            head, rows = STATES[visitor.state], []
    return Lines((head, "", facts(scene, visitor), home, _been(visitor))), rows


def ask_home(scene: Scene, visitor: Visitor, *, anew: bool = False) -> None:
    """Everybody who lives there is asked; once somebody has answered, all see what was said."""
    for living in scene.session.households.living_in(visitor.home_id, scene.now):
        reader = scene.session.people.get(living.person_id)
        head = _("🔔 <b>Somebody is at the gate for {home}</b>", home=door(scene, visitor))
        text = Lines((head, facts(scene, visitor), "", _answered(scene, visitor, reader)))
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
        return STATES[Stay.EXPIRED]
    actor = scene.session.visitors.events(visitor.id)[-1].actor
    by: Value = _("You") if actor.person_id == reader.id else verbatim(actor.name)
    let_in = visitor.state in {Stay.ARRIVED, Stay.LEFT}
    return _("✅ Let in by: {who}", who=by) if let_in else _("✖️ Refused by: {who}", who=by)


def expected(scene: Scene, visitors: tuple[Visitor, ...]) -> list[list[Tap]]:
    """Visitors as a list of buttons."""
    return [[layout.page(_entry(scene, one), "visit", f"{one.id}")] for one in visitors]


def _entry(scene: Scene, visitor: Visitor) -> Value:
    mark = STATES[visitor.state].id.split(" ", 1)[0]
    return Joined((Joined((mark, name(visitor)), " "), door(scene, visitor), visitor.start))


def today(scene: Scene, most: int) -> tuple[Visitor, ...]:
    """Who is expected today or inside, the earliest end first."""
    local = scene.now.astimezone(ZoneInfo(scene.estate.time_zone)).date()
    _start, end = day_of(local, scene.estate.time_zone)
    found = scene.session.visitors.at_gate(scene.estate.id, scene.now, end, LOOKED_THROUGH)
    return tuple(one for one in found if one.state.open)[:most]
