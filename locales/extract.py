"""Which texts the code says: found in the sources, which are read as text and never imported."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract

#: the rooms whose code marks texts
ROOMS = ("bot", "desk", "dialogs")
#: the lists of names that every estate starts from
TAXONOMY = "desk/taxonomy.json"

_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "_n": (1, 2)}
_REMARK = "Translators:"
_MARKS_SOMETHING = re.compile(rb"\b_n?\(")


class Found(NamedTuple):
    """A text that the code says, at one of the places where it does."""

    #: the message id
    id: str
    #: the plural message id
    plural: str | None
    #: the file, from the root of the checkout
    place: str
    #: what translators should know
    remarks: tuple[str, ...] = ()
    #: the Chinese name, where the taxonomy gives one
    chinese: str = ""


def texts(root: Path) -> list[Found]:
    """Every marked text below the root and every name of the taxonomy, by file and in the order of each."""
    sources = sorted(path for room in ROOMS for path in (root / room).rglob("*.py"))
    marked = [found for path in sources for found in marked_in(path, path.relative_to(root).as_posix())]
    return marked + list(names_in(root / TAXONOMY))


def marked_in(path: Path, place: str) -> Iterator[Found]:
    """The texts that one source file marks with `_` or `_n`."""
    if not _MARKS_SOMETHING.search(path.read_bytes()):
        return
    with path.open("rb") as file:
        for _line, message, remarks, _context in extract(
            "python", file, _KEYWORDS, (_REMARK,), strip_comment_tags=True
        ):
            id, plural = (message, None) if isinstance(message, str) else message
            yield Found(id, plural, place, tuple(remark.strip() for remark in remarks if remark.strip()))


def names_in(path: Path) -> Iterator[Found]:
    """The names in the taxonomy, of groups, kinds and reasons: their English is the message id."""
    if path.exists():
        for english, chinese in _names(json.loads(path.read_text(encoding="utf-8"))):
            yield Found(english, None, TAXONOMY, chinese=chinese)


def _names(data: object) -> Iterator[tuple[str, str]]:
    match data:
        case {"en": str(english), "zh": str(chinese)} | [str(), str(english), str(chinese)]:
            yield english, chinese
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for part in parts:
        yield from _names(part)
