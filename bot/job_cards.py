"""A request as its worker sees it: the job card, with what can be done next."""

from bot import cards, layout
from bot.scene import Scene, Tap
from desk.records import Person, Request, State
from locales.text import Lines, Text, _


def show_job(scene: Scene, request: Request, worker: Person, *, anew: bool = False) -> None:
    """The worker's own card, with what can be done next."""
    told = cards.facts(scene, request, cards.SHOWN_TO_WORKER)
    if request.worker_id == worker.id:
        text = Lines((told, "", cards.promise(request), cards.standing(scene, request)))
        rows = _job_rows(request, moving=cards.moving(scene, request))
    else:
        text, rows = Lines((told, "", _gone(request))), []
    scene.show(worker, f"job/{request.id}", text, rows, anew=anew)


def _gone(request: Request) -> Text:
    """What became of a job that was theirs."""
    if request.worker_id is not None:
        return _("👤 A colleague has it")
    return _("↩️ Given back to the queue")


def _job_rows(request: Request, *, moving: bool) -> list[list[Tap]]:
    ask = layout.begin(_("💬 Ask the resident"), "ask", request.id)
    hold = layout.begin(_("⏸ Hold"), "hold", request.id)
    release = layout.begin(_("↩️ Release"), "release", request.id)
    done = layout.begin(_("✅ Done"), "finish", request.id)
    on = layout.begin(_("👤 Hand on…"), "transfer", request.id)
    match request.state:
        case State.ASSIGNED:
            accept = layout.act(_("✅ Accept"), "accept", request.id)
            return [[accept, layout.begin(_("✖️ Decline…"), "decline", request.id)]]
        case State.ACCEPTED | State.SCHEDULED:
            go = layout.order(_("🚶 On my way"), request.id, "way")
            start = layout.order(_("▶️ Start"), request.id, "start")
            return [[start] if moving else [go, start], [ask, hold], [release, on], [done]]
        case State.IN_PROGRESS:
            return [[done], [ask, hold], [release, on]]
        case State.WAITING_RESIDENT:
            return [[hold, release]]
        case State.ON_HOLD:
            return [[layout.order(_("▶️ Resume"), request.id, "resume")], [release, on]]
        case _:
            return []
