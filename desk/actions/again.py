"""What is reported again: by a neighbour at the same time, or by the same home before long."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desk import duplicates
from desk.duplicates import Report
from desk.ports import Work
from desk.records import Estate, Link, Priority, Request, State, Type
from desk.records.followers import Follower
from desk.taxonomy import groups

#: how many are offered at the most, and how many are looked at
MOST, LOOKED_AT = 3, 300
#: still to be done; somebody who waits to be asked has it still
UNSOLVED = frozenset(state for state in State if state.open)
#: from so many times within the estate's time on, the dispatcher hears of it
TOO_OFTEN = 3


def alike(work: Work, estate: Estate, report: Report, now: datetime) -> tuple[Request, ...]:
    """The open requests that may be about the same fault, the likeliest first."""
    found = work.requests.find(
        estate.id,
        states=UNSOLVED,
        kinds=_kinds_like(report.kind),
        since=now - estate.rules.again.within,
        limit=LOOKED_AT,
    )
    rated = [(duplicates.likeness(report, report_of(work, one)), one) for one in _repairs(found)]
    likely = [(rate, one) for rate, one in rated if rate >= duplicates.ALIKE]
    return tuple(one for _, one in sorted(likely, key=lambda pair: (-pair[0], pair[1].id))[:MOST])


def _repairs(found: Iterable[Request]) -> list[Request]:
    """What is said in confidence is nobody's to see, and an emergency waits for no question."""
    return [one for one in found if one.type is Type.REPAIR and one.priority is not Priority.EMERGENCY]


def _kinds_like(kind: str) -> list[str]:
    near = [[one.code for one in group.kinds] for group in groups()]
    return next((codes for codes in near if kind in codes), [kind])


def report_of(work: Work, request: Request) -> Report:
    """What an open request is recognised by."""
    home = work.estates.home(request.home_id) if request.home_id is not None else None
    return duplicates.report_of(request, home)


def as_repeat(work: Work, request: Request, estate: Estate) -> Request:
    """A new request, linked to the last one of the same kind in the same home, if that is not long ago."""
    if request.home_id is None or request.linked_id is not None or request.type is not Type.REPAIR:
        return request
    recent = work.requests.of_home(request.home_id, request.opened_at - estate.rules.again.repeat)
    solved = {State.DONE, State.CLOSED}
    before = [
        one for one in recent if one.kind == request.kind and one.state in solved and one.id != request.id
    ]
    return replace(request, linked_id=before[-1].id, link=Link.REPEAT) if before else request


def times(work: Work, request: Request, estate: Estate) -> int:
    """How many times it broke within the estate's time, this one included."""
    since, count = request.opened_at - estate.rules.again.repeat, 1
    while request.link is Link.REPEAT and request.linked_id is not None:
        request = work.requests.get(request.linked_id)
        if request.opened_at < since:
            break
        count += 1
    return count


def weight(request: Request, followers: Iterable[Follower]) -> int:
    """How many homes it is about; whoever has none counts by themselves."""
    homes = {one.home_id or -one.person_id for one in followers}
    return len(homes | {request.home_id or -request.resident_id})
