"""Estates, as they are kept."""

from typing import Protocol

from desk.records import Estate, Home, Queue


class Estates(Protocol):
    """Estates with their homes and queues."""

    def all(self) -> tuple[Estate, ...]:
        """Every estate, by id."""

    def get(self, estate_id: int) -> Estate:
        """The estate; raises `NotFound`."""

    def save(self, estate: Estate) -> Estate:
        """Adds it (id 0) or replaces it; names are unique."""

    def home(self, home_id: int) -> Home:
        """The home; raises `NotFound`."""

    def homes(self, estate_id: int) -> tuple[Home, ...]:
        """All homes of an estate, by code."""

    def save_home(self, home: Home) -> Home:
        """Adds it (id 0) or replaces it; codes are unique in an estate."""

    def queue(self, queue_id: int) -> Queue:
        """The queue; raises `NotFound`."""

    def queues(self, estate_id: int) -> tuple[Queue, ...]:
        """All queues of an estate, in the order they were added."""

    def save_queue(self, queue: Queue) -> Queue:
        """Adds it (id 0) or replaces it; codes are unique in an estate."""
