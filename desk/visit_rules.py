"""What an estate's rules for visitors come to: asked by the conversation, and once more by the desk."""

from datetime import time, timedelta

from desk.records.rules import Approval, VisitorRules
from desk.records.visitors import Mode

#: so long after its beginning a visit may still be sent: somebody was thinking about the plate
LATE = timedelta(minutes=30)


def asks_office(length: timedelta, rules: VisitorRules) -> bool:
    """Whether the estate wants to be asked about a visit of this length."""
    long = rules.approval is Approval.LONG and length > rules.long
    return long or rules.approval is Approval.ALWAYS


def longest(rules: VisitorRules, mode: Mode) -> timedelta:
    """How long a pass of this kind may be good."""
    return rules.regular if mode is Mode.REGULAR else rules.longest


def at_that_hour(rules: VisitorRules, clock: time) -> bool:
    """Whether a visit may begin at this time of the day; hours may reach over midnight."""
    if rules.hours is None:
        return True
    opens, closes = rules.hours
    return opens <= clock < closes if opens < closes else clock >= opens or clock < closes
