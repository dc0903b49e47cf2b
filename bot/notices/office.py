"""What dispatchers and managers hear: whatever nobody else takes care of."""

from bot import cards, layout, outages
from bot.notices.words import quoted
from bot.scene import Scene, Tap
from desk import service_levels
from desk.actions import again
from desk.records import Event, Link, Request, Role
from dialogs.scripts.work import reason
from locales.text import EMPTY, Lines, Value, _

#: who is told, from this rung on; where there is none of them, who stands above
LADDER: tuple[tuple[Role, ...], ...] = ((Role.DISPATCHER,), (Role.MANAGER,), (Role.OWNER,))


def tell_office(scene: Scene, request: Request, event: Event) -> None:
    """Tells the office what it has to see to."""
    if event.name in {"filed", "followed"} and (incident := outages.raised(scene, request, event)):
        outages.show_to_office(scene, incident, anew=True)
    match event.name:
        case "not_fixed_again":
            text = _(
                "❗️ {number} was reported as not fixed again. It is open to all workers. Please see to it.",
                number=cards.number(request),
            )
            _unclaimed(scene, request, service_levels.DISPATCHER, Lines((text, quoted(event))))
        case "escalated" if request.escalation >= service_levels.DISPATCHER:
            text = _(
                "⏰ Nobody has claimed {number} yet. Please find somebody for it, or claim it yourself.",
                number=cards.number(request),
            )
            _unclaimed(scene, request, request.escalation, text)
        case "hurried" if request.hurried >= service_levels.HURRIED_TOO_OFTEN:
            _hurried(scene, request)
        case "filed" if _too_often(scene, request):
            text = _("🔁 {number} is the same fault again. Please look into it.", number=cards.number(request))
            _unclaimed(scene, request, service_levels.DISPATCHER, text)
        case "cancel_asked":
            _wants_out(scene, request, event)


def _too_often(scene: Scene, request: Request) -> bool:
    """Whether it broke too many times within the estate's time."""
    if request.link is not Link.REPEAT:
        return False
    return again.times(scene.session, request, scene.estate) >= again.TOO_OFTEN


def _hurried(scene: Scene, request: Request) -> None:
    text = _(
        "⏩ {number}: the resident has asked to hurry {times} times. Please see to it.",
        number=cards.number(request),
        times=request.hurried,
    )
    stand = cards.standing(scene, request)
    to_leaders(scene, Lines((text, "", cards.facts(scene, request), stand)), cards.claim_row(request))


def _wants_out(scene: Scene, request: Request, event: Event) -> None:
    text = _(
        "✋ The resident would like to call off {number}, but the work has begun. You decide:",
        number=cards.number(request),
    )
    why = cards.quoted_reason(reason(event.why)) if event.why else EMPTY
    rows = [
        [layout.order(_("✅ Call it off"), request.id, "cancel")],
        [layout.begin(_("▶️ Go on with it…"), "refuse_cancel", request.id)],
    ]
    to_leaders(scene, Lines((text, why, "", cards.facts(scene, request))), rows)


def _unclaimed(scene: Scene, request: Request, level: int, text: Value) -> None:
    to_leaders(scene, Lines((text, "", cards.facts(scene, request))), [[cards.claim(request)]], level)


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
