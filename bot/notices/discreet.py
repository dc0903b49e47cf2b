"""Who hears what of what is for the office alone: never the staff group, never whom it is against."""

from collections.abc import Callable, Mapping

from bot import cards, discreet_cards, layout
from bot.notices.words import Said, plain, quoted, who, worker_of
from bot.scene import Scene
from desk import discretion
from desk.records import Event, Media, Person, Request, Role, State, Type
from desk.service_levels import MANAGERS_HEAR, OWNERS_HEAR
from locales.text import EMPTY, Lines, Value, _

#: after these the office gets its cards anew
ANEW = frozenset({"filed", "released", "not_fixed", "not_fixed_again", "answered", "answered_late"})
WITH_PICTURES = frozenset({"noted", "answered", "answered_late", "not_fixed", "not_fixed_again"})


def announce(scene: Scene, request: Request, event: Event) -> None:
    """Tells the office and the resident; praise is told by whoever filed it."""
    if request.type is Type.PRAISE and event.name in {"filed", "praised"}:
        return
    office = _office(scene, request, event)
    said = _OFFICE_HEARS.get(event.name)
    for person in office:
        _tell_office(scene, request, event, person, said(scene, request, event) if said else EMPTY)
    _tell_resident(scene, request, event)


def _office(scene: Scene, request: Request, event: Event) -> tuple[Person, ...]:
    """Whoever deals with it, and until somebody does, the dispatchers and managers; higher where an answer
    is owed for too long."""
    told = list(discretion.told(scene.session, request, scene.now, *_roles(request, event)))
    worker = worker_of(scene, request)
    return tuple(dict.fromkeys([*told, *([worker] if worker else [])]))


def _roles(request: Request, event: Event) -> tuple[Role, ...]:
    rung = event.data.get("rung")
    if isinstance(rung, int) and rung >= OWNERS_HEAR:
        return (Role.MANAGER, Role.OWNER)
    if isinstance(rung, int) and rung >= MANAGERS_HEAR:
        return (Role.MANAGER,)
    if request.type is Type.SUGGESTION:
        return (Role.MANAGER,)
    return (Role.DISPATCHER, Role.MANAGER)


def _tell_office(scene: Scene, request: Request, event: Event, person: Person, said: Value) -> None:
    own = event.actor.person_id == person.id
    concerns = request.worker_id in {None, person.id} or event.name == "answer_due"
    if said != EMPTY and not own and concerns:
        scene.tell(person, said)
    if event.name == "filed":
        scene.album(request.media, to=person)
    elif event.name in WITH_PICTURES and concerns:
        scene.album(Media.all_from(event.data.get("media")), to=person)
    anew = concerns and (event.name in ANEW or event.name == "answer_due")
    discreet_cards.show_office(scene, request, person, anew=anew or (event.name == "claimed" and own))


def _tell_resident(scene: Scene, request: Request, event: Event) -> None:
    said = _RESIDENT_HEARS.get(event.name)
    if said is None:
        return
    resident = scene.session.people.get(request.resident_id)
    told = said(scene, request, event)
    if told is None:
        return
    text, rows = told
    if event.name in {"replied", "done", "asked"}:
        scene.album(Media.all_from(event.data.get("media")), to=resident)
    if event.name in {"replied", "done"}:
        scene.show(resident, _settled_key(request, event), text, rows, anew=True)
        return
    if event.before is State.DONE and event.after is not State.DONE:
        scene.show(resident, _settled_key(request, event), _was_answered(scene, request))
    scene.tell(resident, text, rows)


def _settled_key(request: Request, event: Event) -> str:
    """The question whether that settles it, which loses its buttons once answered; each time its own."""
    answered_no = event.before is State.DONE and request.state is not State.CLOSED
    return f"settled/{request.id}/{request.not_fixed - answered_no}"


def _was_answered(scene: Scene, request: Request) -> Value:
    """What stays of the question: the answer."""
    history = scene.session.requests.events(request.id)
    replies = [event for event in history if event.name in {"replied", "done"}]
    if not replies:
        return cards.headline(request)
    return Lines((_answered_by(scene, request, replies[-1]), quoted(scene, replies[-1])))


def _answered_by(scene: Scene, request: Request, event: Event) -> Value:
    return _("💬 {who} answers {number}:", who=who(scene, event), number=cards.number(request))


def _filed(scene: Scene, request: Request, event: Event) -> Said:
    number = cards.number(request)
    match request.type:
        case Type.COMPLAINT:
            head = _("✅ <b>Your complaint is filed: <code>{number}</code></b>", number=number)
        case Type.SUGGESTION:
            head = _("✅ <b>Your suggestion is filed: <code>{number}</code></b>", number=number)
        case _:
            head = _("✅ <b>Your question is passed on: <code>{number}</code></b>", number=number)
    kept = _("Whom it is about never sees it.") if request.type is Type.COMPLAINT else EMPTY
    rows = [[layout.copy(number)], [layout.page(_("📋 My requests"), "requests")]]
    return Lines((head, _("We answer by {solve}.", solve=request.solve_by), kept)), rows


