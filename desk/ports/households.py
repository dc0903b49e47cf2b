"""Who lives in a home, and who asks to, as they are kept."""

from datetime import datetime
from typing import Protocol

from desk.records import Knock, Occupancy


class Households(Protocol):
    """Homes seen from inside, and those who knock at their doors."""

    def living_in(self, home_id: int, now: datetime) -> tuple[Occupancy, ...]:
        """Who belongs to a home now, the longest first."""

    def occupancy(self, occupancy_id: int) -> Occupancy:
        """One person's link to one home, ended or not; raises `NotFound`."""

    def of_person(self, person_id: int) -> tuple[Occupancy, ...]:
        """Every link that a person has or had, the oldest first."""

    def knock(self, knock: Knock) -> Knock:
        """Notes that somebody asks to be linked."""

    def knock_of(self, knock_id: int) -> Knock:
        """The one with this number; raises `NotFound`."""

    def settle(self, knock_id: int, by: int | None, granted: bool, now: datetime) -> bool:
        """Answers it, in one conditional update; False if somebody was quicker."""

    def knocked(self, person_id: int, since: datetime) -> tuple[Knock, ...]:
        """What a person asked since then, the oldest first."""

    def waiting(self, estate_id: int, limit: int = 50) -> tuple[Knock, ...]:
        """What nobody has answered yet, the longest waiting first."""

    def void_codes(self, home_id: int, issued_by: int, now: datetime) -> int:
        """Makes the unspent codes worthless that somebody made for a home; how many they were."""
