"""Counts of right times in `tests/understanding`, by language; what is wrong in `test` stays unseen.

python -m tests.dialogs.understanding.moments_scored
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from desk import plates
from dialogs.understanding.entities import Entities, entities

SETS = Path(__file__).parents[2] / "understanding"
PARTS = ("dev", "test")


class Times(msgspec.Struct):
    """The times that are wanted, and others as right."""

    start: datetime | None = None
    end: datetime | None = None
    alt: list[tuple[datetime, datetime]] = msgspec.field(default_factory=list)

    def fit(self, found: Entities) -> bool:
        """Whether they were found."""
        return (found.start, found.end) in [(self.start, self.end), *self.alt]


class Wanted(Times):
    """What is named beside the times."""

    plate: str | None = None
    guests: int | None = None
    phone: str | None = None
    home: str | None = None


class Row(Times):
    """A line of a set."""

    text: str = ""
    lang: str = ""
    now: datetime | None = None
    entities: Wanted | None = None

    def read(self) -> Entities:
        """What is found in it."""
        assert self.now is not None
        return entities(self.text, self.now, own=self.lang)


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, of how many, by whatever was counted."""

    right: Mapping[str, int]
    all: Mapping[str, int]

    def share(self, name: str) -> float:
        """From 0 to 1."""
        return self.right.get(name, 0) / self.all[name]

    @property
    def total(self) -> float:
        """Over everything."""
        return sum(self.right.values()) / sum(self.all.values())


def dates(part: str) -> Score:
    """Times by language."""
    right, every = Counter[str](), Counter[str]()
    for row in _rows("dates", part):
        every[row.lang] += 1
        right[row.lang] += row.fit(row.read())
    return Score(right, every)


def visitors(part: str) -> Score:
    """What is named of visitors, by what it is."""
    right, every = Counter[str](), Counter[str]()
    for row in _rows("intents", part):
        if row.entities is not None:
            checked = _checked(row.entities, row.read())
            every.update(checked.keys())
            right.update({name: int(well) for name, well in checked.items()})
    return Score(right, every)


def _checked(wanted: Wanted, found: Entities) -> Mapping[str, bool]:
    return {
        "plate": found.plate == plates.normal(wanted.plate or ""),
        "guests": found.guests == wanted.guests or (wanted.guests is None and found.guests == 1),
        "phone": found.phone == (wanted.phone or ""),
        "home": found.home == (wanted.home or ""),
        "times": wanted.fit(found),
    }


def _rows(name: str, part: str) -> Iterator[Row]:
    for line in (SETS / f"{name}.{part}.jsonl").read_bytes().splitlines():
        yield msgspec.json.decode(line, type=Row)


def _print(title: str, score: Score) -> None:
    print(f"\n{title}")  # noqa: T201
    for name in score.all:
        print(f"  {name:8} {score.right.get(name, 0):4} / {score.all[name]:4}  {score.share(name):.3f}")  # noqa: T201
    print(f"  {'all':8} {score.total:.3f}")  # noqa: T201


if __name__ == "__main__":
    for part in PARTS:
        _print(f"dates.{part}", dates(part))
        _print(f"visitors of intents.{part}", visitors(part))
