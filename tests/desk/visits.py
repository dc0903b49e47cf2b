"""What the tests of visitors share: rules, a guest, and where a visit stands."""

from dataclasses import replace
from typing import Any

from desk.actions import gate
from desk.actions.gate import AskHome
from desk.actions.visitors import (
    RegisterVisitor,
)
from desk.records import Rules
from desk.records.rules import VisitorRules
from desk.records.visitors import Mode, VisitChange, Visitor
from desk.visitors import Verdict
from tests.desk.office import HOUR, Office


def allows(office: Office, **rules: Any) -> None:
    """The estate's rules from now on."""
    estate = replace(office.lotus, rules=Rules(visitors=VisitorRules(**rules)))
    office.lotus = office.write(lambda work: work.estates.save(estate))


def guest(office: Office, **changes: Any) -> RegisterVisitor:
    """Grandma comes for four hours."""
    known: dict[str, Any] = {
        "home_id": office.home.id,
        "name": "Grandma",
        "mode": Mode.ONCE,
        "start": office.now,
        "end": office.now + 4 * HOUR,
        "reason": "family",
    }
    return RegisterVisitor(**(known | changes))


def register(office: Office, who: str = "Lin", **changes: Any) -> int:
    """Somebody is expected; their number."""
    change: VisitChange = office.order(who, guest(office, **changes))
    return change.visitor.id


def seen(office: Office, number: int) -> Visitor:
    """The visitor as they are."""
    return office.read(lambda work: work.visitors.get(number))


def steps(office: Office, number: int) -> list[str]:
    """What happened."""
    return [one.name for one in office.read(lambda work: work.visitors.events(number))]


def told(office: Office, number: int, at: str = "") -> Verdict:
    """What the gate is told now."""
    return office.read(lambda work: gate.verdict_on(work, work.visitors.get(number), at, office.now))


def asked(office: Office) -> int:
    """Somebody stands at the gate."""
    change: VisitChange = office.order("Guard", AskHome(home_id=office.home.id, name="Courier"))
    return change.visitor.id
