"""A workbook of somebody's, unpacked and packed anew, so that its reader meets no surprise.

A cell that says it is in the last corner of a sheet makes the reader set aside memory for all before it, and
a process that gets none ends there and then. So every part is read here first, as the XML that it is: what
is handed on is what was looked at, and nothing else.
"""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

#: bytes that all parts may unpack to, and how many are read at once
UNPACKED, CHUNK = 200_000_000, 65_536
#: parts with rows and names in them; pictures and macros are left out
PARTS: Final = (".xml", ".rels")
PLACE: Final = re.compile(r"([A-Z]{0,4})([0-9]{0,9})", re.ASCII | re.IGNORECASE)


class TooLarge(Exception):
    """All parts together unpack to more than is taken in."""


class Broken(Exception):
    """This is no workbook, or one that no program would write."""


#: is told where each cell and row says that it is, as column and row, 0 where it does not say
Sees = Callable[[int, int], None]


def repacked(content: bytes, sees: Sees) -> bytes:
    """The parts of a workbook that hold its rows; raises `TooLarge`, `Broken`, or what `zipfile` does."""
    made, room = io.BytesIO(), UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(made, "w") as plain:
        for part in _parts(book):
            unpacked = _read(book, part, room)
            room -= len(unpacked)
            _look(unpacked, sees)
            plain.writestr(part.filename, unpacked)
    return made.getvalue()


def _parts(book: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Those that are read; a name that is there twice could be read as either."""
    parts = [one for one in book.infolist() if one.filename.lower().endswith(PARTS)]
    names = {one.filename.lower() for one in parts}
    if len(names) < len(parts) or "xl/workbook.xml" not in names:
        raise Broken
    return parts


def _read(book: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    """A part; other ways of packing than the usual two swell past any limit."""
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Broken
    if part.file_size > room:
        raise TooLarge
    return book.read(part)


def _look(part: bytes, sees: Sees) -> None:
    """Goes through the elements of a part; raises `Broken` for no XML, or words that it declares itself."""
    parser = expat.ParserCreate()

    def started(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] in {"c", "row"}:
            sees(*_place(attributes.get("r", "")))

    def refused(*_declared: object) -> None:
        raise Broken

    parser.StartElementHandler = started
    parser.StartDoctypeDeclHandler = refused
    try:
        for at in range(0, len(part), CHUNK):
            parser.Parse(part[at : at + CHUNK], False)  # in between, other threads have their turn
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Broken from None


def _place(told: str) -> tuple[int, int]:
    """`AA7` is column 27 of row 7."""
    found = PLACE.fullmatch(told)
    if found is None:
        raise Broken
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2] or 0)
