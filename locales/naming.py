"""How people of each language name homes, cars and who comes: `locales/<lang>/naming.toml`."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from locales.languages import HERE
from locales.tables import checked

#: the lists of such a file; each may be missing
LISTS = frozenset({
    "home", "building", "numbered", "floor", "line", "number", "plate", "money", "people", "us",
    "counted", "callers", "called", "groups", "about", "adjectives",
})  # fmt: skip

Lists = Mapping[str, tuple[str, ...]]


@cache
def naming(folder: Path = HERE) -> Mapping[str, Lists]:
    """Every language that has such words, by its folder; raises ValueError, naming the file, for a list
    that nobody reads."""
    return {path.parent.name: _read(path) for path in sorted(folder.glob("*/naming.toml"))}


def _read(path: Path) -> Lists:
    return {name: tuple(words) for name, words in checked(path, _faults).items()}


def _faults(lists: Mapping[str, list[str]]) -> Iterator[str]:
    yield from (f"nobody reads {name}" for name in lists if name not in LISTS)


def every_word(name: str) -> tuple[str, ...]:
    """One list of all languages, the longest first."""
    words = {word for lists in naming().values() for word in lists.get(name, ())}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
