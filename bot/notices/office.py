"""What dispatchers and managers hear: whatever nobody else takes care of."""

from collections.abc import Callable, Mapping

from bot import cards, layout, outages
from bot.deciding import office_rows
from bot.notices.words import quoted
from bot.scene import Scene, Tap
from desk import service_levels
from desk.actions import again
from desk.records import Event, Link, Request, Role, State
from dialogs.scripts.work import reason
from locales.text import EMPTY, Lines, Value, _

#: who is told, from this rung on; where there is none of them, who stands above
LADDER: tuple[tuple[Role, ...], ...] = ((Role.DISPATCHER,), (Role.MANAGER,), (Role.OWNER,))


def tell_office(scene: Scene, request: Request, event: Event) -> None:
    """Tells the office what it has to see to."""
    if event.name in {"filed", "followed"} and (incident := outages.raised(scene, request, event)):
        outages.show_to_office(scene, incident, anew=True)
    if event.name == "cancel_asked":
        return _wants_out(scene, request, event)
    said = _HEARS.get(event.name)
    text = said(scene, request, event) if said is not None else EMPTY
    if text == EMPTY:
        return None
    stand = EMPTY if request.state is State.NEW else cards.standing(scene, request)
    level = request.escalation if event.name == "escalated" else service_levels.DISPATCHER
    told = Lines((text, "", cards.facts(scene, request), stand))
    return to_leaders(scene, told, office_rows(request), level)


def _not_fixed_again(scene: Scene, request: Request, event: Event) -> Value:
    text = _(
        "❗️ {number} was reported as not fixed again. It is open to all workers. Please see to it.",
        number=cards.number(request),
    )
    return Lines((text, quoted(scene, event)))


def _escalated(scene: Scene, request: Request, event: Event) -> Value:
    if request.escalation < service_levels.DISPATCHER:
        return EMPTY
    return _(
        "⏰ Nobody has claimed {number} yet. Please find somebody for it, or claim it yourself.",
        number=cards.number(request),
    )


def _declined(scene: Scene, request: Request, event: Event) -> Value:
    return _("↩️ {number} was not accepted: {why}.", number=cards.number(request), why=reason(event.why))


def _appealed(scene: Scene, request: Request, event: Event) -> Value:
    text = _("🙏 The resident asks to look at {number} again:", number=cards.number(request))
    return Lines((text, quoted(scene, event)))


def _filed(scene: Scene, request: Request, event: Event) -> Value:
    """Only what broke too many times within the estate's time."""
    if request.link is not Link.REPEAT:
        return EMPTY
    if again.times(scene.session, request, scene.estate) < again.TOO_OFTEN:
        return EMPTY
    return _("🔁 {number} is the same fault again. Please look into it.", number=cards.number(request))


def _hurried(scene: Scene, request: Request, event: Event) -> Value:
    if request.hurried < service_levels.HURRIED_TOO_OFTEN:
        return EMPTY
    return _(
        "⏩ {number}: the resident has asked to hurry {times} times. Please see to it.",
        number=cards.number(request),
        times=request.hurried,
    )


_HEARS: Mapping[str, Callable[[Scene, Request, Event], Value]] = {
    "not_fixed_again": _not_fixed_again,
    "escalated": _escalated,
    "declined": _declined,
    "appealed": _appealed,
    "filed": _filed,
    "hurried": _hurried,
}


def _wants_out(scene: Scene, request: Request, event: Event) -> None:
    text = _(
        "✋ The resident would like to call off {number}, but the work has begun. You decide:",
        number=cards.number(request),
    )
    why = (
        cards.quoted_reason(reason(event.why, cards.speech(scene, event.actor.person_id)))
        if event.why
        else EMPTY
    )
    rows = [
        [layout.order(_("✅ Call it off"), request.id, "cancel")],
        [layout.begin(_("▶️ Go on with it…"), "refuse_cancel", request.id)],
    ]
    to_leaders(scene, Lines((text, why, "", cards.facts(scene, request))), rows)


def to_leaders(
    scene: Scene, text: Value, rows: list[list[Tap]], level: int = service_levels.DISPATCHER
) -> None:
    """Tells the dispatchers, or who stands above them where there is none."""
    for roles in LADDER[level - service_levels.DISPATCHER :]:
        people = scene.people_in(*roles)
        for person in people:
            scene.tell(person, text, rows)
        if people:
            return
