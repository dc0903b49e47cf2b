"""Who hears what when a request changes: the group's card, the worker's job, the resident, the office."""

from collections.abc import Callable, Mapping

from bot import cards, layout
from bot.doings import changed
from bot.scene import Scene, Tap
from desk import service_levels
from desk.records import Change, Event, Media, Person, Request, Role, State
from dialogs.scripts.work import reason
from locales.text import Lines, Text, Value, _, verbatim

#: after these the card stands at the end of the topic again, so that it is seen
POSTED_ANEW = frozenset({"escalated", "released", "not_fixed_again"})
#: after these the worker gets the job card anew
HANDED_ANEW = frozenset({"claimed", "not_fixed", "answered", "resumed"})


def announce(scene: Scene, change: Change) -> None:
    """Tells everybody whom a change concerns."""
    request, event = change.request, change.event
    changed(
        f"request.{event.name}",
        request=request.id,
        estate=request.estate_id,
        state=request.state.value,
        by=event.actor.role.value,
    )
    if event.name == "filed":
        cards.post_card(scene, request)
    else:
        anew = event.name in POSTED_ANEW or (event.name == "resumed" and request.state is State.NEW)
        cards.show_card(scene, request, anew=anew)
    _tell_worker(scene, request, event)
    _tell_resident(scene, request, event)
    _tell_office(scene, request, event)


def _tell_worker(scene: Scene, request: Request, event: Event) -> None:
    worker = _worker(scene, request, event)
    if worker is None:
        return
    said = _WORKER_HEARS.get(event.name)
    if said is not None:
        scene.tell(worker, said(request, event))
    if event.name in {"answered", "not_fixed"}:
        scene.album(Media.all_from(event.data.get("media")), to=worker)
    if event.name == "claimed":
        scene.album(request.media, to=worker)
    cards.show_job(scene, request, worker, anew=event.name in HANDED_ANEW)


def _worker(scene: Scene, request: Request, event: Event) -> Person | None:
    """Whose job it is, or was until this moment."""
    if request.worker_id is not None:
        return scene.session.people.get(request.worker_id)
    if event.name not in {"released", "not_fixed_again"}:
        return None
    history = scene.session.requests.events(request.id)
    claims = [one.actor.person_id for one in history if one.name == "claimed" and one.actor.person_id]
    return scene.session.people.get(claims[-1]) if claims else None


def _tell_resident(scene: Scene, request: Request, event: Event) -> None:
    said = _RESIDENT_HEARS.get(event.name)
    if said is None:
        return None
    resident = scene.session.people.get(request.resident_id)
    text, rows = said(scene, request, event)
    if event.name in {"asked", "done"}:
        scene.album(Media.all_from(event.data.get("media")), to=resident)
    if event.name == "done":
        return scene.show(resident, _fixed_key(request, event), text, rows, anew=True)
    if event.before is State.DONE:
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
    return Lines((text, _quoted(notes[-1]))) if notes else text


def _tell_office(scene: Scene, request: Request, event: Event) -> None:
    if event.name == "not_fixed_again":
        text = _(
            "❗️ {number} was reported as not fixed again. It is open to all workers. Please see to it.",
            number=cards.number(request),
        )
        _to_leaders(scene, request, service_levels.DISPATCHER, Lines((text, _quoted(event))))
    elif event.name == "escalated" and request.escalation >= service_levels.DISPATCHER:
        text = _(
            "⏰ Nobody has claimed {number} yet. Please find somebody for it, or claim it yourself.",
            number=cards.number(request),
        )
        _to_leaders(scene, request, request.escalation, text)


def _to_leaders(scene: Scene, request: Request, level: int, text: Value) -> None:
    """Tells the dispatchers, or who stands above them where there is none."""
    ladder: list[tuple[Role, ...]] = [(Role.DISPATCHER,), (Role.MANAGER,), (Role.OWNER,)]
    for roles in ladder[level - service_levels.DISPATCHER :]:
        people = scene.people_in(*roles)
        for person in people:
            scene.tell(person, Lines((text, "", cards.facts(scene, request))), [[cards.claim(request)]])
        if people:
            return


def _quoted(event: Event) -> Value:
    return cards.quoted(event.why, cards.SHOWN_TO_WORKER)


_Said = tuple[Value, list[list[Tap]]]


