"""What estates make of the taxonomy, as it is kept."""

from typing import Protocol

from desk.records.kinds import EstateKind


class Kinds(Protocol):
    """The kinds of requests that an estate changes or adds."""

    def all(self, estate_id: int) -> tuple[EstateKind, ...]:
        """All of an estate, in the order they were added. Asked for at every turn, and remembered within one
        transaction."""

    def save(self, kind: EstateKind) -> EstateKind:
        """Adds it (id 0) or replaces it; codes are unique in an estate."""
