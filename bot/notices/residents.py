"""What the resident hears of a request of theirs."""

from collections.abc import Mapping

from bot import alarms, cards, layout, orders
from bot.histories import number
from bot.notices.words import Said, Says, plain, quoted, who
from bot.scene import Scene
from desk import service_levels
from desk.actions.dispatching import appealable
from desk.records import Event, Media, Priority, Request, State, Type
from dialogs.scripts.repair import when
from dialogs.scripts.work import reason
from locales.text import Lines, Text, Value, _


def tell_resident(scene: Scene, request: Request, event: Event) -> None:
    """Tells whose request it is."""
    said = _HEARS_OF_ALARMS.get(event.name) if request.priority is Priority.EMERGENCY else None
    said = said or _HEARS.get(event.name)
    if said is None or (event.name == "moved" and event.actor.person_id == request.resident_id):
        return None
    resident = scene.session.people.get(request.resident_id)
    text, rows = said(scene, request, event)
    if event.name == "escalated":
        return scene.show(resident, f"late/{request.id}", text, rows, anew=request.escalation == 1)
    if event.name in {"asked", "done"}:
        scene.album(Media.all_from(event.data.get("media")), to=resident)
    if event.name == "done":
        return scene.show(resident, _fixed_key(request, event), text, rows, anew=True)
    if event.before is State.DONE and event.after is not State.DONE:
        scene.show(resident, _fixed_key(request, event), _reported(scene, request))
    scene.tell(resident, text, rows)
    return None


def _fixed_key(request: Request, event: Event) -> str:
    """The question whether it is fixed, which loses its buttons once it is answered; each time its own."""
    answered_no = event.before is State.DONE and request.state is not State.CLOSED
    return f"fixed/{request.id}/{request.not_fixed - answered_no}"


def _reported(scene: Scene, request: Request) -> Value:
    """What stays of the question: that it was reported as done, and with which words."""
    notes = [event for event in scene.session.requests.events(request.id) if event.name == "done"]
    text = _("🟢 {number} was reported as done:", number=cards.number(request))
    return Lines((text, quoted(scene, notes[-1]))) if notes else text


def _filed(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "✅ <b>Your request is filed: <code>{number}</code></b>\n"
        "Somebody will take it on by {respond}, and we promise to solve it by {solve}.",
        number=cards.number(request),
        respond=request.respond_by,
        solve=request.solve_by,
    )
    if request.type is Type.SERVICE:
        text = _ordered(request)
    return text, [[layout.copy(cards.number(request))], [layout.page(_("📋 My requests"), "requests")]]


def _ordered(request: Request) -> Text:
    """A service: what is promised is that somebody deals with it, before the time that was chosen."""
    return _(
        "✅ <b>Your request is filed: <code>{number}</code></b>\nSomebody deals with it by {respond}.",
        number=cards.number(request),
        respond=request.respond_by,
    )


def _asked(scene: Scene, request: Request, event: Event) -> Said:
    text = _("💬 {who} asks about {number}:", who=who(scene, event), number=cards.number(request))
    return Lines((text, quoted(scene, event))), [[layout.begin(_("💬 Answer"), "answer", request.id)]]


def _held(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "⏸ {number} is on hold until {until}: {why}.",
        number=cards.number(request),
        until=request.hold_until or scene.now,
        why=reason(event.why),
    )
    return text, []


def _released(scene: Scene, request: Request, event: Event) -> Said:
    return _(
        "↩️ {number} went back to the queue. Somebody else will take it on.", number=cards.number(request)
    ), []


def _done(scene: Scene, request: Request, event: Event) -> Said:
    text = _("🟢 {who} reports {number} as done:", who=who(scene, event), number=cards.number(request))
    return Lines((text, quoted(scene, event), _("<b>Is it fixed?</b>"))), [orders.fixed_row(request)]


def _closed(scene: Scene, request: Request, event: Event) -> Said:
    return _("✅ {number} is closed. Thank you!", number=cards.number(request)), []


def _closed_unanswered(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "✅ {number} is closed, as we heard nothing more. If it is not fixed, just write to me.",
        number=cards.number(request),
    )
    return text, []


def _not_fixed(scene: Scene, request: Request, event: Event) -> Said:
    if event.actor.person_id != request.resident_id:
        text = _(
            "👎 A neighbour says that {number} is not fixed for them yet. The same worker comes again.",
            number=cards.number(request),
        )
        return text, []
    return _("I am sorry. The same worker comes again for {number}.", number=cards.number(request)), []


