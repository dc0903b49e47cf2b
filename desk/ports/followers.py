"""Who follows which request, and outages, as they are kept."""

from typing import Protocol

from desk.records.followers import Follower, Incident


class Followers(Protocol):
    """Residents who follow a request that somebody else reported."""

    def follow(self, follower: Follower) -> bool:
        """Adds the follower; False changes nothing: the person follows that request already."""

    def save(self, follower: Follower) -> None:
        """Replaces what is kept of a follower."""

    def get(self, request_id: int, person_id: int) -> Follower | None:
        """The person's part in a request, if they follow it."""

    def of(self, request_id: int) -> tuple[Follower, ...]:
        """All who follow a request, the first ones first."""

    def by(self, person_id: int) -> tuple[Follower, ...]:
        """All that a person follows, the newest first."""

    def drop(self, request_id: int, person_id: int) -> bool:
        """Forgets one; False if there was none."""

    def drop_via(self, request_id: int, via_id: int) -> int:
        """Forgets those who came with a merged request; how many they were."""


class Incidents(Protocol):
    """Outages, suspected and confirmed."""

    def open(self, incident: Incident) -> Incident | None:
        """Adds it; None if that building has one of that group which is not over: two at once open one."""

    def save(self, incident: Incident) -> None:
        """Replaces it."""

    def get(self, incident_id: int) -> Incident:
        """The incident; raises `NotFound`."""

    def standing(self, estate_id: int, building: str, group_code: str) -> Incident | None:
        """The one that is not over."""

    def latest(self, estate_id: int, building: str, group_code: str) -> Incident | None:
        """The last one, over or not."""

    def led_by(self, request_id: int) -> Incident | None:
        """The one that a request leads."""
