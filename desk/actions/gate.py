"""At the gate: finding a pass, letting in and out, and asking a home about somebody without one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk import visitors
from desk.actions.actors import Handler, lives_in, post_among, resident
from desk.errors import NotFound, NotPossible
from desk.ports import Work
from desk.records import SYSTEM, Actor, Estate, Json, Person, Role, Timer
from desk.records.visitors import Mode, Stay, VisitChange, Visitor
from desk.visitors import GATE, Verdict

#: how long somebody stands at one gate before being asked again
SHIFT = timedelta(hours=12)
#: how long a walk-up waits before it is as if nobody had come
WAITED = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetArrive:
    """The guard saw the pass and lets them in."""

    visitor_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetLeave:
    """They go."""

    visitor_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHome:
    """Somebody without a pass stands at the gate."""

    home_id: int
    name: str
    reason: str = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetIn:
    """Yes, to somebody without a pass: by who lives there, or by the guard who called them."""

    visitor_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnAway:
    """No, to somebody without a pass."""

    visitor_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandAt:
    """Which gate somebody stands at; "" is none in particular."""

    estate_id: int
    gate: str


# ── who acts ──


def gates_of(work: Work, person: Person, now: datetime) -> tuple[Estate, ...]:
    """The estates at whose gates this person may stand."""
    posts = [post for post in work.people.staff_of(person.id, now) if post.role in GATE]
    return tuple(work.estates.get(one) for one in dict.fromkeys(post.estate_id for post in posts))


def stand(work: Work, person: Person, order: StandAt, now: datetime) -> str:
    """Notes at which gate somebody is on duty. Kept by the timer that forgets it."""
    post_among(work, person, order.estate_id, GATE, now)
    if order.gate not in ("", *work.estates.get(order.estate_id).rules.visitors.gates):
        raise NotFound
    payload: dict[str, Json] = {"gate": order.gate}
    key = _standing(person, order.estate_id)
    work.timers.set(Timer(key=key, kind="guesses", due_at=now + SHIFT, payload=payload))
    return order.gate


def standing_at(work: Work, person: Person, estate_id: int) -> str:
    """At which gate somebody is on duty; "" is not known."""
    kept = work.timers.get(_standing(person, estate_id))
    return str(kept.payload.get("gate", "")) if kept else ""


def _standing(person: Person, estate_id: int) -> str:
    return f"standing/{person.id}/{estate_id}"


# ── in and out ──


def verdict_on(work: Work, visitor: Visitor, gate: str, now: datetime) -> Verdict:
    """What the gate is told of a pass. Who has moved out has no guests there any more."""
    estate = work.estates.get(visitor.estate_id)
    found = visitors.verdict(visitor, now, estate.time_zone, gate)
    expected = visitor.host_id is None or lives_in(work, visitor.host_id, visitor.home_id, now)
    return found if expected or found is Verdict.INSIDE else Verdict.REVOKED


def arrive(work: Work, person: Person, order: LetArrive, now: datetime) -> VisitChange:
    """They come in: once by a pass for one visit, whoever else taps at the same moment."""
    visitor = work.visitors.get(order.visitor_id)
    actor = post_among(work, person, visitor.estate_id, GATE, now)
    gate = standing_at(work, person, visitor.estate_id)
    if verdict_on(work, visitor, gate, now) is not Verdict.VALID:
        raise NotPossible
    step = visitors.take(
        visitor,
        "arrived",
        actor,
        now,
        data={"gate": gate},
        arrived_at=now,
        entries=visitor.entries + 1,
    )
    return work.visitors.record(step)


def leave(work: Work, person: Person, order: LetLeave, now: datetime) -> VisitChange:
    """They go; by a pass for several visits they may come again until its time is over."""
    visitor = work.visitors.get(order.visitor_id)
    actor = post_among(work, person, visitor.estate_id, GATE, now)
    name = "went_out" if visitor.mode in visitors.AGAIN else "left"
    change = work.visitors.record(visitors.take(visitor, name, actor, now, left_at=now))
    if change.visitor.state is Stay.LEFT:
        settle(work, change.visitor, now)
    elif now >= visitor.end:
        over(work, change.visitor, now)
    return change


def over(work: Work, visitor: Visitor, now: datetime) -> VisitChange | None:
    """The time of a visit is over; None if its state stays. Either way it is forgotten some days later."""
    change = None
    if visitors.possible(visitor, "expired", SYSTEM):
        change = work.visitors.record(visitors.take(visitor, "expired", SYSTEM, now))
    settle(work, visitor, now)
    return change


def settle(work: Work, visitor: Visitor, now: datetime) -> None:
    """Nothing more is to come of it, but to be forgotten after the estate's days."""
    keep = work.estates.get(visitor.estate_id).rules.visitors.keep
    work.timers.cancel(f"visit/{visitor.id}")
    work.timers.cancel(f"walk_up/{visitor.id}")
    work.timers.set(timer("visit_purge", visitor, now + keep))


