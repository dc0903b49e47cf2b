"""What residents tell the office alone, as each of the office sees it, and as its resident does."""

from collections.abc import Mapping

from bot import cards, layout
from bot.histories import history, who
from bot.scene import Scene, Tap
from desk import discretion
from desk.actions import my_requests
from desk.lifecycle import LEADERS
from desk.places import building_of
from desk.records import Person, Place, Request, State, Type
from dialogs.scripts.complaints import PLACES, job_name
from locales.text import EMPTY, Lines, Text, Typed, Value, _, _n

#: how each of them stands, to the office and to its resident
STATES: Mapping[State, Text] = {
    **cards.STATES,
    State.NEW: _("🟡 Nobody deals with it yet"),
    State.ACCEPTED: _("🔵 Somebody deals with it"),
    State.IN_PROGRESS: _("🔵 Somebody deals with it"),
    State.DONE: _("🟢 Answered, waiting for the resident"),
}
FOR_RESIDENTS: Mapping[State, Text] = {
    **STATES,
    State.NEW: _("🟡 The office has it"),
    State.WAITING_RESIDENT: cards.FOR_RESIDENTS[State.WAITING_RESIDENT],
    State.DONE: _("🟢 Answered: please tell us whether that settles it"),
}
#: how much of somebody's words the office is shown
SHOWN = 2000
#: the steps by which the office answers
REPLIES = frozenset({"replied", "done", "decided"})


def show(scene: Scene, request: Request, person: Person) -> None:
    """One of them, to whoever may see it: asked for by a page, so at the end of the chat."""
    if request.resident_id == person.id:
        return show_resident(scene, request, person)
    if request.type is Type.PRAISE and request.worker_id == person.id:
        return scene.tell(person, praise(scene, request))
    return show_office(scene, request, person, anew=True)


def show_office(scene: Scene, request: Request, person: Person, *, anew: bool = False) -> None:
    """The own card of somebody of the office, in its newest state."""
    if discretion.may_see(scene.session, request, person.id, scene.now):
        rows = _rows(scene, request, person)
        scene.show(person, f"office/{request.id}", facts(scene, request), rows, anew=anew)


def facts(scene: Scene, request: Request) -> Lines:
    """What the office needs to know to answer."""
    return Lines(
        (
            cards.headline(request),
            _from(scene, request),
            _where(scene, request),
            _job(scene, request),
            _against(scene, request),
            cards.problem(scene, request, SHOWN),
            *_notes(scene, request),
            _answered(scene, request),
            _n("📎 {n} file", "📎 {n} files", len(request.media)) if request.media else EMPTY,
            _("☎️ Please call back: {phone}", phone=request.details.phone) if request.details.phone else EMPTY,
            "",
            _("⏱ Promised: answered by {solve}", solve=request.solve_by) if request.state.open else EMPTY,
            cards.standing(scene, request, STATES),
        )
    )


def _from(scene: Scene, request: Request) -> Value:
    """Who says it, and from which home."""
    name = scene.session.people.get(request.resident_id).name
    if request.home_id is None:
        return _("👤 {name}", name=name)
    home = scene.session.estates.home(request.home_id)
    return _("👤 {name}, {home}", name=name, home=home.code)


def _where(scene: Scene, request: Request) -> Value:
    if request.type is not Type.COMPLAINT or request.place is Place.ESTATE:
        return EMPTY
    if request.place is Place.BUILDING and request.home_id is not None:
        building = building_of(scene.session.estates.home(request.home_id))
        return _("📍 Building {building}", building=building)
    return _("📍 {place}", place=FOR_OFFICE[request.place])


#: where it is, as the office reads it
FOR_OFFICE: Mapping[Place, Text] = {
    **PLACES,
    Place.HOME: _("In or around the home"),
    Place.BUILDING: _("In the building"),
}


def _job(scene: Scene, request: Request) -> Value:
    if request.linked_id is None:
        return EMPTY
    return _("🔗 About {job}", job=job_name(scene.session.requests.get(request.linked_id)))


