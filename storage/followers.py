"""Who follows which request, and outages, in SQL."""

from contextlib import suppress

from sqlalchemy import bindparam, delete, select, update

from desk.errors import Conflict
from desk.records.followers import Follower, Incident
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Keeper, Shape
from storage.tables.followers import LEADS, NOT_OVER, followers, incidents

FOLLOWER = Shape(Follower, followers)
INCIDENT = Keeper(Incident, incidents)

_ONE = (followers.c.request_id == bindparam("request"), followers.c.person_id == bindparam("person"))
FOLLOW = Prepared(
    lambda into: into(followers).on_conflict_do_nothing(index_elements=["request_id", "person_id"])
)
SAVE = Prepared(update(followers).where(*_ONE))
GET = Query(select(*FOLLOWER.columns).where(*_ONE), FOLLOWER.read)
OF = Query(
    select(*FOLLOWER.columns)
    .where(followers.c.request_id == bindparam("request"))
    .order_by(followers.c.since, followers.c.person_id),
    FOLLOWER.read,
)
BY = Query(
    select(*FOLLOWER.columns)
    .where(followers.c.person_id == bindparam("person"))
    .order_by(followers.c.since.desc(), followers.c.request_id.desc()),
    FOLLOWER.read,
)
DROP = Prepared(delete(followers).where(*_ONE))
DROP_VIA = Prepared(
    delete(followers).where(
        followers.c.request_id == bindparam("request"), followers.c.via_id == bindparam("via")
    )
)

_PLACE = (
    incidents.c.estate_id == bindparam("estate"),
    incidents.c.building == bindparam("where"),
    incidents.c.group_code == bindparam("what"),
)
STANDING = Query(select(*INCIDENT.columns).where(*_PLACE, NOT_OVER), INCIDENT.read)
LATEST = Query(
    select(*INCIDENT.columns).where(*_PLACE).order_by(incidents.c.id.desc()).limit(1), INCIDENT.read
)
LED_BY = Query(
    select(*INCIDENT.columns)
    .where(incidents.c.lead_id == bindparam("request"), LEADS)
    .order_by(incidents.c.id.desc())
    .limit(1),
    INCIDENT.read,
)


class SqlFollowers:
    """`desk.ports.Followers` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def follow(self, follower: Follower) -> bool:
        """Adds the follower; False changes nothing: the person follows that request already."""
        return FOLLOW.change(self._link, FOLLOWER.values(follower)) > 0

    def save(self, follower: Follower) -> None:
        """Replaces what is kept of a follower."""
        values = FOLLOWER.values(follower)
        keys = {"request": values.pop("request_id"), "person": values.pop("person_id")}
        SAVE.change(self._link, {**values, **keys})

    def get(self, request_id: int, person_id: int) -> Follower | None:
        """The person's part in a request, if they follow it."""
        return GET.first(self._link, {"request": request_id, "person": person_id})

    def of(self, request_id: int) -> tuple[Follower, ...]:
        """All who follow a request, the first ones first."""
        return OF.all(self._link, {"request": request_id})

    def by(self, person_id: int) -> tuple[Follower, ...]:
        """All that a person follows, the newest first."""
        return BY.all(self._link, {"person": person_id})

    def drop(self, request_id: int, person_id: int) -> bool:
        """Forgets one; False if there was none."""
        return DROP.change(self._link, {"request": request_id, "person": person_id}) > 0

    def drop_via(self, request_id: int, via_id: int) -> int:
        """Forgets those who came with a merged request; how many they were."""
        return DROP_VIA.change(self._link, {"request": request_id, "via": via_id})


class SqlIncidents:
    """`desk.ports.Incidents` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def open(self, incident: Incident) -> Incident | None:
        """Adds it; None if that building has one of that group which is not over: two at once open one."""
        with suppress(Conflict):
            return INCIDENT.save(self._link, incident)
        return None

    def save(self, incident: Incident) -> None:
        """Replaces it."""
        INCIDENT.save(self._link, incident)

    def get(self, incident_id: int) -> Incident:
        """The incident; raises `NotFound`."""
        return INCIDENT.get(self._link, incident_id)

    def standing(self, estate_id: int, building: str, group_code: str) -> Incident | None:
        """The one that is not over."""
        return STANDING.first(self._link, {"estate": estate_id, "where": building, "what": group_code})

    def latest(self, estate_id: int, building: str, group_code: str) -> Incident | None:
        """The last one, over or not."""
        return LATEST.first(self._link, {"estate": estate_id, "where": building, "what": group_code})

    def led_by(self, request_id: int) -> Incident | None:
        """The one that a request leads."""
        return LED_BY.first(self._link, {"request": request_id})
