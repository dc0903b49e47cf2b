"""A request as it is shown: the card in the staff group, the job of its worker, the order of its resident."""

from collections.abc import Mapping

from bot import layout
from bot.scene import Scene, Tap
from desk import lifecycle
from desk.records import Actor, Person, Priority, Request, Role, State
from desk.taxonomy import kinds
from dialogs.engine.screen import cut
from dialogs.scripts.repair import when
from locales.text import EMPTY, Joined, Lines, Text, Titles, Value, _, _n, verbatim

#: how much of somebody's words a card shows, and how much whoever has to act on them is told
SHOWN, SHOWN_TO_WORKER = 700, 3000

STATES: dict[State, Text] = {
    State.NEW: _("🟡 Waiting for somebody to claim it"),
    State.ASSIGNED: _("🟡 Assigned"),
    State.ACCEPTED: _("🔵 Claimed"),
    State.SCHEDULED: _("🔵 Visit agreed"),
    State.IN_PROGRESS: _("🔧 In progress"),
    State.WAITING_RESIDENT: _("💬 Waiting for the resident's answer"),
    State.ON_HOLD: _("⏸ On hold"),
    State.DONE: _("🟢 Done, waiting for the resident to confirm"),
    State.CLOSED: _("✅ Closed"),
    State.CANCELLED: _("✖️ Cancelled"),
    State.REJECTED: _("✖️ Rejected"),
    State.DUPLICATE: _("🔗 Merged into another request"),
}


def number(request: Request) -> str:
    """The number that people quote."""
    return f"R-{request.number}"


def kind(request: Request) -> Value:
    """What it is about: in the estate's own words, where it has any."""
    if request.details.title:
        return Titles(request.details.title)
    known = kinds().get(request.kind)
    return Text(known.title if known else request.kind)


def headline(request: Request) -> Text:
    """Number and kind, marked if it is urgent."""
    if request.priority is Priority.URGENT:
        return _("🚨 <b>{number} · {kind}</b>", number=number(request), kind=kind(request))
    return _("🛠 <b>{number} · {kind}</b>", number=number(request), kind=kind(request))


def badge(scene: Scene, person: Person) -> Value:
    """A worker as colleagues and residents know them: name and badge."""
    shown = next((post.badge for post in scene.posts(person) if post.badge), "")
    return _("{name}, badge {badge}", name=person.name, badge=shown) if shown else verbatim(person.name)


#: the same as the resident is told it
FOR_RESIDENTS: dict[State, Text] = {
    **STATES,
    State.NEW: _("🟡 Waiting for a worker"),
    State.WAITING_RESIDENT: _("💬 Waiting for your answer"),
    State.DONE: _("🟢 Done: please tell us whether it is fixed"),
}


def standing(scene: Scene, request: Request, words: Mapping[State, Text] = STATES) -> Value:
    """Where it stands, until when, and with whom."""
    state: Value = _("🚶 On the way") if _moving(scene, request) else words[request.state]
    if request.hold_until is not None:
        state = _("⏸ On hold until {until}", until=request.hold_until)
    if request.worker_id is None:
        return state
    worker = scene.session.people.get(request.worker_id)
    return Joined((state, badge(scene, worker)), " · ")


def _moving(scene: Scene, request: Request) -> bool:
    """Whether the worker has set out, and not begun yet."""
    if request.state not in {State.ACCEPTED, State.SCHEDULED}:
        return False
    return scene.session.requests.last_event(request.id).name == "on_the_way"


def quoted(words: str, most: int = SHOWN) -> Value:
    """Somebody's own words, as far as they fit into a message."""
    return _("<blockquote>{words}</blockquote>", words=cut(words, most)) if words else EMPTY


def facts(scene: Scene, request: Request, most: int = SHOWN) -> Lines:
    """What a worker needs to know before going."""
    return Lines(
        (
            headline(request),
            _home(scene, request),
            quoted(request.problem, most),
            _("🕑 Visit: {visit}", visit=when(request.visit)),
            _("🔑 Staff may go in when nobody is at home")
            if request.entry
            else _("🔒 Only when somebody is at home"),
            _files(request),
        )
    )


def _home(scene: Scene, request: Request) -> Value:
    home = scene.session.estates.home(request.home_id) if request.home_id else None
    return _("🏠 {home}", home=home.code) if home else EMPTY


def _files(request: Request) -> Value:
    return _n("📎 {n} file", "📎 {n} files", len(request.media)) if request.media else EMPTY