def _not_fixed_again(scene: Scene, request: Request, event: Event) -> Said:
    return _(
        "I am sorry that {number} is still not fixed. The dispatcher has been told and sees to it.",
        number=cards.number(request),
    ), []


def _resumed(scene: Scene, request: Request, event: Event) -> Said:
    return _("▶️ Work on {number} goes on.", number=cards.number(request)), []


def _rejected(scene: Scene, request: Request, event: Event) -> Said:
    text = _("✖️ We cannot take on {number}. {who} says:", number=cards.number(request), who=who(scene, event))
    rows = [[layout.begin(_("🙏 Please look at it again"), "appeal", request.id)]]
    return Lines((text, quoted(scene, event))), rows if appealable(scene.session, request) else []


def _merged(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "🔗 {number} is the same as {lead}, which somebody reported, too: it goes on there. You follow it, "
        "and are asked whether it is fixed.",
        number=cards.number(request),
        lead=number(event),
    )
    return text, [[layout.page(number(event), "request", f"{event.data.get('request')}")]]


def _moved(scene: Scene, request: Request, event: Event) -> Said:
    """Only where staff chose it."""
    text = _(
        "🕑 {who} would like to come for {number} at another time: {visit}.",
        who=who(scene, event),
        number=cards.number(request),
        visit=when(request.visit),
    )
    return text, [[layout.begin(_("🕑 Change the time"), "move", request.id)]]


def _late(scene: Scene, request: Request, event: Event) -> Said:
    """The promised answer time has passed; one message, which then tells who was told next."""
    sorry = _(
        "⏰ I am sorry: we promised that somebody takes on {number} by {respond}, and nobody has yet.",
        number=cards.number(request),
        respond=request.respond_by,
    )
    match request.escalation:
        case service_levels.DISPATCHER:
            told = _("The dispatcher has been told and looks for somebody.")
        case service_levels.MANAGER:
            told = _("The manager has been told and sees to it.")
        case _:
            told = _("The whole team has been reminded.")
    return Lines((sorry, told)), [[layout.page(cards.number(request), "request", f"{request.id}")]]


def _cancel_refused(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "▶️ The work on {number} goes on. {who} says:", number=cards.number(request), who=who(scene, event)
    )
    return Lines((text, quoted(scene, event))), []


def _comes(scene: Scene, request: Request, event: Event) -> Said:
    return alarms.accepted(scene, request, who(scene, event)), []


def _raised(scene: Scene, request: Request, event: Event) -> Said:
    linked = request.home_id is not None or bool(
        scene.session.people.occupancies(request.resident_id, scene.now)
    )
    return alarms.filed(scene, request, linked), [[layout.copy(cards.number(request))]]


def _called_off(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "↩️ {number} is called off, and everybody who was alerted is told. "
        "Does something need repair all the same?",
        number=cards.number(request),
    )
    return text, [[layout.begin(_("🛠 Report a repair"), "repair")]]


#: what is said otherwise where somebody may come to harm
_HEARS_OF_ALARMS: Mapping[str, Says] = {"filed": _raised, "claimed": _comes, "cancelled": _called_off}

_HEARS: Mapping[str, Says] = {
    "filed": _filed,
    "claimed": plain(lambda number, who: _("👷 {who} takes care of {number}.", who=who, number=number)),
    "on_the_way": plain(
        lambda number, who: _("🚶 {who} is on the way for {number}.", who=who, number=number)
    ),
    "started": plain(lambda number, who: _("🔧 {who} has started on {number}.", who=who, number=number)),
    "asked": _asked,
    "held": _held,
    "resumed": _resumed,
    "released": _released,
    "done": _done,
    "confirmed": _closed,
    "closed_unanswered": _closed_unanswered,
    "not_fixed": _not_fixed,
    "not_fixed_again": _not_fixed_again,
    "moved": _moved,
    "accepted": plain(lambda number, who: _("👷 {who} takes care of {number}.", who=who, number=number)),
    "transferred": plain(
        lambda number, who: _("👤 {number} goes to a colleague, who comes to you.", number=number)
    ),
    "rejected": _rejected,
    "merged": _merged,
    "unmerged": plain(lambda number, who: _("↪️ {number} goes on by itself again.", number=number)),
    "escalated": _late,
    "cancelled": plain(lambda number, who: _("✖️ {number} is cancelled.", number=number)),
    "cancel_asked": plain(
        lambda number, who: _(
            "✋ The work on {number} has begun, so the dispatcher decides. You hear from us.", number=number
        )
    ),
    "cancel_refused": _cancel_refused,
}
