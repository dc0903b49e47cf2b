"""What happens from 8 to 9 on a bad Monday: who writes to the desk, when, and about what.

In one estate out of four the water is off at 8:05, and its people report it, most within a quarter of an
hour. Others have the faults of a weekend to report, look how far their requests are, or begin and think
better of it. Every request is claimed in its estate's group. Nobody appears twice.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: in this order the driver is given them
SCENARIOS: Final = ("repair", "outage", "look", "left")
REPAIR, OUTAGE, LOOK, LEFT = range(4)
HOUR: Final = 3600.0
#: when the water goes off, and how soon people notice and write, in seconds
WATER_OFF, NOTICE = 300.0, 360.0
EVERY: Final = 4


@dataclass(frozen=True, slots=True)
class Arrival:
    """One conversation: begun so many seconds after eight, by this resident."""

    at: float
    scenario: int
    resident: int


@dataclass(frozen=True, slots=True)
class Morning:
    """How much of it, for each home."""

    estates: int = 50
    homes: int = 500
    #: of the homes without water
    report: float = 0.3
    #: of all homes
    faults: float = 0.015
    looks: float = 0.08
    left: float = 0.01
    #: whoever wants the same morning again says the same number
    seed: int = 1

    def arrivals(self) -> list[Arrival]:
        """Everybody, in the order of their first word."""
        dice = random.Random(self.seed)
        return sorted(
            (one for estate in range(self.estates) for one in self._of(estate, dice)), key=lambda one: one.at
        )

    def _of(self, estate: int, dice: random.Random) -> Iterator[Arrival]:
        """One estate's; its residents are those whose number leaves the estate's."""
        people = [estate + number * self.estates for number in range(self.homes)]
        dice.shuffle(people)
        for scenario, share in ((REPAIR, self.faults), (LOOK, self.looks), (LEFT, self.left)):
            for _ in range(_about(share * self.homes, dice)):
                yield Arrival(dice.uniform(0, HOUR), scenario, people.pop())
        if estate % EVERY == 0:
            for _ in range(_about(self.report * self.homes, dice)):
                at = WATER_OFF + dice.gammavariate(2, NOTICE)
                if at < HOUR:
                    yield Arrival(at, OUTAGE, people.pop())


def _about(mean: float, dice: random.Random) -> int:
    """A count that is around the mean, as counts of people are."""
    return max(round(dice.gauss(mean, mean**0.5)), 0)


def write(arrivals: list[Arrival], path: Path, speed: float) -> None:
    """As the driver reads it, so many times faster."""
    lines = (f"{one.at / speed:.4f} {one.scenario} {one.resident}\n" for one in arrivals)
    path.write_text("".join(lines), "ascii")
