"""An outage: several homes of a building report the like within minutes.

A dispatcher says whether it is one and when it is expected to be over; then one request leads, the others are
merged into it, and whoever reports it later is told what is known instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk import lifecycle
from desk.actions import merging
from desk.actions.actors import Handler, post_among
from desk.errors import NotPossible, Rejected
from desk.places import building_of
from desk.ports import Work
from desk.records import Actor, Estate, Person, Request, Timer, Type
from desk.records.followers import Incident, Stage
from desk.taxonomy import groups, kinds

#: what can fail for a whole building at once
FAILING = frozenset({"plumbing", "electrical", "hvac", "gas", "lift", "network", "access"})
#: a suspicion that nobody has looked into is dropped after this, and may come up again
SUSPECTED_FOR = timedelta(hours=2)
#: what comes right after
MOMENT = timedelta(microseconds=1)
#: how many reports are looked at
LOOKED_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOutage:
    """It is an outage, expected to be over by then (None: not known); said anew, the time is another one."""

    incident_id: int
    expected_at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissOutage:
    """It is none."""

    incident_id: int


@dataclass(frozen=True, slots=True)
class Outage:
    """What a dispatcher said of an outage, and the requests that were merged for it."""

    incident: Incident
    merged: tuple[merging.Merged, ...] = ()


def building(work: Work, request: Request) -> str:
    """The building that a request is about; "" where it is none."""
    if request.building or request.home_id is None:
        return request.building
    return building_of(work.estates.home(request.home_id))


def group_of(kind: str) -> str:
    """The group of a kind, if a whole building can be without it; else ""."""
    known = kinds().get(kind)
    return known.group if known is not None and known.group in FAILING else ""


def suspect(work: Work, request: Request, estate: Estate, now: datetime) -> Incident | None:
    """Opens an outage to look into, once, if enough homes have reported the like; called with each report."""
    group, where = group_of(request.kind), building(work, request)
    if not group or not where or request.type is not Type.REPAIR:
        return None
    settle(work, estate.id, where, group, now)
    if work.incidents.standing(estate.id, where, group) is not None:
        return None
    if len(_homes(work, estate, where, group, now)) < estate.rules.again.outage_homes:
        return None
    fresh = Incident(estate_id=estate.id, building=where, group_code=group, kind=request.kind, opened_at=now)
    return work.incidents.open(fresh)


def known(work: Work, estate: Estate, where: str, group: str, now: datetime) -> Incident | None:
    """The outage of a building that is not over: its lead is open, or it was suspected just now."""
    incident = work.incidents.standing(estate.id, where, group)
    if incident is None or not _is_over(work, incident, now):
        return incident
    return None


def _is_over(work: Work, incident: Incident, now: datetime) -> bool:
    if incident.lead_id is not None:
        return not work.requests.get(incident.lead_id).state.open
    return now - incident.opened_at > SUSPECTED_FOR


def settle(work: Work, estate_id: int, where: str, group: str, now: datetime) -> None:
    """Notes that an outage is over, so that another one can begin."""
    incident = work.incidents.standing(estate_id, where, group)
    if incident is not None and _is_over(work, incident, now):
        work.incidents.save(replace(incident, over_at=now))


def reports(work: Work, incident: Incident, now: datetime) -> tuple[Request, ...]:
    """The open requests that make it up, the oldest first."""
    estate = work.estates.get(incident.estate_id)
    since = incident.opened_at - estate.rules.again.outage_within
    return tuple(_reports(work, estate, incident.building, incident.group_code, since))


def _reports(work: Work, estate: Estate, where: str, group: str, since: datetime) -> list[Request]:
    like = [kind.code for one in groups() if one.code == group for kind in one.kinds]
    found = work.requests.find(estate.id, states=lifecycle.OPEN, kinds=like, since=since, limit=LOOKED_AT)
    return [one for one in found if one.type is Type.REPAIR and building(work, one) == where]


def _homes(work: Work, estate: Estate, where: str, group: str, now: datetime) -> set[int]:
    """The homes that reported it lately, or said "me too"; none that a dispatcher has looked at already."""
    since = now - estate.rules.again.outage_within
    last = work.incidents.latest(estate.id, where, group)
    if last is not None and last.decided_at is not None:
        since = max(since, last.decided_at + MOMENT)
    homes: set[int] = set()
    for one in _reports(work, estate, where, group, now - estate.rules.again.within):
        if one.opened_at >= since:
            homes.add(one.home_id or -one.resident_id)
        followers = work.followers.of(one.id) if one.weight > 1 else ()
        homes |= {
            follower.home_id or -follower.person_id for follower in followers if follower.since >= since
        }
    return homes


def confirm(work: Work, person: Person, order: ConfirmOutage, now: datetime) -> Outage:
    """The dispatcher says that it is one: the first report leads, and the others follow it."""
    incident = work.incidents.get(order.incident_id)
    actor = post_among(work, person, incident.estate_id, lifecycle.OFFICE, now)
    if incident.over_at is not None or _is_over(work, incident, now):
        raise NotPossible
    if order.expected_at is not None and order.expected_at <= now:
        raise Rejected("expected", "This time has passed.")
    merged: tuple[merging.Merged, ...] = ()
    if incident.lead_id is None:
        merged = _gather(work, incident, actor, now)
        lead = merged[0].lead.request.id if merged else reports(work, incident, now)[0].id
        incident = replace(incident, lead_id=lead)
    incident = replace(
        incident,
        stage=Stage.CONFIRMED,
        expected_at=order.expected_at,
        words=order.words,
        decided_by=person.id,
        decided_at=now,
    )
    work.incidents.save(incident)
    _remind(work, incident)
    return Outage(incident, merged)


def _gather(work: Work, incident: Incident, actor: Actor, now: datetime) -> tuple[merging.Merged, ...]:
    """One leads: whoever has a worker already, else the first. Raises `NotPossible` where none is open."""
    found = sorted(reports(work, incident, now), key=lambda one: (one.worker_id is None, one.id))
    if not found:
        raise NotPossible
    lead, *others = found
    ours = [one for one in others if one.state in lifecycle.UNBEGUN]
    return tuple(merging.merge(work, one, work.requests.get(lead.id), actor, now) for one in ours)


def dismiss(work: Work, person: Person, order: DismissOutage, now: datetime) -> Outage:
    """It is none: the reports go on as they are, and only later ones count for another."""
    incident = work.incidents.get(order.incident_id)
    post_among(work, person, incident.estate_id, lifecycle.OFFICE, now)
    if incident.over_at is not None or incident.stage is not Stage.SUSPECTED:
        raise NotPossible
    over = replace(incident, stage=Stage.DISMISSED, over_at=now, decided_by=person.id, decided_at=now)
    work.incidents.save(over)
    return Outage(over)


def _remind(work: Work, incident: Incident) -> None:
    """When the expected time has come, the dispatcher is asked for another one."""
    key = f"outage/{incident.id}"
    if incident.expected_at is None:
        return work.timers.cancel(key)
    payload = {"incident": incident.id}
    return work.timers.set(Timer(key=key, kind="outage", due_at=incident.expected_at, payload=payload))


def overdue(work: Work, incident_id: int, now: datetime) -> Incident | None:
    """The outage, if it should be over and is not."""
    incident = work.incidents.get(incident_id)
    if incident.over_at is not None or _is_over(work, incident, now):
        return None
    return incident


def lead_of(work: Work, incident: Incident) -> Request | None:
    """The request that leads it, as long as it is open."""
    lead = work.requests.get(incident.lead_id) if incident.lead_id is not None else None
    return lead if lead is not None and lead.state.open and incident.stage is Stage.CONFIRMED else None


HANDLERS: Mapping[type, Handler] = {ConfirmOutage: confirm, DismissOutage: dismiss}
