"""How people of each language say that somebody may come to harm: `locales/<lang>/emergencies.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from locales.languages import HERE

#: lists of words beside the two tables
LISTS = ("harmless", "denied", "meant", "calm", "now", "filler")
TABLES = ("alone", "signs")
#: says of a language that its accents make other words: who writes them means them
ACCENTS = "accents"

Sign = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One language's words. A sign is said where one phrase of each of its parts is."""

    harmless: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    #: what holds a denial, perhaps of another language, and denies nothing: "no prédio" is "in the building"
    meant: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    filler: tuple[str, ...] = ()
    accents: bool = False
    #: danger → messages that say nothing else
    alone: Mapping[str, tuple[str, ...]]
    #: danger → its signs
    signs: Mapping[str, tuple[Sign, ...]]


@cache
def alarms(folder: Path = HERE) -> tuple[Alarm, ...]:
    """Every language that has such words: a new one is a new folder."""
    return tuple(read(path) for path in sorted(folder.glob("*/emergencies.toml")))


def read(path: Path) -> Alarm:
    """One file; raises ValueError, naming it, for a part that nobody could ever say."""
    kept = tomllib.loads(path.read_text(encoding="utf-8"))
    faults = list(_faults(kept))
    if faults:
        raise ValueError(f"{path}: {'; '.join(faults)}")
    return Alarm(
        **{name: tuple(kept.get(name, ())) for name in LISTS},
        accents=kept.get(ACCENTS, False),
        alone={danger: tuple(words) for danger, words in kept.get("alone", {}).items()},
        signs={danger: tuple(map(_sign, signs)) for danger, signs in kept.get("signs", {}).items()},
    )


def _sign(written: str) -> Sign:
    return tuple(tuple(phrase.strip() for phrase in part.split(",")) for part in written.split(" + "))


def _faults(kept: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"[{name}] is unknown" for name in kept if name not in {*LISTS, *TABLES, ACCENTS})
    for phrase in _phrases(kept):
        if not phrase or phrase != phrase.strip() or phrase == "*":
            yield f"an empty phrase: {phrase!r}"
        if phrase != phrase.lower():
            yield f"{phrase!r} has capitals"


def _phrases(kept: Mapping[str, Any]) -> Iterator[str]:
    for name in LISTS:
        yield from kept.get(name, ())
    for words in kept.get("alone", {}).values():
        yield from words
    for signs in kept.get("signs", {}).values():
        yield from (phrase for sign in signs for part in _sign(sign) for phrase in part)
