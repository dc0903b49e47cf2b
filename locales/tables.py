"""A file of words: read, and refused where nobody could ever say a word of it."""

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

#: the tables of a file, as the module that reads them types them
T = TypeVar("T")


def tables(path: Path) -> Any:
    """What a file holds; nothing where there is none. Raises ValueError, naming it, for what is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def checked(path: Path, faults: Callable[[T], Iterable[str]]) -> T:
    """What a file holds; raises ValueError, naming it and all its faults."""
    kept: T = tables(path)
    found = list(faults(kept))
    if found:
        raise ValueError(f"{path}: {'; '.join(found)}")
    return kept