def _plain(text: Callable[[Value, Value], Text]) -> Callable[[Scene, Request, Event], _Said]:
    def said(scene: Scene, request: Request, event: Event) -> _Said:
        return text(cards.number(request), _who(scene, event)), []

    return said


def _who(scene: Scene, event: Event) -> Value:
    if event.actor.person_id is None:
        return verbatim(event.actor.name)
    return cards.badge(scene, scene.session.people.get(event.actor.person_id))


def _filed(scene: Scene, request: Request, event: Event) -> _Said:
    text = _(
        "✅ <b>Your request is filed: <code>{number}</code></b>\n"
        "Somebody will take it on by {respond}, and we promise to solve it by {solve}.",
        number=cards.number(request),
        respond=request.respond_by,
        solve=request.solve_by,
    )
    return text, [[layout.copy(cards.number(request))], [layout.page(_("📋 My requests"), "requests")]]


def _asked(scene: Scene, request: Request, event: Event) -> _Said:
    text = _("💬 {who} asks about {number}:", who=_who(scene, event), number=cards.number(request))
    return Lines((text, _quoted(event))), [[layout.begin(_("💬 Answer"), "answer", request.id)]]


def _held(scene: Scene, request: Request, event: Event) -> _Said:
    text = _(
        "⏸ {number} is on hold until {until}: {why}.",
        number=cards.number(request),
        until=request.hold_until or scene.now,
        why=reason(event.why),
    )
    return text, []


def _released(scene: Scene, request: Request, event: Event) -> _Said:
    return _(
        "↩️ {number} went back to the queue. Somebody else will take it on.", number=cards.number(request)
    ), []


def _done(scene: Scene, request: Request, event: Event) -> _Said:
    text = _("🟢 {who} reports {number} as done:", who=_who(scene, event), number=cards.number(request))
    return Lines((text, _quoted(event), _("<b>Is it fixed?</b>"))), [cards.fixed_row(request)]


def _closed(scene: Scene, request: Request, event: Event) -> _Said:
    return _("✅ {number} is closed. Thank you!", number=cards.number(request)), []


def _closed_unanswered(scene: Scene, request: Request, event: Event) -> _Said:
    text = _(
        "✅ {number} is closed, as we heard nothing more. If it is not fixed, just write to me.",
        number=cards.number(request),
    )
    return text, []


def _not_fixed(scene: Scene, request: Request, event: Event) -> _Said:
    return _("I am sorry. The same worker comes again for {number}.", number=cards.number(request)), []


def _not_fixed_again(scene: Scene, request: Request, event: Event) -> _Said:
    return _(
        "I am sorry that {number} is still not fixed. The dispatcher has been told and sees to it.",
        number=cards.number(request),
    ), []


def _resumed(scene: Scene, request: Request, event: Event) -> _Said:
    return _("▶️ Work on {number} goes on.", number=cards.number(request)), []


_RESIDENT_HEARS: Mapping[str, Callable[[Scene, Request, Event], _Said]] = {
    "filed": _filed,
    "claimed": _plain(lambda number, who: _("👷 {who} takes care of {number}.", who=who, number=number)),
    "on_the_way": _plain(
        lambda number, who: _("🚶 {who} is on the way for {number}.", who=who, number=number)
    ),
    "started": _plain(lambda number, who: _("🔧 {who} has started on {number}.", who=who, number=number)),
    "asked": _asked,
    "held": _held,
    "resumed": _resumed,
    "released": _released,
    "done": _done,
    "confirmed": _closed,
    "closed_unanswered": _closed_unanswered,
    "not_fixed": _not_fixed,
    "not_fixed_again": _not_fixed_again,
    "cancelled": _plain(lambda number, who: _("✖️ {number} is cancelled.", number=number)),
}

_WORKER_HEARS: Mapping[str, Callable[[Request, Event], Value]] = {
    "answered": lambda request, event: Lines(
        (_("💬 The resident answers about {number}:", number=cards.number(request)), _quoted(event))
    ),
    "not_fixed": lambda request, event: Lines(
        (_("👎 {number} is not fixed. It is yours again:", number=cards.number(request)), _quoted(event))
    ),
    "confirmed": lambda request, event: _(
        "👍 {number}: the resident confirms that it is fixed.", number=cards.number(request)
    ),
    "cancelled": lambda request, event: _(
        "✖️ {number} was cancelled by the resident.", number=cards.number(request)
    ),
    "closed_unanswered": lambda request, event: _("✅ {number} is closed.", number=cards.number(request)),
}
