"""What those hear who follow what somebody else reported: how it goes on, and whether it is fixed."""

from collections.abc import Callable, Mapping

from bot import cards, layout
from bot.histories import until
from bot.notices.words import Said, quoted, who
from bot.scene import Scene, Tap
from desk.records import Event, Person, Request, State
from desk.records.followers import Follower, Verdict
from dialogs.scripts.work import reason
from locales.text import EMPTY, Lines, Value, _


def tell_followers(scene: Scene, request: Request, event: Event) -> None:
    """Tells everybody who follows it, but for whoever did it."""
    said = _HEARS.get(event.name)
    if said is None:
        return
    for follower in scene.session.followers.of(request.id):
        if follower.person_id != event.actor.person_id:
            _tell(scene, request, event, follower, said)


def _tell(
    scene: Scene,
    request: Request,
    event: Event,
    follower: Follower,
    said: Callable[[Scene, Request, Event], Said],
) -> None:
    person = scene.session.people.get(follower.person_id)
    text, rows = said(scene, request, event)
    if event.name == "done":
        if follower.verdict is not Verdict.FIXED:
            scene.show(person, asked_key(request), text, rows, anew=True)
        return
    if event.before is State.DONE and event.after is not State.CLOSED:
        taken_back(scene, request, person, before=request.not_fixed - 1)
    if event.name in _CLOSES and follower.verdict is Verdict.FIXED:
        rows = []
    scene.tell(person, text, rows)


def asked_key(request: Request, not_fixed: int | None = None) -> str:
    """The question whether it is fixed for them, too; each time its own."""
    return f"fixed/{request.id}/{request.not_fixed if not_fixed is None else not_fixed}"


def taken_back(scene: Scene, request: Request, person: Person, before: int | None = None) -> None:
    """The question without its buttons: it is answered, by them or by somebody else."""
    text = _("🟢 {number} was reported as done.", number=cards.number(request))
    scene.show(person, asked_key(request, before), text)


def fixed_rows(request: Request) -> list[list[Tap]]:
    """The question whether it is fixed, to somebody who follows it."""
    return [
        [
            layout.act(_("👍 Fixed"), "fixed_too", request.id),
            layout.begin(_("👎 Not fixed"), "not_fixed", request.id),
        ]
    ]


def _seen(request: Request) -> list[list[Tap]]:
    return [[layout.page(cards.number(request), "request", f"{request.id}")]]


def _claimed(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "👷 {who} takes care of {number}, which you follow.",
        who=who(scene, event),
        number=cards.number(request),
    )
    return text, _seen(request)


def _held(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "⏸ {number}, which you follow, is on hold until {until}: {why}.",
        number=cards.number(request),
        until=until(event),
        why=reason(event.why),
    )
    return text, _seen(request)


def _done(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "🟢 {who} reports {number}, which you follow, as done:",
        who=who(scene, event),
        number=cards.number(request),
    )
    return Lines((text, quoted(scene, event), _("<b>Is it fixed for you, too?</b>"))), fixed_rows(request)


def _not_fixed(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "👎 {number} is not fixed for everybody yet. The work on it goes on.", number=cards.number(request)
    )
    return text, []


def _closed(scene: Scene, request: Request, event: Event) -> Said:
    text = _("✅ {number}, which you followed, is closed.", number=cards.number(request))
    return text, [[layout.begin(_("👎 Not fixed for me"), "not_fixed", request.id)]]


def _cancelled(scene: Scene, request: Request, event: Event) -> Said:
    text = _(
        "✖️ {number}, which you followed, was called off. If you have the fault still, please tap below.",
        number=cards.number(request),
    )
    return text, [[layout.begin(_("👎 It is still there"), "not_fixed", request.id)]]


def _rejected(scene: Scene, request: Request, event: Event) -> Said:
    why: Value = quoted(scene, event) if event.why else EMPTY
    text = _("✖️ {number}, which you followed, was not taken on:", number=cards.number(request))
    return Lines((text, why)), []


_CLOSES = frozenset({"confirmed", "closed_unanswered"})
_HEARS: Mapping[str, Callable[[Scene, Request, Event], Said]] = {
    "claimed": _claimed,
    "accepted": _claimed,
    "held": _held,
    "done": _done,
    "not_fixed": _not_fixed,
    "not_fixed_again": _not_fixed,
    "confirmed": _closed,
    "closed_unanswered": _closed,
    "cancelled": _cancelled,
    "rejected": _rejected,
}
