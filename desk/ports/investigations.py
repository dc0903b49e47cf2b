"""Investigations, as they are kept."""

from collections.abc import Sequence
from typing import Protocol

from desk.records.investigations import Investigation


class Investigations(Protocol):
    """What managers look into, and which complaints each of them is about."""

    def get(self, investigation_id: int) -> Investigation:
        """The investigation; raises `NotFound`."""

    def open(self, investigation: Investigation) -> Investigation:
        """Opens it, or answers with the one that is open for this kind and spot already: whoever opens one
        at the same moment comes to the same."""

    def find(self, estate_id: int, kind: str, spot: str) -> Investigation | None:
        """The one that is open for this kind and spot."""

    def of(self, estate_id: int, limit: int = 50) -> tuple[Investigation, ...]:
        """The open ones of an estate, the oldest first, then those closed, the latest first."""

    def join(self, investigation_id: int, request_ids: Sequence[int]) -> None:
        """Complaints belong to it from now on; those that do already are no matter."""

    def requests(self, investigation_id: int) -> tuple[int, ...]:
        """The ids of its complaints, the oldest first."""

    def close(self, investigation: Investigation) -> bool:
        """Keeps what was found, in one conditional update; False if somebody has closed it before."""
