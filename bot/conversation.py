"""Conversations under way: beginning, hearing, parking, and carrying out what they end in."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot import flows, layout, notices, pages, surveys
from bot.faces.base import Me
from bot.flows import emergency
from bot.flows.base import Begin
from bot.scene import NOWHERE, Scene
from bot.session import Session
from desk import service_levels
from desk.actions.joining import Hired, MovedIn
from desk.actions.orders import Reviewed
from desk.actions.perform import perform
from desk.errors import BadCode, Conflict, DeskError, NotAllowed, NotPossible, Refused, Rejected, TooOften
from desk.records import Change, Json, Person, Survey, Timer
from dialogs import said
from dialogs.engine.answers import Answers, below
from dialogs.engine.heard import Edited, Heard, Pictured, Tapped, edited, edited_in_vain
from dialogs.engine.play import Asked, Broken, Cancelled, Finished, play
from dialogs.engine.runs import Run, RunState
from dialogs.engine.screen import Screen
from dialogs.scripts import SCRIPTS
from dialogs.scripts.elsewhere import HandOver
from dialogs.talk import Talk
from locales.text import EMPTY, Text, Value, _

log = structlog.get_logger()

#: how long the redraw of an album waits for its next photo
PATIENCE = timedelta(milliseconds=800)


def begin(
    scene: Scene,
    person: Person,
    script: str,
    subject: Mapping[str, Json] | None = None,
    answers: Answers = Answers(),
    heard: Heard | None = None,
) -> None:
    """Starts a conversation; one that was open is set aside and offered again afterwards.

    `heard` is what it begins with: already in the answers, it only tells how long the first screen waits.
    """
    run = Run(
        id=secrets.token_hex(4),
        person_id=person.id,
        script=script,
        subject={"estate": scene.estate.id, **(subject or {})},
        answers=answers,
        started_at=scene.now,
        touched_at=scene.now,
    )
    current = scene.session.runs.open(person.id)
    if current is not None and _same(current, run):
        return redraw(scene, person, current)
    _set_aside(scene, current)
    scene.session.timers.set(_left(run))
    _turn(scene, person, run, None, anew=True, after=heard)
    return None


def _same(current: Run, begun: Run) -> bool:
    """A second tap on the button that began it, or another one about the same request: still one talk."""
    alike = (current.script, current.subject) == (begun.script, begun.subject)
    return alike and ("request" in begun.subject or current.answers == begun.answers)


#: what is said of a conversation that ends in nothing, where that is no cancelling
CALLED_OFF: Mapping[str, Value] = {
    "alarm": _("The alarm stays on. Was it a mistake? /requests lists it: there you can call it off.")
}
#: conversations that are gone on with by themselves, and that push nothing out that is set aside already
FLEETING = frozenset(CALLED_OFF)


def _set_aside(scene: Scene, run: Run | None) -> None:
    if run is not None:
        gone = run.script in FLEETING and scene.session.runs.parked(run.person_id) is not None
        scene.session.runs.save(replace(run, state=RunState.ENDED if gone else RunState.PARKED))


def _left(run: Run) -> Timer:
    """When a conversation counts as left (design §3, rule 11)."""
    return service_levels.left(run.id, run.touched_at + service_levels.RUN_LEFT)


def hear(scene: Scene, person: Person, run: Run, heard: Heard) -> Value:
    """Lets the open conversation hear something; what to say to a tap that belonged elsewhere."""
    about = said.reworded(run.subject, heard) if isinstance(heard, Edited) else run.subject
    anew, otherwise = not isinstance(heard, Tapped), about != run.subject
    return _turn(scene, person, replace(run, subject=about), heard, anew=anew, reworded=otherwise)


def hear_of(scene: Scene, person: Person, run: Run) -> None:
    """What was said went elsewhere; the conversation goes on, and counts as talked in."""
    redraw(scene, person, replace(run, touched_at=scene.now))


def leave(scene: Scene, run: Run) -> None:
    """Ends a conversation without a word."""
    scene.session.runs.save(replace(run, state=RunState.ENDED))


def redraw(scene: Scene, person: Person, run: Run) -> None:
    """Shows where the conversation stands, at the end of the chat."""
    _turn(scene, person, run, None, anew=True)


def show_again(scene: Scene, person: Person) -> None:
    """The open conversation waits below a page that was asked for in between."""
    run = scene.session.runs.open(person.id)
    if run is not None:
        redraw(scene, person, run)


def screen_of(scene: Scene, person: Person, run: Run) -> Screen | None:
    """The question that a conversation waits at; None if it is at none, such as after a change of rights."""
    scene = _where(scene, run)
    script, view = SCRIPTS[run.script], scene.view(person)
    turn = play(lambda talk: script(talk, view), _talk(scene, person, run))
    return turn.screen if isinstance(turn, Asked) else None


def cancel(scene: Scene, person: Person, run: Run) -> None:
    """Drops the open conversation."""
    _end(scene, person, run, CALLED_OFF.get(run.script, _("Cancelled. Nothing was sent.")))


def _talk(scene: Scene, person: Person, run: Run) -> Talk:
    return Talk(answers=run.answers, now=scene.now, subject=run.subject, plain=scene.reader(person).plain)


def _turn(
    scene: Scene,
    person: Person,
    run: Run,
    heard: Heard | None,
    *,
    anew: bool,
    after: Heard | None = None,
    reworded: bool = False,
) -> Value:
    """One step of a conversation; `reworded`: the words that it began with have just been changed."""
    scene = _where(scene, run)
    script, view = SCRIPTS[run.script], scene.view(person)
    turn = play(lambda talk: script(talk, view), _talk(scene, person, run), heard)
    match turn:
        case Broken(error=Refused() as error):
            _end(scene, person, run, refusal(error))
            return EMPTY
        case Asked(screen, answers) | Broken(screen, answers):
            if isinstance(turn, Broken):
                log.error("script_broken", script=run.script, run=run.id, exc_info=turn.error)
            shown = _noted(screen) if reworded else screen
            return _ask(scene, person, replace(run, answers=answers), shown, heard or after, anew=anew)
        case Finished(HandOver() as over):
            subject = {**run.subject, **over.subject}
            there = replace(run, script=over.script, subject=subject, answers=over.answers)
            return _turn(scene, person, there, None, anew=anew, after=heard or after)
        case Finished(result, answers):
            return _finish(scene, person, replace(run, answers=answers), result)
        case Cancelled():
            cancel(scene, person, run)
            return EMPTY


def _noted(screen: Screen) -> Screen:
    """Where nothing but the first words was told, an edit of them was no answer, and counts all the same."""
    return replace(screen, notice=edited()) if screen.notice == edited_in_vain() else screen


def _where(scene: Scene, run: Run) -> Scene:
    """A conversation stays in the estate that it began in: a person may live in one and work in another."""
    estate = run.subject.get("estate")
    return scene.at(scene.session.estates.get(estate)) if isinstance(estate, int) and estate else scene


def _ask(scene: Scene, person: Person, run: Run, screen: Screen, heard: Heard | None, *, anew: bool) -> Value:
    """Keeps the run and shows its screen. A notice to a tap becomes its toast."""
    touched = run.touched_at if heard is None else scene.now
    scene.session.runs.save(replace(run, state=RunState.OPEN, touched_at=touched))
    toast = screen.notice if isinstance(heard, Tapped) else EMPTY
    shown = replace(screen, notice=EMPTY) if toast != EMPTY else screen
    album = isinstance(heard, Pictured) and heard.album is not None
    later = scene.now + PATIENCE if screen.patient or album else None
    text, rows = layout.screen_text(shown), layout.screen_rows(shown, run.id)
    scene.show(person, f"run/{run.id}", text, rows, anew=anew, not_before=later)
    return toast


def _finish(scene: Scene, person: Person, run: Run, order: object) -> Value:
    """Carries out what the conversation ended in. A refusal ends it too, and says why."""
    try:
        with scene.session.savepoint():
            result = perform(scene.session, person, order, scene.now)
    except Rejected as error:
        return _reopen(scene, person, run, error)
    except DeskError as error:
        _end(scene, person, run, refusal(error))
        return EMPTY
    ending = flows.INSTEAD.get(type(result)) or ENDINGS.get(run.script, _("✅ Done."))
    _end(scene, person, run, ending, offer=False)
    then = tell(scene, person, result)
    if then is not None:
        begin(scene, person, then.script, then.subject)
    else:
        _offer_parked(scene, person)
    return EMPTY


def _reopen(scene: Scene, person: Person, run: Run, error: Rejected) -> Value:
    """The desk does not take one answer: it is asked again, and read back again (design §3, rule 10)."""
    dropped = (*below(error.question, run.answers.given), *list(run.answers.given)[-1:])
    _turn(scene, person, replace(run, answers=run.answers.drop(*dropped)), None, anew=False)
    return refusal(error)


ENDINGS: Mapping[str, Value] = {
    **flows.ENDINGS,
    "repair": _("📨 Sent."),
    "join": _("✅ Welcome!"),
    "language": _("✅ From now on in English."),
    "ask": _("✅ Your question is sent. The answer comes to you here."),
    "answer": _("✅ Thank you, your answer is passed on."),
    "hold": _("✅ Put on hold."),
    "release": _("✅ Given back to the queue."),
    "finish": _("✅ Reported as done. The resident is asked whether it is fixed."),
    "not_fixed": _("✅ Passed on."),
    "explain": _("✅ Thank you, that helps us."),
}


def _end(scene: Scene, person: Person, run: Run, text: Value, *, offer: bool = True) -> None:
    scene.session.runs.save(replace(run, state=RunState.ENDED, touched_at=scene.now))
    scene.session.timers.cancel(_left(run).key)
    # read anew: the language may just have been chosen. Who was just forgotten is here for the last time
    reader = scene.session.people.get(person.id)
    scene.show(person if reader.forgotten else reader, f"run/{run.id}", text)
    if offer:
        _offer_parked(scene, person)


def _offer_parked(scene: Scene, person: Person) -> None:
    """A conversation that was set aside is offered again."""
    run = scene.session.runs.parked(person.id)
    if run is None:
        return None
    if run.script in FLEETING:
        return redraw(scene, person, run) if emergency.listens(scene, run) else None
    rows = [
        [layout.parked(_("▶️ Continue"), run.id, "continue")],
        [layout.parked(_("🔄 Start over"), run.id, "over"), layout.parked(_("✖️ Drop it"), run.id, "drop")],
    ]
    reader = scene.session.people.get(person.id)
    scene.show(
        reader, f"parked/{run.id}", _("You were in the middle of something. Continue?"), rows, anew=True
    )
    return None


def nudge(session: Session, bot: Me, run: Run, now: datetime) -> None:
    """Asks once whether a conversation left open is still wanted."""
    if run.script in FLEETING:
        return session.runs.save(replace(run, state=RunState.ENDED))
    person = session.people.get(run.person_id)
    scene = _where(Scene(session, bot, NOWHERE, now), run)
    if run.state is RunState.OPEN:
        scene.tell(person, _("You were in the middle of something. Shall we go on?"))
        redraw(scene, person, run)
    else:
        _offer_parked(scene, person)
    return None


def take_up(scene: Scene, person: Person, run_id: str, how: str) -> Value:
    """Goes on with a conversation that was set aside, begins it again, or drops it."""
    run = scene.session.runs.get(run_id)
    if run is None or run.person_id != person.id or run.state is not RunState.PARKED:
        return _("That is over already.")
    scene.show(
        person,
        f"parked/{run.id}",
        _("✅ Dropped. Nothing was sent.") if how == "drop" else _("▶️ Let us go on:"),
    )
    if how == "continue":
        _set_aside(scene, scene.session.runs.open(person.id))
        redraw(scene, person, replace(run, touched_at=scene.now))
        return EMPTY
    scene.session.runs.save(replace(run, state=RunState.ENDED))
    if how == "over":
        begin(scene, person, run.script, said.without(run.subject))
    return EMPTY


def tell(scene: Scene, person: Person, result: object) -> Begin | None:
    """Tells everybody whom the outcome of an order concerns; what is to begin now, if anything."""
    if type(result) in flows.TELLS:
        return flows.TELLS[type(result)](scene, person, result)
    match result:
        case Change():
            home = scene.session.estates.get(result.request.estate_id)
            notices.announce(scene.at(home), result)
        case Survey():
            surveys.show_survey(scene, result)
            if result.review_due is not None:
                surveys.alert_review(scene, result)
        case MovedIn() | Hired():
            pages.welcome(scene, scene.session.people.get(person.id), result)
        case Person():
            pages.show_menu(scene, result)
    return None


def tell_reviewed(scene: Scene, person: Person, order: Reviewed) -> None:
    """Ticks a low score off the manager's list."""
    result = perform(scene.session, person, order, scene.now)
    if isinstance(result, Survey):
        surveys.show_reviewed(scene, result, person)


def refusal(error: DeskError) -> Text:
    """What a person is told when the desk cannot do it."""
    match error:
        case BadCode():
            return _("This code is unknown, used or expired. Please ask the office for a new one.")
        case TooOften():
            return _("That was asked too often today. Please wait until tomorrow, or ask the office.")
        case Conflict():
            return _("Somebody else was quicker. Please look again.")
        case NotAllowed():
            return _("You have no right to do this. The office can help.")
        case Rejected():
            return _("One answer no longer holds. Please choose again.")
        case NotPossible():
            return _("This is no longer possible: the request has moved on meanwhile.")
        case _:
            return _("This is not there any more.")
