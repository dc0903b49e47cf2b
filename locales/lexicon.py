"""Which words hint at which kind of request, and which name a command: `locales/<lang>/lexicon.toml`."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType

from locales.languages import HERE
from locales.tables import checked

#: the kinds are the desk's; they are read as text, so that words depend on nobody's code
_TAXONOMY = HERE.parent / "desk" / "taxonomy.json"


#: the part with words that name commands, which `dialogs.commands` knows the names of
COMMANDS = "commands"
#: the part with words that name shared parts of an estate, by `desk.records.Place`
PLACES = "places"
#: the part with words for what no kind names exactly, by the name of the subject (`TOPICS`)
SUBJECTS = "topics"
#: such subjects, with the kind that each is filed as
TOPICS: Mapping[str, str] = MappingProxyType({"odour": "c_hygiene", "encroachment": "c_other"})

#: one word, or one of several phrases in brackets
_PARTS = re.compile(r"\([^)]*\)|\S+")

Levels = Mapping[str, Mapping[str, list[str]]]


@cache
def lexicon(language: str, folder: Path = HERE) -> Mapping[str, tuple[str, ...]]:
    """Typical words by the code of a kind or group; empty for a language without a lexicon.

    Raises ValueError, naming the file, for an unknown code, a word given twice, or capitals, which never
    match, as what people write is made small before it is looked up.
    """
    levels = _levels(language, folder)
    found = {code: spread(words) for level in codes() for code, words in levels.get(level, {}).items()}
    return MappingProxyType(found)


def spread(phrases: Iterable[str]) -> tuple[str, ...]:
    """Each phrase once; "(a|b) c" stands for "a c" and "b c"."""
    said = (" ".join(words) for phrase in phrases for words in product(*map(_either, _PARTS.findall(phrase))))
    return tuple(dict.fromkeys(said))


def _either(part: str) -> list[str]:
    return part[1:-1].split("|") if part.startswith("(") else [part]


@cache
def command_words(language: str, folder: Path = HERE) -> Mapping[str, tuple[str, ...]]:
    """What people type to give a command in this language, by the command's name."""
    named = _levels(language, folder).get(COMMANDS, {})
    return MappingProxyType({name: tuple(words) for name, words in named.items()})


@cache
def place_words(language: str, folder: Path = HERE) -> Mapping[str, tuple[str, ...]]:
    """How people name the shared parts of a building and of the grounds."""
    named = _levels(language, folder).get(PLACES, {})
    return MappingProxyType({name: tuple(words) for name, words in named.items()})


def _levels(language: str, folder: Path) -> Levels:
    return checked(folder / language / "lexicon.toml", _faults)


@cache
def understood(folder: Path = HERE) -> tuple[str, ...]:
    """Every language that has a lexicon: some are understood though nothing is said in them."""
    return tuple(sorted({path.parent.name for path in folder.glob("*/lexicon.toml")}))


def codes() -> Mapping[str, frozenset[str]]:
    """The codes that exist, by level: groups and kinds."""
    groups = json.loads(_TAXONOMY.read_text(encoding="utf-8"))["categories"]
    kinds = [kind["code"] for group in groups for kind in group["children"]]
    return {
        "groups": frozenset(group["code"] for group in groups),
        "kinds": frozenset(kinds),
        SUBJECTS: frozenset(TOPICS),
    }


def _faults(levels: Levels) -> Iterator[str]:
    known = codes()
    named = {*known, COMMANDS, PLACES}
    yield from (
        f"[{level}] is none of [groups], [kinds], [topics], [places], [commands]"
        for level in levels
        if level not in named
    )
    for level in known:
        for code, words in levels.get(level, {}).items():
            if code not in known[level]:
                yield f"{code} is not one of the {level}"
            yield from (f"{code}: {fault}" for fault in word_faults(words))
    for name, words in (*levels.get(COMMANDS, {}).items(), *levels.get(PLACES, {}).items()):
        yield from (f"{name}: {fault}" for fault in word_faults(words))


def word_faults(words: list[str]) -> Iterator[str]:
    """What keeps phrases of a file from ever being found, or is there twice."""
    yield from (f"{word!r} is there twice" for word in sorted(set(words)) if words.count(word) > 1)
    yield from (f"{word!r} has capitals" for word in words if word != word.lower())
    yield from (f"{word!r} has spaces around it" for word in words if word != word.strip() or not word)
