"""How people say what they want, and what is none of an estate's: `locales/<lang>/intents.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from locales.languages import HERE
from locales.lexicon import spread, word_faults

#: what people want, by the names of `dialogs.understanding.intents`
WANTED = "intents"
#: what no estate's desk can do, by subjects whose names are only for those who read the file
ELSEWHERE = "elsewhere"
#: all that can be wanted; an emergency has a file of its own
INTENTS = ("repair", "complaint", "visitor", "fee", "status", "suggestion", "praise", "question", "chitchat")

Tables = Mapping[str, Mapping[str, list[str]]]


@cache
def intents(language: str, folder: Path = HERE) -> Mapping[str, tuple[str, ...]]:
    """Phrases by what they ask for; empty for a language without the file. Raises ValueError, naming the
    file, for an unknown intent or a phrase that could never be found."""
    tables = _tables(language, folder)
    return MappingProxyType({name: spread(words) for name, words in tables.get(WANTED, {}).items()})


@cache
def elsewhere(language: str, folder: Path = HERE) -> tuple[str, ...]:
    """Phrases that speak of what is none of an estate's."""
    return spread(word for words in _tables(language, folder).get(ELSEWHERE, {}).values() for word in words)


def _tables(language: str, folder: Path) -> Tables:
    path = folder / language / "intents.toml"
    if not path.exists():
        return {}
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    faults = list(_faults(tables))
    if faults:
        raise ValueError(f"{path}: {'; '.join(faults)}")
    return tables


def _faults(tables: Tables) -> Iterator[str]:
    yield from (
        f"[{name}] is neither [{WANTED}] nor [{ELSEWHERE}]"
        for name in tables
        if name not in (WANTED, ELSEWHERE)
    )
    yield from (f"{name} is no intent" for name in tables.get(WANTED, {}) if name not in INTENTS)
    for table in tables.values():
        for name, words in table.items():
            yield from (f"{name}: {fault}" for fault in word_faults(words))
