"""Who follows which request, and outages, in memory."""

from dataclasses import replace

from desk.errors import NotFound
from desk.records.followers import Follower, Incident
from storage.memory.shelves import Room, Shelf


class MemoryFollowers:
    """`desk.ports.Followers` in memory."""

    def __init__(self, room: Room) -> None:
        self._followers = Shelf(room, "followers", Follower, ["request_id", "person_id", "via_id"])

    def follow(self, follower: Follower) -> bool:
        """Adds the follower; False changes nothing: the person follows that request already."""
        if self.get(follower.request_id, follower.person_id) is not None:
            return False
        self.save(follower)
        return True

    def save(self, follower: Follower) -> None:
        """Replaces what is kept of a follower."""
        self._followers.put((follower.request_id, follower.person_id), follower)

    def get(self, request_id: int, person_id: int) -> Follower | None:
        """The person's part in a request, if they follow it."""
        return self._followers.get((request_id, person_id))

    def of(self, request_id: int) -> tuple[Follower, ...]:
        """All who follow a request, the first ones first."""
        found = self._followers.where(request_id=request_id)
        return tuple(sorted(found, key=lambda one: (one.since, one.person_id)))

    def by(self, person_id: int) -> tuple[Follower, ...]:
        """All that a person follows, the newest first."""
        found = self._followers.where(person_id=person_id)
        return tuple(sorted(found, key=lambda one: (one.since, one.request_id), reverse=True))

    def drop(self, request_id: int, person_id: int) -> bool:
        """Forgets one; False if there was none."""
        there = self.get(request_id, person_id) is not None
        self._followers.remove((request_id, person_id))
        return there

    def drop_via(self, request_id: int, via_id: int) -> int:
        """Forgets those who came with a merged request; how many they were."""
        found = self._followers.where(request_id=request_id, via_id=via_id)
        for one in found:
            self._followers.remove((one.request_id, one.person_id))
        return len(found)


class MemoryIncidents:
    """`desk.ports.Incidents` in memory."""

    def __init__(self, room: Room) -> None:
        marks = ["estate_id", "building", "group_code", "lead_id"]
        self._incidents = Shelf(room, "incidents", Incident, marks)

    def open(self, incident: Incident) -> Incident | None:
        """Adds it; None if that building has one of that group which is not over: two at once open one."""
        if self.standing(incident.estate_id, incident.building, incident.group_code) is not None:
            return None
        incident = replace(incident, id=self._incidents.next_id())
        self._incidents.put(incident.id, incident)
        return incident

    def save(self, incident: Incident) -> None:
        """Replaces it."""
        self.get(incident.id)
        self._incidents.put(incident.id, incident)

    def get(self, incident_id: int) -> Incident:
        """The incident; raises `NotFound`."""
        if incident := self._incidents.get(incident_id):
            return incident
        raise NotFound

    def standing(self, estate_id: int, building: str, group_code: str) -> Incident | None:
        """The one that is not over."""
        found = self._of(estate_id, building, group_code)
        return next((one for one in found if one.over_at is None), None)

    def latest(self, estate_id: int, building: str, group_code: str) -> Incident | None:
        """The last one, over or not."""
        return max(self._of(estate_id, building, group_code), key=lambda one: one.id, default=None)

    def led_by(self, request_id: int) -> Incident | None:
        """The one that a request leads."""
        return max(self._incidents.where(lead_id=request_id), key=lambda one: one.id, default=None)

    def _of(self, estate_id: int, building: str, group_code: str) -> list[Incident]:
        return self._incidents.where(estate_id=estate_id, building=building, group_code=group_code)