def timer(kind: str, visitor: Visitor, due: datetime) -> Timer:
    """Something to do about a visitor at a moment."""
    return Timer(key=f"{kind}/{visitor.id}", kind=kind, due_at=due, payload={"visitor": visitor.id})


def noted(work: Work, visitor: Visitor, name: str, actor: Actor, now: datetime) -> VisitChange:
    """Keeps a new visitor, and when their time ends."""
    happened = visitors.event(name, None, visitor, actor, now)
    change = work.visitors.add(VisitChange(visitor=visitor, event=happened))
    work.timers.set(timer("visit", change.visitor, visitor.end))
    return change


# ── without a pass ──


def ask_home(work: Work, person: Person, order: AskHome, now: datetime) -> VisitChange:
    """Somebody at the gate: everybody who lives in that home is asked."""
    home = work.estates.home(order.home_id)
    actor = post_among(work, person, home.estate_id, GATE, now)
    visitor = Visitor(
        estate_id=home.estate_id,
        home_id=home.id,
        guard_id=person.id,
        name=order.name.strip(),
        reason=order.reason,
        mode=Mode.WALK_UP,
        start=now,
        end=now + WAITED,
        registered_at=now,
    )
    change = noted(work, visitor, "asked", actor, now)
    wait = work.estates.get(home.estate_id).rules.visitors.answer
    work.timers.set(timer("walk_up", change.visitor, now + wait))
    return change


def _answering(work: Work, person: Person, visitor: Visitor, now: datetime) -> Actor:
    """Who lives there answers; else the gate does, for somebody whom it called."""
    if lives_in(work, person.id, visitor.home_id, now):
        return resident(person)
    return post_among(work, person, visitor.estate_id, GATE, now)


def let_in(work: Work, person: Person, order: LetIn, now: datetime) -> VisitChange:
    """Yes; the first answer counts."""
    visitor = work.visitors.get(order.visitor_id)
    actor = _answering(work, person, visitor, now)
    host = person.id if actor.role is Role.RESIDENT else None
    step = visitors.take(visitor, "let_in", actor, now, host_id=host, arrived_at=now, entries=1)
    change = work.visitors.record(step)
    work.timers.cancel(f"walk_up/{visitor.id}")
    return change


def turn_away(work: Work, person: Person, order: TurnAway, now: datetime) -> VisitChange:
    """No; the first answer counts."""
    visitor = work.visitors.get(order.visitor_id)
    actor = _answering(work, person, visitor, now)
    change = work.visitors.record(visitors.take(visitor, "turned_away", actor, now))
    settle(work, change.visitor, now)
    return change


HANDLERS: Mapping[type, Handler] = {
    StandAt: stand,
    LetArrive: arrive,
    LetLeave: leave,
    AskHome: ask_home,
    LetIn: let_in,
    TurnAway: turn_away,
}
