"""Expecting somebody: registering a visitor, the office's yes or no, taking a pass back, and forgetting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from desk import passes, visitors
from desk.actions import gate
from desk.actions.actors import Handler, own_home, post_among, resident
from desk.actions.gate import over, settle
from desk.errors import NotFound, NotPossible, Rejected
from desk.lifecycle import OFFICE
from desk.ports import Work
from desk.records import SYSTEM, Actor, Estate, Person, Role
from desk.records.rules import VisitorRules
from desk.records.visitors import Days, Mode, VisitChange, Visitor
from desk.taxonomy import visit_reasons
from desk.visit_rules import LATE, asks_office, at_that_hour, longest


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterVisitor:
    """What the host confirmed."""

    home_id: int
    name: str
    mode: Mode
    start: datetime
    end: datetime
    days: Days | None = None
    people: int = 1
    plate: str = ""
    reason: str
    gate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorOrder:
    """An order about one visitor."""

    visitor_id: int


class ApproveVisitor(VisitorOrder):
    """They may come."""


class RevokeVisitor(VisitorOrder):
    """They shall not come after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseVisitor(VisitorOrder):
    """They may not come, and why."""

    why: str


def register(work: Work, person: Person, order: RegisterVisitor, now: datetime) -> VisitChange:
    """Notes whom a home expects; they get a pass at once, unless the office is to be asked."""
    estate = work.estates.get(own_home(work, person, order.home_id, now).estate_id)
    _check(order, estate, now)
    if passes_left(work, order.home_id, estate.rules.visitors, now) <= 0:
        raise NotPossible("The home has as many passes as the estate allows.")
    change = gate.noted(work, _visitor(order, estate, person, now), "registered", resident(person), now)
    if asks_office(order.end - order.start, estate.rules.visitors):
        return change
    return _granted(work, change.visitor, SYSTEM, now)


def _visitor(order: RegisterVisitor, estate: Estate, host: Person, now: datetime) -> Visitor:
    return Visitor(
        estate_id=estate.id,
        home_id=order.home_id,
        host_id=host.id,
        name=order.name.strip(),
        plate=order.plate,
        people=order.people,
        reason=order.reason,
        mode=order.mode,
        start=order.start,
        end=order.end,
        days=order.days,
        gate=order.gate,
        registered_at=now,
    )


def _check(order: RegisterVisitor, estate: Estate, now: datetime) -> None:
    """The estate's limits, once more: the conversation has named each of them already."""
    rules = estate.rules.visitors
    clock = order.days.opens if order.days else order.start.astimezone(ZoneInfo(estate.time_zone)).time()
    regular = order.mode is Mode.REGULAR
    in_time = order.start <= now + rules.ahead and (regular or order.start >= now - LATE)
    if order.end <= now or not in_time or not at_that_hour(rules, clock):
        raise Rejected("from")
    if not order.start < order.end <= order.start + longest(rules, order.mode):
        raise Rejected("until")
    if not 1 <= order.people <= rules.people:
        raise Rejected("people")
    if order.gate not in ("", *rules.gates):
        raise Rejected("gate")
    if order.reason not in visit_reasons():
        raise NotFound(f"There is no purpose {order.reason}.")
    if not order.name.strip() or order.mode is Mode.WALK_UP or regular != bool(order.days):
        raise NotPossible("A pass needs a name, and days if it is for regular visits.")


#: more visitors than anybody has
EVERY = 100_000


def passes_left(work: Work, home_id: int, rules: VisitorRules, now: datetime) -> int:
    """How many more passes a home may have; those of people who have moved out do not count."""
    living = {one.person_id for one in work.households.living_in(home_id, now)}
    there = (one for one in work.visitors.open_in_home(home_id) if one.host_id in living)
    held = [one for one in there if one.mode is not Mode.WALK_UP]
    return rules.passes - len(held)


def approvers(rules: VisitorRules) -> frozenset[Role]:
    """Who may say yes."""
    return OFFICE | {Role.GUARD} if rules.guards_approve else OFFICE


def _approver(work: Work, person: Person, visitor: Visitor, now: datetime) -> Actor:
    rules = work.estates.get(visitor.estate_id).rules.visitors
    return post_among(work, person, visitor.estate_id, approvers(rules), now)


def approve(work: Work, person: Person, order: ApproveVisitor, now: datetime) -> VisitChange:
    """The office says yes: the pass is made."""
    visitor = work.visitors.get(order.visitor_id)
    actor = _approver(work, person, visitor, now)
    if now >= visitor.end:
        raise NotPossible("The visit would be over.")
    return _granted(work, visitor, actor, now)


def _granted(work: Work, visitor: Visitor, actor: Actor, now: datetime) -> VisitChange:
    approved = work.visitors.record(visitors.take(visitor, "approved", actor, now)).visitor
    key = work.visitors.key(visitor.estate_id)
    for issue in count(approved.issue + 1):
        hashed = passes.code_hash(key, passes.code(key, approved.id, issue))
        if work.visitors.by_code(approved.estate_id, hashed) is None:
            break
    step = visitors.take(approved, "issued", SYSTEM, now, issue=issue, code_hash=hashed)
    return work.visitors.record(step)


def refuse(work: Work, person: Person, order: RefuseVisitor, now: datetime) -> VisitChange:
    """The office says no, and why."""
    visitor = work.visitors.get(order.visitor_id)
    actor = _approver(work, person, visitor, now)
    change = work.visitors.record(visitors.take(visitor, "refused", actor, now, order.why))
    settle(work, change.visitor, now)
    return change


def revoke(work: Work, person: Person, order: RevokeVisitor, now: datetime) -> VisitChange:
    """The host takes the pass back, or the office does."""
    visitor = work.visitors.get(order.visitor_id)
    own = visitor.host_id == person.id
    actor = resident(person) if own else post_among(work, person, visitor.estate_id, OFFICE, now)
    change = work.visitors.record(visitors.take(visitor, "revoked", actor, now))
    settle(work, change.visitor, now)
    return change


def ended(work: Work, visitor_id: int, now: datetime) -> VisitChange | None:
    """The time is over. Whoever is still inside may stay there; None if nothing changes."""
    return over(work, work.visitors.get(visitor_id), now)


def purge(work: Work, visitor_id: int, now: datetime) -> VisitChange | None:
    """Forgets name, plate and words; what is counted stays, under a number. None if it is done already."""
    visitor = work.visitors.get(visitor_id)
    if visitor.purged_at is not None:
        return None
    step = visitors.take(visitor, "purged", SYSTEM, now, name="", plate="", code_hash=None, purged_at=now)
    work.visitors.forget_words(visitor_id)
    return work.visitors.record(step)


def forget_guests(work: Work, person: Person, now: datetime) -> None:
    """Names and plates of everybody whom somebody expected go with them."""
    for visitor in work.visitors.of_host(person.id, EVERY):
        purge(work, visitor.id, now)


HANDLERS: Mapping[type, Handler] = {
    RegisterVisitor: register,
    ApproveVisitor: approve,
    RefuseVisitor: refuse,
    RevokeVisitor: revoke,
    **gate.HANDLERS,
}
