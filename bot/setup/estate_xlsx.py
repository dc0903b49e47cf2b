"""An estate's file as a spreadsheet: sheets `estate`, `homes` and `queues`, each with a row of headers.

A header is the key that the TOML has, with dots where it lies deeper: `name`, `promises.respond`, `title.en`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from bot.setup.documents import Document, Place, Problem, Route, WrongFile

#: tables beside the estate's own, whose keys are in its sheet
BESIDE: Final = ("promises", "survey", "digest", "fees", "emergency", "calendar")
LISTS: Final = ("homes", "queues", "answers", "kinds")

Cells = list[tuple[Route, object, Place]]


def read_xlsx(file: Path) -> Document:
    """The values of a workbook and the cell of each; raises `WrongFile`."""
    try:
        book = CalamineWorkbook.from_path(str(file))
        sheets = {
            name.strip().lower(): book.get_sheet_by_name(name).to_python(False) for name in book.sheet_names
        }
    except CalamineError as error:
        raise WrongFile(f"{file.name}: no spreadsheet that can be read: {error}") from None
    cells = [
        cell for number, name in enumerate(sheets) for cell in _cells(file.name, number, name, sheets[name])
    ]
    return _document(file.name, cells)


def _document(name: str, cells: Cells) -> Document:
    data: dict[str, Any] = {}
    places: dict[Route, Place] = {(): Place((0,), name)}
    for path, value, cell in cells:
        if not _put(data, path, value):
            raise WrongFile(Problem(cell, "has a header that is there already"))
        for end in range(1, len(path) + 1):
            places.setdefault(path[:end], cell)

    def place(path: Route) -> Place:
        return next(places[path[:end]] for end in range(len(path), -1, -1) if path[:end] in places)

    return Document({key: _lists(key, table) for key, table in data.items()}, place)


def _put(data: dict[str, Any], path: Route, value: object) -> bool:
    """Whether the place was free."""
    table: Any = data
    for part in path[:-1]:
        table = table.setdefault(part, {}) if isinstance(table, dict) else None
    if not isinstance(table, dict) or path[-1] in table:
        return False
    table[path[-1]] = value
    return True


def _lists(key: str, table: Mapping[Any, Any]) -> object:
    """Rows were kept by number so that they could be found again; now they are a list."""
    return list(table.values()) if key in LISTS else table


def _cells(
    file: str, number: int, sheet: str, rows: Sequence[Sequence[object]]
) -> Iterator[tuple[Route, object, Place]]:
    headers = [str(cell).strip() for cell in rows[0]] if rows else []
    filled = [
        (row, cells) for row, cells in enumerate(rows[1:], start=2) if any(cell != "" for cell in cells)
    ]
    for index, (row, cells) in enumerate(filled):
        for column, (header, cell) in enumerate(zip(headers, cells, strict=False)):
            place = Place((number, row, column), f"{file}:{sheet}!{_letters(column)}{row}")
            if cell != "":
                yield _path(sheet, index, header, place), _plain(cell), place


def _path(sheet: str, index: int, header: str, place: Place) -> Route:
    keys = header.split(".")
    if not all(keys):
        raise WrongFile(Problem(place, "has no header above it"))
    if sheet in LISTS:
        return (sheet, index, *keys)
    if sheet == "estate" and index:
        raise WrongFile(Problem(place, "a second estate; a file holds one"))
    return tuple(keys) if sheet == "estate" and keys[0] in BESIDE else (sheet, *keys)


def _letters(column: int) -> str:
    """0 is A, 26 is AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def _plain(cell: object) -> object:
    """What a person typed, as text: a spreadsheet makes numbers of door codes, and days of times."""
    match cell:
        case float() if cell.is_integer():
            return str(int(cell))
        case time():
            return f"{cell:%H:%M}"
        case timedelta():
            return f"{int(cell.total_seconds())}s"
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()
