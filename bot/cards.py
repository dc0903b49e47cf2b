"""A request in words, and its card in the staff group."""

from collections.abc import Mapping

from bot import details, layout, related
from bot.naming import (
    SHOWN as SHOWN,
    badge as badge,
    number as number,
    quoted as quoted,
    speech as speech,
)
from bot.problems import problem as problem
from bot.scene import Scene, Tap
from desk.actions.emergencies import danger_of
from desk.discretion import is_discreet
from desk.records import Event, Priority, Request, State, Type
from dialogs.dangers import TITLES
from dialogs.engine.screen import cut
from dialogs.kinds import about
from locales.text import EMPTY, Joined, Lines, Text, Typed, Value, _, _n

#: how much of somebody's words whoever has to act on them is told
SHOWN_TO_WORKER = 2700
#: how many notes, and how much of each
NOTES, SHOWN_OF_NOTE = 3, 200

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


def kind(request: Request) -> Value:
    """What it is about: in the estate's own words, where it has any."""
    danger = danger_of(request)
    return TITLES[danger.code] if danger is not None and not request.details.title else about(request)


#: what stands before the number of what is no repair
MARKS: Mapping[Type, str] = {
    Type.COMPLAINT: "📣",
    Type.SUGGESTION: "💡",
    Type.PRAISE: "🌟",
    Type.QUESTION: "❓",
}


def headline(request: Request) -> Text:
    """Number and kind, marked if it is urgent."""
    if request.priority is Priority.EMERGENCY:
        return _("🆘 <b>{number} · {kind}</b>", number=number(request), kind=kind(request))
    if request.type in MARKS:
        mark = MARKS[request.type]
        return _("{mark} <b>{number} · {kind}</b>", mark=mark, number=number(request), kind=kind(request))
    if request.priority is Priority.URGENT:
        return _("🚨 <b>{number} · {kind}</b>", number=number(request), kind=kind(request))
    return _("🛠 <b>{number} · {kind}</b>", number=number(request), kind=kind(request))


#: the same as the resident is told it
FOR_RESIDENTS: dict[State, Text] = {
    **STATES,
    State.NEW: _("🟡 Waiting for a worker"),
    State.WAITING_RESIDENT: _("💬 Waiting for your answer"),
    State.DONE: _("🟢 Done: please tell us whether it is fixed"),
}


def standing(scene: Scene, request: Request, words: Mapping[State, Text] = STATES) -> Value:
    """Where it stands, until when, and with whom."""
    state: Value = _("🚶 On the way") if moving(scene, request) else words[request.state]
    if request.hold_until is not None:
        state = _("⏸ On hold until {until}", until=request.hold_until)
    if request.worker_id is None:
        return state
    worker = scene.session.people.get(request.worker_id)
    return Joined((state, badge(scene, worker)), " · ")


def moving(scene: Scene, request: Request) -> bool:
    """Whether the worker has set out, and not begun yet."""
    if request.state not in {State.ACCEPTED, State.SCHEDULED}:
        return False
    return scene.session.requests.last_event(request.id).name == "on_the_way"


def quoted_reason(why: Value) -> Value:
    """A reason of ours or somebody's own words."""
    if isinstance(why, Typed):
        return quoted(why.words, SHOWN, why.language)
    return _("<blockquote>{words}</blockquote>", words=cut(why, SHOWN))


def facts(scene: Scene, request: Request, most: int = SHOWN) -> Lines:
    """What a worker needs to know before going."""
    return Lines(
        (
            headline(request),
            home(scene, request),
            *details.spot(request),
            problem(scene, request, most),
            *related.related(scene, request),
            *_added(scene, request),
            *details.coming(request),
            *details.pays(request, scene.estate.currency),
            _files(request),
        )
    )


def _added(scene: Scene, request: Request) -> list[Value]:
    """What its resident said later: notes, and how often to hurry."""
    if request.version == 1:
        return []
    notes = [event for event in scene.session.requests.events(request.id) if event.name == "noted"]
    told: list[Value] = [_("➕ {words}", words=said(scene, note, SHOWN_OF_NOTE)) for note in notes[-NOTES:]]
    if request.hurried:
        told.append(_n("⏩ Asked to hurry", "⏩ Asked to hurry {n} times", request.hurried))
    return told


def said(scene: Scene, event: Event, most: int) -> Value:
    """What somebody said with a step, within a sentence."""
    return cut(Typed(event.why, speech(scene, event.actor.person_id)), most)


def home(scene: Scene, request: Request) -> Value:
    """Which home it is about."""
    found = scene.session.estates.home(request.home_id) if request.home_id else None
    return _("🏠 {home}", home=found.code) if found else EMPTY


def _files(request: Request) -> Value:
    return _n("📎 {n} file", "📎 {n} files", len(request.media)) if request.media else EMPTY


def show_card(scene: Scene, request: Request, *, anew: bool = False) -> None:
    """The card in the queue's topic, in its newest state; what is for the office alone has none."""
    if is_discreet(request):
        return
    queue = scene.session.estates.queue(request.queue_id)
    stand = standing(scene, request)
    text = Lines((_warning(request), facts(scene, request), "", promise(request), stand))
    rows = claim_row(request)
    scene.post(queue, card_key(request), text, rows, anew=anew)


def card_key(request: Request) -> str:
    """Under which its card in the group is found again."""
    return f"card/{request.id}"


def post_card(scene: Scene, request: Request) -> None:
    """The card of a request that the group has not seen yet, below its photos."""
    if request.media and not is_discreet(request):
        scene.album(request.media, queue=scene.session.estates.queue(request.queue_id))
    show_card(scene, request, anew=True)


def _warning(request: Request) -> Value:
    if request.state is not State.NEW or not request.escalation:
        return EMPTY
    if request.not_fixed > 1:
        return _("❗️ <b>Reported as not fixed {times} times.</b>", times=request.not_fixed)
    return _("⏰ <b>Nobody has claimed this yet.</b>")


def promise(request: Request) -> Value:
    """By when what is promised, to the staff."""
    if request.state is State.NEW:
        return _(
            "⏱ Promised: claimed by {respond}, solved by {solve}",
            respond=request.respond_by,
            solve=request.solve_by,
        )
    return _("⏱ Promised: solved by {solve}", solve=request.solve_by) if request.state.open else EMPTY


def claim_row(request: Request) -> list[list[Tap]]:
    """The button that takes a request on, as long as nobody has."""
    return [[claim(request)]] if request.state is State.NEW else []


def claim(request: Request) -> Tap:
    """The button that takes a request on."""
    return layout.order(_("🙋 Claim"), request.id, "claim")
