"""Whether two reports are about one and the same fault: near each other, of a like kind, in like words.

A rule that anybody can follow, and wrong now and then: it only decides whether somebody is asked.
"""

import re
from dataclasses import dataclass

from desk.places import building_of, floor_of
from desk.records import Home, Place, Request
from desk.taxonomy import kinds

#: from here on somebody is asked whether it is the same
ALIKE = 0.4
#: kinds whose cause lies in the building, also when they are reported from a home
SHARED_KINDS = frozenset(
    {
        "no_water",
        "no_hot_water",
        "low_pressure",
        "water_quality",
        "sewer_smell",
        "area_outage",
        "no_power",
        "voltage",
        "corridor_light",
        "motion_sensor",
        "no_heating",
        "riser_noise",
        "no_gas",
        "internet",
        "tv",
        "intercom",
        "gate",
        "alarm",
    }
)
#: kinds that come from another floor, by a pipe or through a ceiling
RISING_KINDS = frozenset(
    {"leak", "flood", "drain_blocked", "sewage_backflow", "heating_leak", "roof_leak", "wall_ceiling"}
)
SHARED_GROUPS = frozenset({"lift", "cleaning", "grounds", "fire"})
#: how much a like kind counts against the same one
CLOSE_KIND = 0.5
#: how near: another home in the building that the cause lies in; another floor on the same riser
SAME_BUILDING, SAME_RISER = 0.8, 0.6
#: what a report without words counts as, such as a photo alone
NO_WORDS = 0.5

_WORD = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
#: words that say nothing about a fault
_EMPTY = frozenset(
    {
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "it",
        "in",
        "on",
        "at",
        "of",
        "to",
        "my",
        "our",
        "and",
        "no",
        "not",
    }
)
#: enough of a word to know it by: leaking and leaks
_STEM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a fault is recognised by."""

    kind: str
    words: str
    place: Place = Place.HOME
    building: str = ""
    home: Home | None = None


def report_of(request: Request, home: Home | None) -> Report:
    """What an open request is recognised by."""
    return Report(
        kind=request.kind,
        words=f"{request.problem} {request.details.where}",
        place=request.place,
        building=request.building or (building_of(home) if home else ""),
        home=home,
    )


def likeness(one: Report, other: Report) -> float:
    """How likely two reports are about the same fault, from 0 to 1."""
    kind, near = _kinds_alike(one.kind, other.kind), _near(one, other)
    return kind * near * (1 + words_alike(one.words, other.words)) / 2 if kind and near else 0.0


def _kinds_alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    first, second = kinds().get(one), kinds().get(other)
    return CLOSE_KIND if first and second and first.group == second.group else 0.0


def _near(one: Report, other: Report) -> float:
    if one.home is not None and other.home is not None and one.home.id == other.home.id:
        return 1.0
    if Place.GROUNDS in {one.place, other.place}:
        return float(one.place is other.place)
    if one.building != other.building:
        return 0.0
    if one.place is other.place is Place.BUILDING:
        return 1.0
    riser, both = _on_one_riser(one.home, other.home), is_shared(one.kind) and is_shared(other.kind)
    if Place.BUILDING in {one.place, other.place} or both:
        return 1.0 if riser else SAME_BUILDING
    return SAME_RISER if riser and one.kind in RISING_KINDS else 0.0


def is_shared(kind: str) -> bool:
    """Whether the cause lies in the building, wherever it is noticed."""
    known = kinds().get(kind)
    return kind in SHARED_KINDS or (known is not None and known.group in SHARED_GROUPS)


def _on_one_riser(one: Home | None, other: Home | None) -> bool:
    """Above each other: the same door by the stairs, on another floor."""
    if one is None or other is None:
        return False
    return floor_of(one) != floor_of(other) and _door(one) == _door(other)


def _door(home: Home) -> tuple[str, str]:
    stairs, _dash, door = home.code.rpartition("-")
    return stairs, door[-2:]


def words_alike(one: str, other: str) -> float:
    """How much of the shorter text's words the longer one has, too."""
    first, second = _tokens(one), _tokens(other)
    if not first or not second:
        return NO_WORDS
    return len(first & second) / min(len(first), len(second))


def _tokens(words: str) -> frozenset[str]:
    found = [piece for piece in _WORD.findall(words.casefold()) if piece not in _EMPTY]
    return frozenset(token for piece in found for token in _parts(piece))


def _parts(piece: str) -> list[str]:
    """The beginning of a word; of scripts that put no spaces between words, each pair of characters."""
    if piece.isascii():
        return [piece.removesuffix("s")[:_STEM]]
    return [piece[at : at + 2] for at in range(max(len(piece) - 1, 1))]
