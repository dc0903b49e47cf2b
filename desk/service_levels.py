"""The promises that are running, as timers: who is told when nobody claims, and what silence means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk.calendar import decent, next_at
from desk.lifecycle import DISCREET
from desk.ports import Timers
from desk.records import Estate, Json, Priority, Request, Timer, Type

#: how long a manager may take over a suggestion
DECIDED_WITHIN = timedelta(days=7)
#: the rungs of an answer that is owed, told to who deals with it, the managers, the owner; each with the part
#: of the promised time that is left then. After that the owner hears of it again, each time as long after
ANSWER_RUNGS: Mapping[int, float] = {1: 1 / 2, 2: 1 / 6, 3: 0.0}
MANAGERS_HEAR, OWNERS_HEAR, LAST_RUNG = 2, 3, 9
#: who hears of an unclaimed request, one rung each time the promised response passes again
GROUP, DISPATCHER, MANAGER = 1, 2, 3

URGENT_CONFIRM = timedelta(hours=24)
#: how often a resident is reminded of a question, and when it is given up (design §4)
ASK_REMINDERS, ASK_EVERY = 3, timedelta(hours=24)
#: how often a resident may ask to hurry up, and from which time on the office hears of it
HURRY_EVERY, HURRIED_TOO_OFTEN = timedelta(hours=4), 3
#: how long after closing a resident may have a request opened again
REOPEN_WITHIN = timedelta(days=14)
SURVEY_REMINDER = timedelta(hours=24)
#: how long a score may still be changed
SURVEY_CHANGEABLE = timedelta(hours=24)
#: by when a manager looks into a score of 1 or 2
REVIEW_WITHIN = timedelta(hours=24)
#: a conversation left open is nudged once after this, and dropped after that (design §3, rule 11)
RUN_LEFT, RUN_DROPPED = timedelta(hours=4), timedelta(days=7)


def unclaimed(request: Request, estate: Estate, now: datetime) -> Timer:
    """When the next rung hears that nobody has claimed it; an emergency is told much sooner."""
    if request.priority is Priority.EMERGENCY:
        return alert(request, estate, now)
    return _timer("unclaimed", request, now + estate.promises.respond)


def alert(request: Request, estate: Estate, now: datetime, times: int = 1) -> Timer:
    """When everybody on call is alerted again. It stands in the place of the timer of the unclaimed, so that
    whatever stops that one stops the alarm."""
    due = now + estate.rules.emergency.repeat
    timer = _timer("alert", request, due, {"times": times})
    return replace(timer, key=_key("unclaimed", request.id))


def to_accept(request: Request, estate: Estate, now: datetime) -> Timer:
    """When whoever was given a request has taken too long to accept it."""
    return _timer("assigned", request, now + estate.promises.respond)


def silence(request: Request, estate: Estate, now: datetime) -> Timer:
    """When silence after "done" closes it: the estate's time, at most a day if it was urgent."""
    wait = estate.promises.confirm
    if request.priority is not Priority.NORMAL:
        wait = min(wait, URGENT_CONFIRM)
    return _timer("silence", request, now + wait)


def survey(request: Request, estate: Estate, now: datetime) -> Timer:
    """When the resident is asked how it was: some hours after closing, within decent hours."""
    due = decent(now + estate.survey.after, estate.survey.quiet, estate.time_zone)
    return _timer("survey", request, due)


def survey_reminder(request: Request, estate: Estate, now: datetime) -> Timer:
    """The one reminder of an unanswered survey."""
    due = decent(now + SURVEY_REMINDER, estate.survey.quiet, estate.time_zone)
    return _timer("survey_reminder", request, due)


def question(request: Request, now: datetime, reminders: int = 0) -> Timer:
    """When the resident is reminded of a question from the worker."""
    return _timer("question", request, now + ASK_EVERY, {"reminders": reminders})


def answer_due(request: Request, estate: Estate, rung: int = 1) -> Timer:
    """When the next one hears that an answer is owed: twice before it was promised, then at the moment, and
    each time as long again."""
    left = ANSWER_RUNGS.get(rung, float(OWNERS_HEAR - rung))
    within = min(answer_within(request.type, estate), request.solve_by - request.opened_at)
    return _timer("answer_due", request, request.solve_by - within * left, {"rung": rung})


def answer_within(type: Type, estate: Estate) -> timedelta:
    """By when the office owes an answer to what residents tell it."""
    return DECIDED_WITHIN if type is Type.SUGGESTION else estate.promises.answer


def promised(type: Type, estate: Estate) -> tuple[timedelta, timedelta]:
    """Within which times somebody takes a request on, and solves it; what is told the office is answered."""
    if type in DISCREET:
        within = answer_within(type, estate)
        return within, within
    return estate.promises.respond, estate.promises.solve


def first(request: Request, estate: Estate, now: datetime) -> Timer:
    """The promise that runs from its filing on."""
    return answer_due(request, estate) if request.type in DISCREET else unclaimed(request, estate, now)


def promised_anew(request: Request, estate: Estate, now: datetime) -> datetime:
    """The promise to a resident who is not content: another answer is owed in full; a repair was promised."""
    return now + answer_within(request.type, estate) if request.type in DISCREET else request.solve_by


def not_before(timer: Timer, moment: datetime) -> Timer:
    """The same, but not before a moment."""
    return replace(timer, due_at=max(timer.due_at, moment))


def resume(request: Request, until: datetime) -> Timer:
    """When a held request comes back."""
    return _timer("resume", request, until)


def digest(estate: Estate, now: datetime) -> Timer:
    """The manager's next morning."""
    return Timer(
        key=f"digest/{estate.id}",
        kind="digest",
        due_at=next_at(estate.digest_at, estate.time_zone, now),
        payload={"estate": estate.id},
    )


def left(run_id: str, due: datetime, *, nudged: bool = False) -> Timer:
    """When a conversation that nobody goes on with is looked at: to be nudged, and later to be dropped."""
    payload: dict[str, Json] = {"run": run_id, **({"nudged": True} if nudged else {})}
    return Timer(key=f"left/{run_id}", kind="left", due_at=due, payload=payload)


def _timer(kind: str, request: Request, due: datetime, more: Mapping[str, int] | None = None) -> Timer:
    payload = {"request": request.id, **(more or {})}
    return Timer(key=_key(kind, request.id), kind=kind, due_at=due, payload=payload)


def _key(kind: str, request_id: int) -> str:
    return f"{kind}/{request_id}"


#: the timers that only make sense while a request is open
WHILE_OPEN = ("assigned", "unclaimed", "question", "resume")


def forget(timers: Timers, request_id: int, *kinds: str) -> None:
    """Cancels these timers of a request; those that were never set are no matter."""
    for kind in kinds:
        timers.cancel(_key(kind, request_id))


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder that an unclaimed request climbs."""

    level: int
    #: whether a further rung follows
    more: bool


def climb(request: Request) -> Rung:
    """The rung that an unclaimed request reaches next; the manager is the last."""
    level = min(request.escalation + 1, MANAGER)
    return Rung(level=level, more=level < MANAGER)
