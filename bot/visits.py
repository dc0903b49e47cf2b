"""A visitor as shown: the host's pass, the office's card, the gate's card, and what a home is asked."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot import layout
from bot.mail import qr
from bot.scene import Scene, Tap
from desk import passes
from desk.actions.visitors import approvers
from desk.calendar import day_of
from desk.records import Person, Queue, Role
from desk.records.visitors import Mode, Stay, Visitor
from desk.taxonomy import visit_reasons
from dialogs.names import estate_name, gate_name
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


def number(visitor: Visitor) -> str:
    """What people quote."""
    return f"V-{visitor.number}"


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
    walks_up, rules = visitor.mode is Mode.WALK_UP, scene.estate.rules.visitors
    when = EMPTY if walks_up else _("🕑 {when}", when=times(scene, visitor))
    return Lines(
        (
            _("👤 {who}", who=who),
            when,
            _("🔁 {mode}", mode=MODES[visitor.mode]) if visitor.mode is Mode.SEVERAL else EMPTY,
            _("🚗 {plate}", plate=visitor.plate) if visitor.plate else EMPTY,
            _("🎯 {reason}", reason=Text(visit_reasons().get(visitor.reason, visitor.reason))),
            _("🚧 {gate}", gate=gate_name(rules, visitor.gate)) if visitor.gate else EMPTY,
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
    home = _("🏠 {home}, {estate}", home=door(scene, visitor), estate=estate_name(scene.estate))
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
    rules = scene.estate.rules.visitors
    gates = (visitor.gate,) if visitor.gate else rules.gates
    by = Joined(tuple(gate_name(rules, one) for one in gates), " / ")
    lines = (
        _("{name}, you are expected at {estate}, {home}.",
          name=name(visitor), estate=estate_name(scene.estate), home=door(scene, visitor)),
        _("When: {when}", when=times(scene, visitor)),
        _("Gate: {gate}", gate=by) if gates else EMPTY,
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


def wipe_card(scene: Scene, visitor: Visitor, text: Value) -> None:
    """The card in the topic says nothing of them any more."""
    queue = _queue(scene)
    if queue is not None:
        scene.post(queue, f"visit/{visitor.id}", text)


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


# ── lists ──


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
    return scene.session.visitors.at_gate(scene.estate.id, scene.now, end, most)