def _claimed(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "👤 {who} deals with {number}. We answer by {solve}.",
        who=who(scene, event),
        number=cards.number(request),
        solve=request.solve_by,
    )
    return text, []


def _asked(scene: Scene, request: Request, event: Event) -> Said:
    text = _("💬 {who} asks about {number}:", who=who(scene, event), number=cards.number(request))
    return Lines((text, quoted(scene, event))), [[layout.begin(_("💬 Answer"), "answer", request.id)]]


def _replied(scene: Scene, request: Request, event: Event) -> Said:
    settled = _("<b>Does that settle it?</b>")
    text = Lines((_answered_by(scene, request, event), quoted(scene, event), settled))
    return text, [discreet_cards.settled_row(request)]


def _decided(scene: Scene, request: Request, event: Event) -> Said:
    told = {"who": who(scene, event), "number": cards.number(request)}
    if event.data.get("accepted"):
        text = _("👍 {who} takes up your suggestion {number}. Thank you!", **told)
    else:
        text = _("👎 {who} has looked at your suggestion {number}, and does not take it up:", **told)
    return Lines((text, quoted(scene, event))), []


def _not_content(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "I am sorry. {number} gets another answer, by {solve}.",
        number=cards.number(request),
        solve=request.solve_by,
    )
    return text, []


def _not_content_again(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "I am sorry that {number} is still not settled. The manager has been told, and we answer by {solve}.",
        number=cards.number(request),
        solve=request.solve_by,
    )
    return text, []


def _closed_unanswered(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "✅ {number} is closed, as we heard nothing more. If it is not settled, just write to me.",
        number=cards.number(request),
    )
    return text, []


def _released(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "↩️ {number} goes to a colleague. We still answer by {solve}.",
        number=cards.number(request),
        solve=request.solve_by,
    )
    return text, []


def _overdue(scene: Scene, request: Request, event: Event) -> Said | None:
    """The resident is told once, when the promise is broken."""
    if event.data.get("rung") != OWNERS_HEAR:
        return None
    text = _(
        "⏰ I am sorry: we promised an answer to {number} by {solve}, and owe it to you still. "
        "Those who lead the estate have been told.",
        number=cards.number(request),
        solve=request.solve_by,
    )
    return text, []


_RESIDENT_HEARS: Mapping[str, Callable[[Scene, Request, Event], Said | None]] = {
    "filed": _filed,
    "claimed": _claimed,
    "asked": _asked,
    "replied": _replied,
    "done": _replied,
    "decided": _decided,
    "confirmed": plain(lambda number, who: _("✅ {number} is closed. Thank you!", number=number)),
    "closed_unanswered": _closed_unanswered,
    "not_fixed": _not_content,
    "not_fixed_again": _not_content_again,
    "released": _released,
    "answer_due": _overdue,
    "cancelled": plain(lambda number, who: _("✖️ {number} is cancelled.", number=number)),
}


def _due(scene: Scene, request: Request, event: Event) -> Value:
    told: dict[str, Value] = {"number": cards.number(request), "solve": request.solve_by}
    if scene.now >= request.solve_by:
        return _("⏰ {number}: the answer was promised by {solve}, and is owed still.", **told)
    return _("⏰ {number}: an answer is owed by {solve}.", **told)


def _with_words(text: Callable[[Value], Value]) -> Callable[[Scene, Request, Event], Value]:
    return lambda scene, request, event: Lines((text(cards.number(request)), quoted(scene, event)))


_OFFICE_HEARS: Mapping[str, Callable[[Scene, Request, Event], Value]] = {
    "answered": _with_words(lambda number: _("💬 The resident answers about {number}:", number=number)),
    "answered_late": _with_words(lambda number: _("💬 The resident answers about {number}:", number=number)),
    "noted": _with_words(lambda number: _("➕ The resident adds to {number}:", number=number)),
    "not_fixed": _with_words(lambda number: _("👎 {number}: the answer does not settle it:", number=number)),
    "not_fixed_again": _with_words(
        lambda number: _("👎 {number}: the answer does not settle it again:", number=number)
    ),
    "confirmed": lambda scene, request, event: _(
        "👍 {number}: the answer settles it, says the resident.", number=cards.number(request)
    ),
    "cancelled": lambda scene, request, event: _(
        "✖️ {number} was cancelled by the resident.", number=cards.number(request)
    ),
    "hurried": lambda scene, request, event: _(
        "⏩ {number}: the resident would like an answer soon.", number=cards.number(request)
    ),
    "escalated": lambda scene, request, event: _(
        "⏰ Nobody deals with {number} yet.", number=cards.number(request)
    ),
    "answer_due": _due,
}
