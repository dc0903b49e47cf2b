"""What a worker hears of a job, besides the job card itself."""

from collections.abc import Callable, Mapping

from bot import cards, job_cards
from bot.histories import number, slot
from bot.notices.words import quoted, who, worker_of
from bot.scene import Scene
from desk.records import Event, Media, Person, Request, Role
from dialogs.scripts.repair import when
from dialogs.scripts.work import reason
from locales.text import EMPTY, Lines, Value, _, _n

#: after these the worker gets the job card anew
HANDED_ANEW = frozenset(
    {"claimed", "assigned", "accepted", "transferred", "not_fixed", "answered", "answered_late", "resumed"}
)
#: with these the resident may have sent pictures
WITH_PICTURES = frozenset({"answered", "answered_late", "not_fixed", "noted"})
#: after these it is nobody's job any more
LET_GO = frozenset({"released", "not_fixed_again", "declined"})
#: after these somebody else had it before
HANDED_ON = frozenset({"assigned", "transferred"})


def tell_worker(scene: Scene, request: Request, event: Event) -> None:
    """Tells whose job it is, or was until this moment."""
    worker = _worker(scene, request, event)
    if worker is None:
        return
    said = _HEARS.get(event.name)
    if said is not None and event.actor.person_id != worker.id:
        scene.tell(worker, said(scene, request, event))
    if event.name in WITH_PICTURES:
        scene.album(Media.all_from(event.data.get("media")), to=worker)
    if event.name in HANDED_ON:
        _tell_former(scene, request, event, worker)
    if event.name in {"claimed", *HANDED_ON}:
        scene.album(request.media, to=worker)
    job_cards.show_job(scene, request, worker, anew=event.name in HANDED_ANEW)


def _worker(scene: Scene, request: Request, event: Event) -> Person | None:
    if event.name == "reopened":
        return None
    if request.worker_id is not None or event.name not in LET_GO:
        return worker_of(scene, request)
    return _last(scene, request, event)


def _last(scene: Scene, request: Request, event: Event) -> Person | None:
    """Whose job it was before this happened."""
    history = scene.session.requests.events(request.id)
    held = [_taker(one) for one in history if one.id != event.id]
    ids = [one for one in held if one is not None]
    return scene.session.people.get(ids[-1]) if ids else None


def _taker(event: Event) -> int | None:
    """Whose job it is from this event on, if it says so."""
    if event.name in {"claimed", "accepted"}:
        return event.actor.person_id
    to = event.data.get("to") if event.name in HANDED_ON else None
    return to if isinstance(to, int) else None


def _tell_former(scene: Scene, request: Request, event: Event, worker: Person) -> None:
    """Whoever had it sees that a colleague has it now."""
    former = _last(scene, request, event)
    if former is not None and former.id != worker.id:
        job_cards.show_job(scene, request, former)


def _given(scene: Scene, request: Request, event: Event) -> Value:
    by = scene.now + scene.estate.promises.respond
    text = _(
        "📌 {who} gives you {number}. Please accept it by {by}, or decline.",
        who=who(scene, event),
        number=cards.number(request),
        by=by,
    )
    return Lines((text, reason(event.why) if event.why else EMPTY))


def _declined(scene: Scene, request: Request, event: Event) -> Value:
    return _("↩️ {number} is not yours any more: {why}.", number=cards.number(request), why=reason(event.why))


def _answered(scene: Scene, request: Request, event: Event) -> Value:
    text = _("💬 The resident answers about {number}:", number=cards.number(request))
    return Lines((text, quoted(scene, event)))


def _noted(scene: Scene, request: Request, event: Event) -> Value:
    text = _("➕ The resident adds to {number}:", number=cards.number(request))
    return Lines((text, quoted(scene, event)))


def _hurried(scene: Scene, request: Request, event: Event) -> Value:
    return _n(
        "⏩ {number}: the resident asks to hurry.",
        "⏩ {number}: the resident asks to hurry, for the {n}. time.",
        request.hurried,
        number=cards.number(request),
    )


def _moved(scene: Scene, request: Request, event: Event) -> Value:
    return _(
        "🕑 {number}: another time was chosen, {visit}. Before it was: {before}.",
        number=cards.number(request),
        visit=when(request.visit),
        before=when(slot(event.data.get("from"))),
    )


def _not_fixed(scene: Scene, request: Request, event: Event) -> Value:
    text = _("👎 {number} is not fixed. It is yours again:", number=cards.number(request))
    return Lines((text, quoted(scene, event)))


def _cancelled(scene: Scene, request: Request, event: Event) -> Value:
    number = cards.number(request)
    text = (
        _("✖️ {number} was cancelled by the resident.", number=number)
        if event.actor.role is Role.RESIDENT
        else _("✖️ {number} was cancelled by {who}.", number=number, who=who(scene, event))
    )
    return Lines((text, reason(event.why) if event.why else EMPTY))


_HEARS: Mapping[str, Callable[[Scene, Request, Event], Value]] = {
    "assigned": _given,
    "transferred": _given,
    "declined": _declined,
    "answered": _answered,
    "answered_late": _answered,
    "noted": _noted,
    "hurried": _hurried,
    "moved": _moved,
    "not_fixed": _not_fixed,
    "confirmed": lambda scene, request, event: _(
        "👍 {number}: the resident confirms that it is fixed.", number=cards.number(request)
    ),
    "cancelled": _cancelled,
    "merged": lambda scene, request, event: _(
        "🔗 {number} is the same as {lead}, and goes on there.",
        number=cards.number(request),
        lead=number(event),
    ),
    "cancel_asked": lambda scene, request, event: _(
        "✋ The resident would like to call off {number}. The dispatcher decides; please wait for it.",
        number=cards.number(request),
    ),
    "cancel_refused": lambda scene, request, event: _(
        "▶️ {number} goes on, says {who}.", number=cards.number(request), who=who(scene, event)
    ),
    "closed_unanswered": lambda scene, request, event: _(
        "✅ {number} is closed.", number=cards.number(request)
    ),
}
