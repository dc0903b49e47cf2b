"""A request as its resident sees it: the list of them, one with its history, and what can be wished of it."""

from bot import cards, details, layout
from bot.histories import history
from bot.related import related
from bot.scene import Scene, Tap
from desk import lifecycle
from desk.actions import dispatching, jobs, my_requests
from desk.records import Actor, Person, Request, Role, State, Type
from dialogs.scripts.repair import when
from locales.text import EMPTY, Joined, Lines, Value, _

#: how many requests one page of the list shows
PAGE = 20
#: how far back a list goes
FURTHEST = 400


def show_orders(scene: Scene, person: Person, about: str = "") -> None:
    """What the person reported: open ones first, then the newest; a page at a time."""
    found = sorted(
        scene.session.requests.of_resident(person.id, FURTHEST),
        key=lambda request: not (request.state.open or request.state is State.DONE),
    )
    followed = _followed(scene, person)
    if not found and not followed:
        rows = [[layout.begin(_("🛠 Report a repair"), "repair")]]
        return scene.tell(person, _("You have no requests yet."), rows)
    page = layout.turn(about, max(len(found) - 1, 0) // PAGE)
    shown = found[page * PAGE : (page + 1) * PAGE]
    rows = [[entry(request)] for request in shown]
    others = followed if page == 0 else []
    scene.tell(person, _("<b>Your requests</b>"), [*rows, *others, *_pages(page, len(found))])
    return None


def _followed(scene: Scene, person: Person) -> list[list[Tap]]:
    """What neighbours reported and the person follows, as long as something is still to come of it."""
    followed = (scene.session.requests.get(one.request_id) for one in scene.session.followers.by(person.id))
    going_on = [one for one in followed if one.state.open or one.state is State.DONE]
    return [[_neighbours(one)] for one in going_on[:PAGE]]


def _neighbours(request: Request) -> Tap:
    label = Joined(("👥", cards.number(request), cards.kind(request)), " ")
    return layout.page(label, "request", str(request.id))


def _pages(page: int, count: int) -> list[list[Tap]]:
    newer = [layout.page(_("⬅️ Back"), "requests", f"{page - 1}")] if page else []
    older = [layout.page(_("More ➡️"), "requests", f"{page + 1}")] if (page + 1) * PAGE < count else []
    return [[*newer, *older]] if newer or older else []


def entry(request: Request) -> Tap:
    """A request in a list: how it stands, its number and what it is about."""
    mark = cards.STATES[request.state].id.split(" ", 1)[0]
    label = Joined((mark, cards.number(request), cards.kind(request)), " ")
    return layout.page(label, "request", str(request.id))


def show_order(scene: Scene, request: Request, resident: Person) -> None:
    """One request with its history in plain words."""
    text = Lines(
        (
            cards.headline(request),
            cards.home(scene, request),
            *details.spot(request),
            cards.problem(scene, request),
            *related(scene, request),
            *details.pays(request, scene.estate.currency),
            "",
            cards.standing(scene, request, cards.FOR_RESIDENTS),
            _visit(request),
            *_promise(scene, request),
            "",
            history(scene, request),
        )
    )
    scene.tell(resident, text, order_rows(scene, request))


def _visit(request: Request) -> Value:
    told = request.state in lifecycle.UNBEGUN and request.type is not Type.SERVICE
    return _("🕑 Visit: {visit}", visit=when(request.visit)) if told else EMPTY


def _promise(scene: Scene, request: Request) -> list[Value]:
    """What was promised, and an apology where it is late."""
    if not request.state.open:
        return []
    told: list[Value] = [_("We promised to solve it by {solve}.", solve=request.solve_by)]
    if request.state is State.NEW and scene.now > request.respond_by:
        told.append(_("We are sorry that nobody has taken it on yet: the team knows that it is late."))
    elif scene.now > request.solve_by and request.state is not State.WAITING_RESIDENT:
        told.append(_("We are sorry that it takes longer than we promised."))
    return told


def order_rows(scene: Scene, request: Request) -> list[list[Tap]]:
    """What its resident can do with a request now."""
    end = [[layout.copy(cards.number(request))], [layout.page(_("📋 My requests"), "requests")]]
    if request.state is State.DONE:
        return [fixed_row(request), *end]
    if request.state is State.CLOSED:
        again = [[layout.begin(_("👎 Not fixed after all"), "reopen", request.id)]]
        return [*(again if my_requests.reopenable(request, scene.now) else []), *end]
    if request.state is State.REJECTED and dispatching.appealable(scene.session, request):
        return [[layout.begin(_("🙏 Please look at it again"), "appeal", request.id)], *end]
    if not request.state.open:
        return end
    answer = [[layout.begin(_("💬 Answer"), "answer", request.id)]]
    asked = request.state is State.WAITING_RESIDENT or jobs.given_up(scene.session, request)
    return [*(answer if asked else []), *_wishes(scene, request), *end]


def _wishes(scene: Scene, request: Request) -> list[list[Tap]]:
    """What can be wished of an open request."""
    actor = Actor(role=Role.RESIDENT, person_id=request.resident_id)
    add = layout.begin(_("➕ Add a note or photo"), "note", request.id)
    hurry = layout.act(_("⏩ Please hurry"), "hurry", request.id)
    move = layout.begin(_("🕑 Change the time"), "move", request.id)
    off = layout.begin(_("✖️ Cancel this request"), "call_off", request.id)
    possible = {
        "hurried": hurry,
        "moved": move,
    }
    able = [tap for step, tap in possible.items() if lifecycle.possible(request, step, actor)]
    waits = my_requests.wants_out(scene.session, request)
    return [[add], *([able] if able else []), *([] if waits else [[off]])]


def fixed_row(request: Request) -> list[Tap]:
    """The question whether it is truly fixed."""
    return [
        layout.order(_("👍 Fixed"), request.id, "fixed"),
        layout.begin(_("👎 Not fixed"), "not_fixed", request.id),
    ]
