"""Timers: what is due is fired in one transaction, each timer in a savepoint of its own."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from bot import cards, conversation, flows, layout, notices, surveys
from bot.clock import Clock
from bot.digests.mail import send_digest
from bot.doings import Doing
from bot.faces.base import Me
from bot.flows.base import Fires, number_in
from bot.holidays import days_of
from bot.measures import Measures
from bot.pause import Pause, pause
from bot.scene import NOWHERE, Scene
from bot.sender import Sender
from bot.session import Session
from bot.writer import Writer
from desk import service_levels
from desk.actions import closing, jobs, reporting
from desk.disturbing import decent_for
from desk.records import SYSTEM, Change, Estate, Json, Request, State, Timer
from dialogs.engine.runs import Run, RunState
from locales.text import _

log = structlog.get_logger()

#: seconds between looks at what is due, and at the most while the database is away
EVERY, AWAY = 0.5, 15.0
BATCH = 100
#: after so many failures a timer is given up
TRIES = 8

#: Telegram delivers an update for 24 hours, and buttons may be tapped for as long as a chat lasts
KEPT = timedelta(days=30)
SWEEP_EVERY, SWEPT = timedelta(hours=6), 500
SWEEP = Timer(key="sweep", kind="sweep", due_at=datetime.min.replace(tzinfo=UTC))


class Clockwork:
    """Fires what is due. Several processes may run one each: a timer is taken by one of them."""

    def __init__(
        self,
        bot: Me,
        writer: Writer,
        sender: Sender,
        clock: Clock,
        measures: Measures,
        *,
        wait: Pause = pause,
    ) -> None:
        self._bot = bot
        self._writer = writer
        self._sender = sender
        self._clock = clock
        self._measures = measures
        self._wait = wait

    async def run(self, stop: asyncio.Event) -> None:
        """Looks for due timers until told to stop; a database that is away is asked less and less often."""
        rest = EVERY
        while not stop.is_set():
            try:
                fired, rest = await self._writer.run(self._fire, long=True), EVERY
            except Exception:
                log.exception("timers.failed")
                fired, rest = 0, min(2 * rest, AWAY)
            if fired:
                self._sender.wake()
            if fired < BATCH:
                await self._wait(stop, rest)

    def _fire(self, session: Session) -> int:
        now = self._clock.now()
        due = session.timers.take(now, BATCH)
        for timer in due:
            self._measures.timer(timer.kind, (now - timer.due_at).total_seconds())
            fire(session, self._bot, timer, now)
        return len(due)


def seed_timers(session: Session, now: datetime) -> None:
    """Every estate has its next digest set, also one that was imported while nothing ran; and the sweep."""
    for estate in session.estates.all():
        days_of(estate).weekday(now.date())  # its country's table is loaded before anybody waits for it
        morning = service_levels.digest(estate, now)
        if session.timers.get(morning.key) is None:
            session.timers.set(morning)
    if session.timers.get(SWEEP.key) is None:
        session.timers.set(replace(SWEEP, due_at=now + SWEEP_EVERY))


def fire(session: Session, bot: Me, timer: Timer, now: datetime) -> None:
    """Fires one timer; one that fails is undone alone and tried again later."""
    try:
        with Doing(timer=timer.key), session.savepoint():
            session.timers.cancel(timer.key)
            KINDS[timer.kind](session, bot, timer.payload, now)
    except Exception as error:
        log.exception("timer.failed", timer=timer.key, exc_info=error)
        _again(session, timer, now)


def _again(session: Session, timer: Timer, now: datetime) -> None:
    attempts = timer.attempts + 1
    if attempts >= TRIES:
        session.timers.cancel(timer.key)
        log.error("timer.given_up", timer=timer.key)
        seed_timers(session, now)  # a digest that fails today is due again tomorrow
        return
    session.timers.set(replace(timer, attempts=attempts, due_at=now + timedelta(seconds=2**attempts)))


def _about(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> tuple[Scene, Request]:
    request = session.requests.get(number_in(payload, "request"))
    return Scene(session, bot, session.estates.get(request.estate_id), now), request


def _announced(scene: Scene, change: Change | None) -> None:
    if change is not None:
        notices.announce(scene, change)


def _unclaimed(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    scene, request = _about(session, bot, payload, now)
    _announced(scene, reporting.unclaimed(session, request, SYSTEM, now))


def _silence(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    scene, request = _about(session, bot, payload, now)
    _announced(scene, closing.close_unanswered(session, request, now))


def _survey(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    scene, request = _about(session, bot, payload, now)
    survey = closing.ask_score(session, request, now)
    if survey is not None:
        surveys.show_survey(scene, survey, anew=True)


def _survey_reminder(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    scene, request = _about(session, bot, payload, now)
    survey = closing.remind(session, request.id, now)
    if survey is not None:
        surveys.show_survey(scene, survey, anew=True)


def _question(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    scene, request = _about(session, bot, payload, now)
    reminders = number_in(payload, "reminders")
    awake = decent_for(session.people.get(request.resident_id), scene.estate, now)
    if request.state is State.WAITING_RESIDENT and awake > now:
        return session.timers.set(replace(service_levels.question(request, now, reminders), due_at=awake))
    change = jobs.unanswered(session, request, reminders, now)
    if change is not None:
        return notices.announce(scene, change)
    if request.state is State.WAITING_RESIDENT:
        text = _("💬 We are still waiting for your answer about {number}.", number=cards.number(request))
        resident = session.people.get(request.resident_id)
        scene.tell(resident, text, [[layout.begin(_("💬 Answer"), "answer", request.id)]])
    return None


def _resume(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    scene, request = _about(session, bot, payload, now)
    if request.state is State.ON_HOLD:
        notices.announce(scene, jobs.resume(session, request, SYSTEM, now))


def _digest(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    estate = session.estates.get(number_in(payload, "estate"))
    send_digest(Scene(session, bot, estate, now))
    session.timers.set(service_levels.digest(estate, now))


def _left(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """A conversation left open: one nudge, and after some days it is dropped (design §3, rule 11)."""
    run = session.runs.get(str(payload.get("run")))
    if run is None or run.state is RunState.ENDED:
        return None
    left = run.touched_at + service_levels.RUN_LEFT
    dropped = run.touched_at + service_levels.RUN_DROPPED
    nudged = "nudged" in payload
    if now >= dropped:
        return session.runs.save(replace(run, state=RunState.ENDED))
    if now >= left and not nudged:
        awake = decent_for(session.people.get(run.person_id), _estate_of(session, run), now)
        if awake > now:
            return session.timers.set(service_levels.left(run.id, awake))
        conversation.nudge(session, bot, run, now)
        nudged = True
    return session.timers.set(service_levels.left(run.id, dropped if nudged else left, nudged=nudged))


def _estate_of(session: Session, run: Run) -> Estate:
    """Where a conversation is held."""
    estate = run.subject.get("estate")
    return session.estates.get(estate) if isinstance(estate, int) and estate else NOWHERE


def _guesses(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """Wrong codes are forgotten: they went with their timer."""


def _sweep(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """Forgets what nobody asks for any more, a piece at a time so that nobody waits for it."""
    more = session.sweep(bot.id, now - KEPT, SWEPT) >= SWEPT
    for estate in session.estates.all():
        before = now - estate.rules.privacy.words
        more |= session.privacy.fade(estate.id, before, now, SWEPT) >= SWEPT
    session.timers.set(replace(SWEEP, due_at=now + (timedelta(seconds=1) if more else SWEEP_EVERY)))


#: what each kind of timer sets going
KINDS: Mapping[str, Fires] = {
    **flows.TIMERS,
    "unclaimed": _unclaimed,
    "silence": _silence,
    "survey": _survey,
    "survey_reminder": _survey_reminder,
    "question": _question,
    "resume": _resume,
    "digest": _digest,
    "left": _left,
    "guesses": _guesses,
    "sweep": _sweep,
}