def _against(scene: Scene, request: Request) -> Value:
    """Whom a complaint is against, or praise for."""
    if request.type is Type.PRAISE:
        worker = scene.session.people.get(request.worker_id) if request.worker_id else None
        named = cards.badge(scene, worker) if worker else Typed(request.details.where, request.language)
        return _("🌟 For: {who}", who=named) if worker or request.details.where else EMPTY
    if request.accused_id is not None:
        return _("⚠️ Against: {who}", who=cards.badge(scene, scene.session.people.get(request.accused_id)))
    if request.type is Type.COMPLAINT and request.details.where:
        return _("⚠️ Against: {who}", who=Typed(request.details.where, request.language))
    return EMPTY


def _notes(scene: Scene, request: Request) -> list[Value]:
    notes = [event for event in scene.session.requests.events(request.id) if event.name == "noted"]
    return [
        cards.quoted(note.why, cards.SHOWN_OF_NOTE, cards.speech(scene, note.actor.person_id))
        for note in notes[-cards.NOTES :]
    ]


def _answered(scene: Scene, request: Request) -> Value:
    """What the office has said to it last."""
    replies = [one for one in scene.session.requests.events(request.id) if one.name in REPLIES]
    if not replies:
        return EMPTY
    last = replies[-1]
    return _("💬 {who}: {words}", who=who(last), words=cards.said(scene, last, cards.SHOWN))


def _rows(scene: Scene, request: Request, person: Person) -> list[list[Tap]]:
    """What this person of the office can do with it now."""
    if not request.state.open:
        return []
    reply = layout.begin(_("💬 Answer"), "reply", request.id)
    leads = scene.holds(person, LEADERS)
    if request.type is Type.SUGGESTION and leads:
        return [[layout.begin(_("⚖️ Decide"), "decide", request.id), reply]]
    if request.state is State.NEW:
        return [[layout.order(_("🙋 I deal with it"), request.id, "claim"), reply]]
    own = request.worker_id == person.id and request.state is not State.WAITING_RESIDENT
    ask = layout.begin(_("❓ Ask the resident"), "ask", request.id)
    return [[reply], *([[ask, layout.begin(_("↩️ Release"), "release", request.id)]] if own else [])]


def show_resident(scene: Scene, request: Request, resident: Person) -> None:
    """One of them with its history, as its resident sees it."""
    promise = _("We promised an answer by {solve}.", solve=request.solve_by) if request.state.open else EMPTY
    text = Lines(
        (
            cards.headline(request),
            cards.problem(scene, request),
            "",
            cards.standing(scene, request, FOR_RESIDENTS),
            promise,
            "",
            history(scene, request),
        )
    )
    scene.tell(
        resident, text, [*resident_rows(scene, request), [layout.copy(cards.number(request))], [_list()]]
    )


def resident_rows(scene: Scene, request: Request) -> list[list[Tap]]:
    """What its resident can do with it now."""
    match request.state:
        case State.DONE:
            return [settled_row(request)]
        case State.WAITING_RESIDENT:
            return [[layout.begin(_("💬 Answer"), "answer", request.id)]]
        case State.CLOSED if my_requests.reopenable(request, scene.now):
            return [[layout.begin(_("👎 It is not settled after all"), "reopen", request.id)]]
        case _ if not request.state.open:
            return []
        case _:
            note = layout.begin(_("➕ Add a note or photo"), "note", request.id)
            return [[note], [layout.begin(_("✖️ Cancel this request"), "call_off", request.id)]]


def settled_row(request: Request) -> list[Tap]:
    """The question whether an answer settles it."""
    return [
        layout.order(_("👍 That settles it"), request.id, "fixed"),
        layout.begin(_("👎 It does not"), "not_fixed", request.id),
    ]


def _list() -> Tap:
    return layout.page(_("📋 My requests"), "requests")


def praise(scene: Scene, request: Request) -> Lines:
    """Praise, as whoever did well reads it."""
    about = _("🌟 <b>Somebody praises your work!</b>")
    return Lines((about, cards.problem(scene, request, SHOWN), _("Thank you for it.")))
