"""What a complaint can be about, and when complaints become an investigation."""

import re
from datetime import datetime, timedelta
from typing import Final

from desk.catalogue import Catalogue
from desk.lifecycle import CREW, DISCREET
from desk.ports import Work
from desk.records import Person, Place, Request, State, Type
from desk.taxonomy import Kind, kinds, type_of

#: the kinds that are about an earlier job, where there is one
ABOUT_A_JOB: Final = frozenset({"c_quality", "c_slow", "c_staff"})
#: so many complaints of one kind in one spot within so long open an investigation
ENOUGH, WITHIN = 3, timedelta(days=30)
#: those do not count any more
DROPPED: Final = frozenset({State.CANCELLED, State.REJECTED, State.DUPLICATE})
#: how many of a resident's own jobs are offered
OFFERED = 6


def complaint_kinds(offered: Catalogue) -> tuple[Kind, ...]:
    """What can be complained of in an estate."""
    return next((group.kinds for group in offered.groups if group.code == "complaint"), ())


def discreet_kinds(offered: Catalogue) -> tuple[str, ...]:
    """The kinds of all that is for the office alone, also of what is not offered any more."""
    known = {**kinds(), **offered.kinds}
    return tuple(code for code, kind in known.items() if type_of(kind) in DISCREET)


def spot(request: Request) -> str:
    """The place by which complaints are counted: a building, or "" for the estate as a whole. A home counts
    as its building: who suffers from a neighbour's noise lives next to others who do."""
    return request.building if request.place in {Place.HOME, Place.BUILDING} else ""


def recent_jobs(work: Work, person: Person, estate_id: int) -> tuple[Request, ...]:
    """What a complaint or praise of this person can be about, the newest first."""
    found = work.requests.of_resident(person.id)
    jobs = [one for one in found if one.estate_id == estate_id and one.type in {Type.REPAIR, Type.SERVICE}]
    return tuple(jobs[:OFFERED])


def worked_on(work: Work, request: Request) -> tuple[Person, ...]:
    """Who of the staff had to do with a job, in that order."""
    actors = [event.actor for event in work.requests.events(request.id)]
    ids = dict.fromkeys(one.person_id for one in actors if one.role in CREW and one.person_id is not None)
    if request.worker_id is not None:
        ids.setdefault(request.worker_id)
    ids.pop(request.resident_id, None)
    return tuple(work.people.get(one) for one in ids)


def named_in(work: Work, words: str, estate_id: int, now: datetime) -> dict[str, Person]:
    """The staff of an estate whom words name, by the name or badge that was said."""
    found: dict[str, Person] = {}
    for post in work.people.staff(estate_id, now):
        person = work.people.get(post.person_id)
        said = next((name for name in (post.badge, person.name) if _says(words, name)), None)
        if said is not None and person not in found.values():
            found[said] = person
    return found


def _says(words: str, name: str) -> bool:
    """Whether a name of two letters and more stands in words; Chinese separates nothing."""
    edge = "" if re.search(r"[\u3400-\u9fff]", name) else r"\b"
    found = re.search(f"{edge}{re.escape(name.strip())}{edge}", words, re.IGNORECASE)
    return len(name.strip()) > 1 and found is not None


def alike(work: Work, request: Request, now: datetime) -> tuple[Request, ...]:
    """The complaints of this kind in this spot that count together, the oldest first: of the last thirty
    days, and none that an investigation has answered."""
    found = work.requests.find(request.estate_id, kinds=(request.kind,), since=now - WITHIN, limit=500)
    answered = _answered(work, request)
    return tuple(
        one
        for one in found
        if spot(one) == spot(request) and one.state not in DROPPED and one.id not in answered
    )


def _answered(work: Work, request: Request) -> frozenset[int]:
    """Complaints of this kind and spot that belong to an investigation which is closed."""
    closed = (
        one.id
        for one in work.investigations.of(request.estate_id, limit=500)
        if one.closed_at is not None and (one.kind, one.spot) == (request.kind, spot(request))
    )
    return frozenset(number for one in closed for number in work.investigations.requests(one))
