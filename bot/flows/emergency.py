"""Emergencies: raised by words or a button before anything else, and told until somebody accepts."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot import alarms, layout, notices
from bot.faces.base import Me
from bot.flows.base import Begin, Flow, number_in
from bot.scene import Scene, Tap
from bot.session import Session
from desk.actions.emergencies import (
    Locate,
    Placed,
    RaiseAlarm,
    Raised,
    Redirected,
    Told,
    alert_again,
    danger_of,
    is_located,
    mistaken,
)
from desk.actions.my_requests import AddNote
from desk.actions.perform import perform
from desk.emergencies import DANGERS
from desk.errors import DeskError, NotFound
from desk.records import Change, Json, Person
from dialogs import commands
from dialogs.engine.answers import Answers
from dialogs.engine.heard import Heard, Located, Pictured, Words
from dialogs.engine.runs import Run
from dialogs.questions.describing import Describe, Description, description
from dialogs.understanding.emergencies import HELP, recognise
from locales.text import EMPTY, Value, _

SCRIPT = "alarm"
#: words that belong to a job or an opinion ring nothing: "the burst pipe is replaced"
ABOUT_WORK = frozenset(
    {"ask", "hold", "release", "finish", "assign", "transfer", "decline", "reject", "merge", "refuse_cancel"}
    | {"reply", "decide", "investigate", "announce", "prolong", "outage", "edit_answer", "answer"}
    | {"explain", "praise"}
)
#: for how long after the last word whatever is said belongs to the alarm
LISTENS = timedelta(minutes=30)


def rings(scene: Scene, person: Person, run: Run | None, heard: Heard) -> str | None:
    """The danger that somebody speaks of, whatever else they are doing; None for one that is known, or
    was just called a mistake."""
    words = heard.text if isinstance(heard, Words) else heard.caption if isinstance(heard, Pictured) else ""
    if not words or (run is not None and run.script in ABOUT_WORK):
        return None
    danger = recognise(words)
    if danger == HELP and _asks_for_help(words):
        return None
    if danger is None or mistaken(scene.session, person, danger, scene.now):
        return None
    if run is None or not listens(scene, run):
        return danger
    return None if danger in {HELP, _raised_about(scene, run)} else danger


def _asks_for_help(words: str) -> bool:
    """A command's name in words, such as "help", is no cry unless it is shouted."""
    shouted = words.isupper() or "!" in words or "！" in words
    return not shouted and commands.typed(words) is not None


def _raised_about(scene: Scene, run: Run) -> str:
    request_id = run.subject.get("request")
    danger = danger_of(scene.session.requests.get(request_id)) if isinstance(request_id, int) else None
    return danger.code if danger is not None else ""


def ring(scene: Scene, person: Person, danger: str, heard: Heard | None = None) -> Begin | None:
    """Raises the alarm: advice first, then it is filed and everybody told. None where it is asked which."""
    if danger == HELP:
        alarms.show_kinds(scene, person)
        return None
    if danger not in DANGERS:
        raise NotFound
    alarms.give_advice(scene, person, DANGERS[danger])
    told = _told(heard)
    order = RaiseAlarm(estate_id=scene.estate.id, danger=danger, words=told.words, media=told.media)
    try:
        with scene.session.savepoint():
            result = perform(scene.session, person, order, scene.now)
    except DeskError:
        scene.tell(person, _("I could not alert the staff: please call the numbers above."))
        return None
    return _raised(scene, person, result) if isinstance(result, Raised) else None


def _told(heard: Heard | None) -> Description:
    if heard is None:
        return Description()
    begun = Describe("problem", EMPTY, optional=False).hear(heard, Answers())
    return description(begun.answers.begun("problem"))


def _raised(scene: Scene, person: Person, raised: Raised) -> Begin:
    """Told to everybody; where it is, is asked afterwards."""
    request = raised.change.request
    if raised.change.event.name in {"filed", "noted"}:
        notices.announce(scene, raised.change)
    return Begin(script=SCRIPT, subject={"request": request.id})


def listens(scene: Scene, run: Run) -> bool:
    """Whether what is said now belongs to the alarm that somebody raised: while it is open, and for some time
    after the last word."""
    request_id = run.subject.get("request")
    if run.script != SCRIPT or scene.now - run.touched_at >= LISTENS or not isinstance(request_id, int):
        return False
    return scene.session.requests.get(request_id).state.open


def add(scene: Scene, person: Person, run: Run, heard: Heard) -> None:
    """Words, pictures and places go to the staff at once; the first ones say where it is."""
    told = _told(heard)
    request_id = run.subject.get("request")
    if told == Description() or not isinstance(request_id, int):
        return scene.tell(person, _("Words, photos, videos, voice notes and your location help."))
    request = scene.session.requests.get(request_id)
    order: Locate | AddNote = AddNote(request_id=request.id, words=told.words, media=told.media)
    if isinstance(heard, Words | Located) and not is_located(request):
        order = Locate(request_id=request.id, where=told.words)
    result = perform(scene.session, person, order, scene.now)
    change = result.change if isinstance(result, Placed) else result
    if isinstance(change, Change):
        notices.announce(scene, change)
    return scene.show(person, f"added/{request.id}", _("✅ Passed on to the staff."))


def _show(scene: Scene, person: Person, about: str) -> None:
    alarms.show_kinds(scene, person)


def _act(scene: Scene, person: Person, danger: str) -> Value | Begin:
    return ring(scene, person, danger) or EMPTY


def _placed(scene: Scene, person: Person, placed: Placed) -> Begin:
    """Everybody on call hears where it is; the rest is asked by who comes."""
    request = placed.change.request
    notices.announce(scene.at(scene.session.estates.get(request.estate_id)), placed.change)
    return Begin(script=SCRIPT, subject={"request": request.id})


def _redirected(scene: Scene, person: Person, result: Redirected) -> Begin:
    """The staff of the other estate take over, and its hotline is told; here, nobody needs to come."""
    request = result.placed.request
    there = scene.at(scene.session.estates.get(request.estate_id))
    notices.announce(
        scene.at(scene.session.estates.get(result.called_off.request.estate_id)), result.called_off
    )
    danger = danger_of(request)
    if danger is not None:
        alarms.give_advice(there, person, danger)
    for change in (result.raised, result.placed):
        notices.announce(there, change)
    return Begin(script=SCRIPT, subject={"request": request.id, "estate": request.estate_id})


def _told_all(scene: Scene, person: Person, told: Told) -> Begin | None:
    """Somebody without a home here is told how to be linked, now that there is time for it."""
    if not scene.view(person).homes():
        ask = layout.begin(_("🔗 Ask to be linked to a home"), "askin")
        scene.tell(person, _("When it is over, please have yourself linked to your home."), [[ask]])
    return None


def _alert(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    request = session.requests.get(number_in(payload, "request"))
    change = alert_again(session, request, number_in(payload, "times"), now)
    if change is not None:
        notices.announce(Scene(session, bot, session.estates.get(request.estate_id), now), change)


def _menu(scene: Scene, person: Person) -> list[list[Tap]]:
    return [[layout.page(_("🆘 Emergency"), "emergency")]]


FLOW = Flow(
    endings={SCRIPT: _("✅ Noted.")},
    tells={Placed: _placed, Redirected: _redirected, Told: _told_all},
    pages={"emergency": _show},
    acts={"alarm": _act},
    timers={"alert": _alert},
    menu=_menu,
)
