"""How people of each language say that somebody may come to harm.

`locales/<lang>/emergencies.toml` holds signs of a language's own; `locales/<lang>/dangers.toml` its words for
the concepts of which `locales/dangers.toml` makes the signs that all languages share.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from locales.languages import HERE
from locales.tables import checked, tables

#: lists of words beside the tables
LISTS = ("harmless", "denied", "meant", "calm", "over", "now", "filler")
#: the signs a language has of its own, and its words for the concepts of the shared ones
OWN, WORDS = "emergencies.toml", "dangers.toml"
TABLES: Mapping[str, tuple[str, ...]] = {OWN: ("alone", "signs"), WORDS: ("words",)}
#: says of a language that its accents make other words: who writes them means them
ACCENTS = "accents"
#: languages that are read as one, whichever somebody writes
ONE = {"zh_TW": "zh", "zh_CN": "zh"}

#: before the first name of a part: it stands close to what happens
CLOSE = "~"
#: one of its phrases is enough
Part = tuple[str, ...]
Phrases = tuple[str, ...]
Sign = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A sign of concepts, in the words of a language; the parts at `close` stand close to the first."""

    parts: Sign
    close: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One language's words. A sign is said where one phrase of each of its parts is."""

    lang: str = ""
    harmless: Phrases = ()
    denied: Phrases = ()
    #: what holds a denial, and denies nothing: "not only"
    meant: Phrases = ()
    calm: Phrases = ()
    #: says of the whole message that the danger is over
    over: Phrases = ()
    now: Phrases = ()
    filler: Phrases = ()
    accents: bool = False
    #: danger → messages that say nothing else
    alone: Mapping[str, Phrases] = field(default_factory=dict)
    #: danger → its signs
    signs: Mapping[str, tuple[Sign, ...]] = field(default_factory=dict)
    #: danger → signs of concepts; what happens stands first in them
    shared: Mapping[str, tuple[Shared, ...]] = field(default_factory=dict)


@cache
def alarms(folder: Path = HERE) -> tuple[Alarm, ...]:
    """Every language that has such words: a new one is a new folder."""
    shared = combinations(folder)
    paths = sorted(path for name in TABLES for path in folder.glob(f"*/{name}"))
    return tuple(read(path, shared) for path in paths)


def dangers(folder: Path = HERE) -> tuple[str, ...]:
    """The dangers in the order in which they count, if several are said."""
    return tuple(combinations(folder))


@cache
def combinations(folder: Path = HERE) -> Mapping[str, tuple[tuple[Part, ...], ...]]:
    """Danger → signs made of the names of concepts."""
    return {danger: tuple(map(_sign, signs)) for danger, signs in tables(folder / WORDS).items()}


def read(path: Path, shared: Mapping[str, tuple[Sign, ...]]) -> Alarm:
    """One file; raises ValueError, naming it, for a part that nobody could ever say."""
    known = {*LISTS, *TABLES[path.name], ACCENTS}
    kept: Mapping[str, Any] = checked(path, lambda found: _faults(found, known, _concepts(shared)))
    words: Mapping[str, list[str]] = kept.get("words", {})
    lang = path.parent.name
    return Alarm(
        **{name: tuple(kept.get(name, ())) for name in LISTS},
        lang=ONE.get(lang, lang),
        accents=kept.get(ACCENTS, False),
        alone={danger: tuple(said) for danger, said in kept.get("alone", {}).items()},
        signs={danger: tuple(map(_sign, signs)) for danger, signs in kept.get("signs", {}).items()},
        shared={danger: tuple(_filled(signs, words)) for danger, signs in shared.items()} if words else {},
    )


def _sign(written: str) -> Sign:
    return tuple(tuple(phrase.strip() for phrase in part.split(",")) for part in written.split(" + "))


def _filled(signs: tuple[Sign, ...], words: Mapping[str, list[str]]) -> Iterator[Shared]:
    """Signs with the words of one language; it need not have words for every concept."""
    for sign in signs:
        parts = tuple(
            tuple(dict.fromkeys(word for name in part for word in words.get(name.lstrip(CLOSE), ())))
            for part in sign
        )
        if all(parts):
            yield Shared(parts, frozenset(at for at, part in enumerate(sign) if part[0].startswith(CLOSE)))


def _concepts(shared: Mapping[str, tuple[Sign, ...]]) -> set[str]:
    return {
        name.lstrip(CLOSE) for signs in shared.values() for sign in signs for part in sign for name in part
    }


def _faults(kept: Mapping[str, Any], known: set[str], concepts: set[str]) -> Iterator[str]:
    yield from (f"[{name}] is unknown" for name in kept if name not in known)
    yield from (f"no sign is made of {name!r}" for name in kept.get("words", {}) if name not in concepts)
    for phrase in _phrases(kept):
        if not phrase or phrase != phrase.strip() or phrase == "*":
            yield f"an empty phrase: {phrase!r}"
        if phrase != phrase.lower():
            yield f"{phrase!r} has capitals"


def _phrases(kept: Mapping[str, Any]) -> Iterator[str]:
    for name in LISTS:
        yield from kept.get(name, ())
    for table in ("alone", "words"):
        for words in kept.get(table, {}).values():
            yield from words
    for signs in kept.get("signs", {}).values():
        yield from (phrase for sign in signs for part in _sign(sign) for phrase in part)
