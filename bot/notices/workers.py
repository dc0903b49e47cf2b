"""What a worker hears of a job, besides the job card itself."""

from collections.abc import Callable, Mapping

from bot import cards, job_cards
from bot.histories import slot
from bot.notices.words import quoted, who, worker_of
from bot.scene import Scene
from desk.records import Event, Media, Person, Request, Role
from dialogs.scripts.repair import when
from dialogs.scripts.work import reason
from locales.text import EMPTY, Lines, Value, _, _n

#: after these the worker gets the job card anew
HANDED_ANEW = frozenset({"claimed", "not_fixed", "answered", "answered_late", "resumed"})
#: with these the resident may have sent pictures
WITH_PICTURES = frozenset({"answered", "answered_late", "not_fixed", "noted"})
#: after these it is nobody's job any more
LET_GO = frozenset({"released", "not_fixed_again"})


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
    if event.name == "claimed":
        scene.album(request.media, to=worker)
    job_cards.show_job(scene, request, worker, anew=event.name in HANDED_ANEW)


def _worker(scene: Scene, request: Request, event: Event) -> Person | None:
    if event.name == "reopened":
        return None
    if request.worker_id is not None or event.name not in LET_GO:
        return worker_of(scene, request)
    history = scene.session.requests.events(request.id)
    claims = [one.actor.person_id for one in history if one.name == "claimed" and one.actor.person_id]
    return scene.session.people.get(claims[-1]) if claims else None


def _answered(scene: Scene, request: Request, event: Event) -> Value:
    text = _("💬 The resident answers about {number}:", number=cards.number(request))
    return Lines((text, quoted(event)))


def _noted(scene: Scene, request: Request, event: Event) -> Value:
    text = _("➕ The resident adds to {number}:", number=cards.number(request))
    return Lines((text, quoted(event)))


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
    return Lines((text, quoted(event)))


def _cancelled(scene: Scene, request: Request, event: Event) -> Value:
    number = cards.number(request)
    text = (
        _("✖️ {number} was cancelled by the resident.", number=number)
        if event.actor.role is Role.RESIDENT
        else _("✖️ {number} was cancelled by {who}.", number=number, who=who(scene, event))
    )
    return Lines((text, reason(event.why) if event.why else EMPTY))


_HEARS: Mapping[str, Callable[[Scene, Request, Event], Value]] = {
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
