"""How many times, and how much of what visitors say of themselves, is found in the sets."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from desk import plates
from dialogs.understanding.entities import Entities
from tests.understanding.sets import Named, sentences


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
    for one in sentences("dates", part):
        every[one.lang] += 1
        right[one.lang] += one.fit(one.read())
    return Score(right, every)


def visitors(part: str) -> Score:
    """What is named of visitors, by what it is."""
    right, every = Counter[str](), Counter[str]()
    for one in sentences("intents", part):
        if one.entities is not None:
            checked = _checked(one.entities, one.read())
            every.update(checked.keys())
            right.update({name: int(well) for name, well in checked.items()})
    return Score(right, every)


def _checked(wanted: Named, found: Entities) -> Mapping[str, bool]:
    return {
        "plate": found.plate == plates.normal(wanted.plate or ""),
        "guests": found.guests == wanted.guests or (wanted.guests is None and found.guests == 1),
        "phone": found.phone == (wanted.phone or ""),
        "home": found.home == (wanted.home or ""),
        "times": wanted.fit(found),
    }
