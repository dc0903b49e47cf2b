"""How people of each language name homes, cars and who comes: `locales/<lang>/naming.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from locales.languages import HERE

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
    kept: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = sorted(set(kept) - LISTS)
    if unknown:
        raise ValueError(f"{path}: nobody reads {', '.join(unknown)}")
    return {name: tuple(words) for name, words in kept.items()}


def every_word(name: str) -> tuple[str, ...]:
    """One list of all languages, the longest first."""
    words = {word for lists in naming().values() for word in lists.get(name, ())}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
