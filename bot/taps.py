"""Taps on buttons. Their data are checked as if anybody could have written them."""

from collections.abc import Mapping

from bot import conversation, flows, layout, pages
from bot.cards import badge
from bot.flows.base import Act, Begin
from bot.scene import Scene
from desk.actions import orders
from desk.actions.perform import perform
from desk.errors import Conflict, DeskError, NotFound, NotPossible
from desk.records import Person, Request
from dialogs.commands import Begins, Command
from dialogs.engine.answers import Answers
from dialogs.engine.heard import Heard
from locales.text import EMPTY, Value, _

#: the orders that one tap gives, by the word in the button
ORDERS: Mapping[str, type[orders.RequestOrder]] = {
    "claim": orders.Claim,
    "way": orders.OnMyWay,
    "start": orders.Start,
    "resume": orders.Resume,
    "fixed": orders.Confirm,
    "cancel": orders.Cancel,
    "reviewed": orders.Reviewed,
}
#: the conversations about one request, and the step of the lifecycle that each leads to
ABOUT: Mapping[str, str] = {
    "ask": "asked",
    "hold": "held",
    "release": "released",
    "finish": "done",
}
#: the conversations that anybody may begin
FREE = frozenset({"repair", "language"})
MINE = _("It is yours. You find it in our private chat.")


def tap(scene: Scene, person: Person, data: str) -> Value:
    """Does what a button says; the answer is for the tapper alone."""
    match layout.read(data):
        case layout.InRun(run_id, tapped):
            run = scene.session.runs.open(person.id)
            if run is None or run.id != run_id:
                return _elsewhere(scene, person, run_id)
            return conversation.hear(scene, person, run, tapped)
        case layout.OneTap() as one:
            return _guarded(scene, person, one)
        case None:
            return _("This button is too old. /help shows what I can do.")


def begin(
    scene: Scene,
    person: Person,
    script: str,
    request: Request | None = None,
    answers: Answers = Answers(),
    heard: Heard | None = None,
) -> None:
    """Begins a conversation, if the person may hold it; `answers` and `heard` are what it begins with."""
    if script == "repair" and not scene.view(person).homes():
        return pages.show_menu(scene, person)
    subject = {"request": request.id} if request is not None else {}
    at = scene if request is None else scene.at(scene.session.estates.get(request.estate_id))
    return conversation.begin(at, person, script, subject, answers, heard)


def _elsewhere(scene: Scene, person: Person, run_id: str) -> Value:
    """A button of a conversation that is not the open one: that one is shown again, or taken up."""
    run = scene.session.runs.open(person.id)
    parked = scene.session.runs.parked(person.id)
    if run is not None:
        conversation.redraw(scene, person, run)
        return _("That button belongs to something earlier. This is where we are.")
    if parked is not None and parked.id == run_id:
        return conversation.take_up(scene, person, run_id, "continue")
    return _("That is over already. /help shows what I can do.")


def command(scene: Scene, person: Person, command: Command) -> None:
    """Does what a flow's command says, as its button would."""
    does = layout.BEGIN if command.begins is Begins.SCRIPT else layout.PAGE
    _aloud(scene, person, _guarded(scene, person, layout.OneTap(does, command.target, "")))


def link(scene: Scene, person: Person, act: Act, rest: str) -> None:
    """Does what a flow's link says; there is no button to answer, so a refusal is told as a message."""
    try:
        with scene.session.savepoint():
            said = follow(scene, person, act(scene, person, rest))
    except DeskError as error:
        said = conversation.refusal(error)
    _aloud(scene, person, said)


def _aloud(scene: Scene, person: Person, said: Value) -> None:
    if said != EMPTY and said != "":
        scene.tell(person, said)


def _guarded(scene: Scene, person: Person, one: layout.OneTap) -> Value:
    try:
        with scene.session.savepoint():
            return _one(scene, person, one)
    except DeskError as error:
        return _refused(scene, person, one, error)


def _one(scene: Scene, person: Person, one: layout.OneTap) -> Value:
    match one.does:
        case layout.PAGE:
            return _page(scene, person, one.about, one.how)
        case layout.PARKED:
            return conversation.take_up(scene, person, one.about, one.how)
        case layout.BEGIN:
            return _begin(scene, person, one.about, one.how)
        case layout.ACT:
            return follow(scene, person, _act(one.about)(scene, person, one.how))
        case layout.SCORE:
            return _rate(
                scene, person, orders.Rate(request_id=layout.number(one.about), score=layout.number(one.how))
            )
        case _:
            return _order(scene, person, one)


def _act(verb: str) -> Act:
    if verb not in flows.ACTS:
        raise NotFound
    return flows.ACTS[verb]


def follow(scene: Scene, person: Person, came_of_it: Value | Begin) -> Value:
    """Goes on with what an act led to: a conversation, or only something to say."""
    if not isinstance(came_of_it, Begin):
        return came_of_it
    conversation.begin(scene, person, came_of_it.script, came_of_it.subject)
    return came_of_it.toast


def _order(scene: Scene, person: Person, one: layout.OneTap) -> Value:
    if one.how not in ORDERS:
        raise NotFound
    order = ORDERS[one.how](request_id=layout.number(one.about))
    if isinstance(order, orders.Reviewed):
        conversation.tell_reviewed(scene, person, order)
        return EMPTY
    conversation.tell(scene, person, perform(scene.session, person, order, scene.now))
    if isinstance(order, orders.Claim):
        return MINE
    return EMPTY


def _rate(scene: Scene, person: Person, order: orders.Rate) -> Value:
    conversation.tell(scene, person, perform(scene.session, person, order, scene.now))
    begin(scene, person, "explain", scene.session.requests.get(order.request_id))
    return _("Thank you!")


def _page(scene: Scene, person: Person, name: str, about: str) -> Value:
    if name in pages.LISTS:
        pages.show_list(scene, person, name, about)
    elif name in flows.PAGES:
        flows.PAGES[name](scene, person, about)
    elif name in pages.PAGES:
        pages.PAGES[name](scene, person)
    else:
        raise NotFound
    conversation.show_again(scene, person)
    return EMPTY


def _begin(scene: Scene, person: Person, script: str, about: str) -> Value:
    """Begins a conversation from a button: about one request, if person and state allow it."""
    if script in FREE:
        begin(scene, person, script)
        return EMPTY
    if script in flows.BEGINS:
        conversation.begin(scene, person, script, flows.BEGINS[script](scene, person, about))
        return EMPTY
    if script not in ABOUT:
        raise NotFound
    view = scene.view(person)
    request = view.request(layout.number(about))
    view.require(request, ABOUT[script])
    begin(scene, person, script, request)
    return EMPTY


def _refused(scene: Scene, person: Person, one: layout.OneTap, error: DeskError) -> Value:
    """Why not; for a request that somebody else has claimed meanwhile, who."""
    if (one.does, one.how) == (layout.ORDER, "claim") and isinstance(error, NotPossible | Conflict):
        request = scene.session.requests.get(layout.number(one.about))
        if request.worker_id == person.id:
            return MINE
        if request.worker_id is not None:
            worker = scene.session.people.get(request.worker_id)
            return _("{who} has it already.", who=badge(scene, worker))
    return conversation.refusal(error)