def show_card(scene: Scene, request: Request, *, anew: bool = False) -> None:
    """The card in the queue's topic, in its newest state."""
    queue = scene.session.estates.queue(request.queue_id)
    stand = standing(scene, request)
    text = Lines((_warning(request), facts(scene, request), "", _promise(request), stand))
    rows = [[claim(request)]] if request.state is State.NEW else []
    scene.post(queue, card_key(request), text, rows, anew=anew)


def card_key(request: Request) -> str:
    """Under which its card in the group is found again."""
    return f"card/{request.id}"


def post_card(scene: Scene, request: Request) -> None:
    """The card of a request that the group has not seen yet, below its photos."""
    if request.media:
        scene.album(request.media, queue=scene.session.estates.queue(request.queue_id))
    show_card(scene, request, anew=True)


def _warning(request: Request) -> Value:
    if request.state is not State.NEW or not request.escalation:
        return EMPTY
    if request.not_fixed > 1:
        return _("❗️ <b>Reported as not fixed {times} times.</b>", times=request.not_fixed)
    return _("⏰ <b>Nobody has claimed this yet.</b>")


def _promise(request: Request) -> Value:
    if request.state is State.NEW:
        return _(
            "⏱ Promised: claimed by {respond}, solved by {solve}",
            respond=request.respond_by,
            solve=request.solve_by,
        )
    return _("⏱ Promised: solved by {solve}", solve=request.solve_by) if request.state.open else EMPTY


def claim(request: Request) -> Tap:
    """The button that takes a request on."""
    return layout.order(_("🙋 Claim"), request.id, "claim")


def show_job(scene: Scene, request: Request, worker: Person, *, anew: bool = False) -> None:
    """The worker's own card, with what can be done next."""
    told = facts(scene, request, SHOWN_TO_WORKER)
    if request.worker_id == worker.id:
        text = Lines((told, "", _promise(request), standing(scene, request)))
        rows = _job_rows(request, moving=_moving(scene, request))
    else:
        text, rows = Lines((told, "", _("↩️ Given back to the queue"))), []
    scene.show(worker, f"job/{request.id}", text, rows, anew=anew)


def _job_rows(request: Request, *, moving: bool) -> list[list[Tap]]:
    ask = layout.begin(_("💬 Ask the resident"), "ask", request.id)
    hold = layout.begin(_("⏸ Hold"), "hold", request.id)
    release = layout.begin(_("↩️ Release"), "release", request.id)
    done = layout.begin(_("✅ Done"), "finish", request.id)
    match request.state:
        case State.ACCEPTED | State.SCHEDULED:
            go = layout.order(_("🚶 On my way"), request.id, "way")
            start = layout.order(_("▶️ Start"), request.id, "start")
            return [[start] if moving else [go, start], [ask, hold], [release, done]]
        case State.IN_PROGRESS:
            return [[done], [ask, hold], [release]]
        case State.WAITING_RESIDENT:
            return [[hold, release]]
        case State.ON_HOLD:
            return [[layout.order(_("▶️ Resume"), request.id, "resume")], [release]]
        case _:
            return []


def show_order(scene: Scene, request: Request, resident: Person) -> None:
    """The request as its resident sees it, with its history in plain words."""
    promise = _("We promised to solve it by {solve}.", solve=request.solve_by) if request.state.open else ""
    text = Lines(
        (
            headline(request),
            _home(scene, request),
            quoted(request.problem),
            "",
            standing(scene, request, FOR_RESIDENTS),
            promise,
        )
    )
    scene.tell(resident, text, order_rows(request))


def order_rows(request: Request) -> list[list[Tap]]:
    """What its resident can do with a request now."""
    back = layout.page(_("📋 My requests"), "requests")
    match request.state:
        case State.DONE:
            return [fixed_row(request), [back]]
        case State.WAITING_RESIDENT:
            return [[layout.begin(_("💬 Answer"), "answer", request.id)], [back]]
        case _ if lifecycle.possible(request, "cancelled", _resident(request)):
            return [[layout.order(_("✖️ Cancel this request"), request.id, "cancel")], [back]]
        case _:
            return [[back]]


def _resident(request: Request) -> Actor:
    return Actor(role=Role.RESIDENT, person_id=request.resident_id)


def fixed_row(request: Request) -> list[Tap]:
    """The question whether it is truly fixed."""
    return [
        layout.order(_("👍 Fixed"), request.id, "fixed"),
        layout.begin(_("👎 Not fixed"), "not_fixed", request.id),
    ]
