"""How people say what they want, and what is none of an estate's: `locales/<lang>/intents.toml`."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from locales.languages import HERE
from locales.lexicon import spread, word_faults
from locales.tables import checked

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
    wanted = _tables(language, folder).get(WANTED, {})
    return MappingProxyType({name: spread(words) for name, words in wanted.items()})


@cache
def elsewhere(language: str, folder: Path = HERE) -> tuple[str, ...]:
    """Phrases that speak of what is none of an estate's."""
    return spread(word for words in _tables(language, folder).get(ELSEWHERE, {}).values() for word in words)


@lru_cache(maxsize=1)  # asked for twice, one language after the other
def _tables(language: str, folder: Path) -> Tables:
    return checked(folder / language / "intents.toml", _faults)


def _faults(kept: Tables) -> Iterator[str]:
    yield from (
        f"[{name}] is neither [{WANTED}] nor [{ELSEWHERE}]"
        for name in kept
        if name not in (WANTED, ELSEWHERE)
    )
    yield from (f"{name} is no intent" for name in kept.get(WANTED, {}) if name not in INTENTS)
    for table in kept.values():
        for name, words in table.items():
            yield from (f"{name}: {fault}" for fault in word_faults(words))
