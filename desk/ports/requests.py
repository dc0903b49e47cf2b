"""Requests and what residents said of them, as they are kept."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from desk.records import Change, Event, Request, State, Survey


class Requests(Protocol):
    """Requests and their audit trail."""

    def get(self, request_id: int) -> Request:
        """The request; raises `NotFound`."""

    def by_number(self, estate_id: int, number: int) -> Request | None:
        """The request that a person quotes."""

    def add(self, change: Change) -> Change:
        """Files a new request under the estate's next number; both come back with their ids."""

    def record(self, change: Change) -> Change:
        """Writes the next version and its event; raises `Conflict` if somebody was quicker."""

    def events(self, request_id: int) -> tuple[Event, ...]:
        """Its history, oldest first."""

    def last_event(self, request_id: int) -> Event:
        """What happened to it last; raises `NotFound`."""

    def of_resident(self, person_id: int, limit: int = 20) -> tuple[Request, ...]:
        """What a person reported, newest first."""

    def of_home(self, home_id: int, since: datetime) -> tuple[Request, ...]:
        """What was reported of a home from then on, oldest first."""

    def open_by_state(self) -> Mapping[State, int]:
        """How many are open in each state, over all estates."""

    def of_worker(self, person_id: int) -> tuple[Request, ...]:
        """Open work of a worker, oldest first."""

    def find(
        self,
        estate_id: int,
        *,
        states: Collection[State] = (),
        kinds: Collection[str] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
    ) -> tuple[Request, ...]:
        """Requests of an estate in these states and of these kinds (all if none), opened in [since, until),
        oldest first."""

    def against(self, person_id: int) -> tuple[Request, ...]:
        """The complaints against a person, oldest first."""

    def linked_to(self, request_id: int) -> tuple[Request, ...]:
        """The requests that point at this one, oldest first."""


class Surveys(Protocol):
    """What residents said of closed jobs."""

    def get(self, request_id: int) -> Survey | None:
        """The survey of a request, once asked."""

    def save(self, survey: Survey) -> None:
        """Adds or replaces."""

    def reviews(self, estate_id: int, limit: int = 50) -> tuple[Survey, ...]:
        """Low scores that no manager has looked into yet, the most urgent first."""
