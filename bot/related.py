"""To what a request belongs: how many homes it is about, and which earlier one it goes back to."""

from bot.naming import badge, number
from bot.problems import problem
from bot.scene import Scene
from desk.actions import again
from desk.records import Link, Request
from locales.text import Lines, Value, _, _n, verbatim

#: how much of the earlier words is shown
SHOWN = 200


def related(scene: Scene, request: Request) -> list[Value]:
    """What whoever works on it should know of others that belong to it."""
    told: list[Value] = [homes(request), *_outage(scene, request)] if request.weight > 1 else []
    if request.linked_id is None or request.link is None:
        return told
    earlier = scene.session.requests.get(request.linked_id)
    match request.link:
        case Link.REPEAT:
            told.append(_repeat(scene, request, earlier))
        case Link.REOPENED:
            text = _(
                "↩️ Opened again, before it was {number} by {who}:",
                number=number(earlier),
                who=_by(scene, earlier),
            )
            told.append(Lines((text, problem(scene, earlier, SHOWN))))
        case Link.DUPLICATE:
            told.append(_("🔗 Goes on as {number}", number=number(earlier)))
    return told


def _outage(scene: Scene, request: Request) -> list[Value]:
    """That a whole building is without, where this request leads."""
    incident = scene.session.incidents.led_by(request.id) if request.state.open else None
    if incident is None:
        return []
    if incident.expected_at is None:
        return [_("⚡ The whole building {building} is concerned", building=incident.building)]
    return [
        _(
            "⚡ The whole building {building} is concerned, expected to be over by {at}",
            building=incident.building,
            at=incident.expected_at,
        )
    ]


def homes(request: Request) -> Value:
    """How many homes it is about."""
    return _n("👥 {n} home", "👥 {n} homes", request.weight)


def _repeat(scene: Scene, request: Request, earlier: Request) -> Value:
    return _(
        "🔁 {times} times in {span}, last {number} by {who}",
        times=again.times(scene.session, request, scene.estate),
        span=scene.estate.rules.again.repeat,
        number=number(earlier),
        who=_by(scene, earlier),
    )


def _by(scene: Scene, request: Request) -> Value:
    if request.worker_id is None:
        return verbatim("—")
    return badge(scene, scene.session.people.get(request.worker_id))
