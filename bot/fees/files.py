"""The office's files: bytes of an .xlsx or .csv into rows, and clear words for what is no such file."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.fees import unpacking
from desk.fees.rows import Row, Table
from locales.text import Text, _

#: bytes that Telegram hands over, and rows that one transaction takes well
LARGEST, MOST_ROWS, MOST_COLUMNS = 20_000_000, 20_000, 100
#: columns of each table: those that must be there, and those that may
COLUMNS: Final[Mapping[Table, tuple[frozenset[str], frozenset[str]]]] = {
    Table.TARIFFS: (frozenset({"code", "type", "basis", "price", "since"}), frozenset({"measure"})),
    Table.READINGS: (frozenset({"home", "meter", "date", "value"}), frozenset({"tariff"})),
    Table.CHARGES: (
        frozenset({"home", "period", "due"}),
        frozenset(
            {
                "tariff",
                "type",
                "line",
                "quantity",
                "measure",
                "price",
                "start",
                "end",
                "amount",
                "once",
                "note",
            }
        ),
    ),
    Table.PAYMENTS: (frozenset({"home", "date", "amount", "reference"}), frozenset({"method"})),
}
#: what tables may carry a name in each language
TITLED: Final = frozenset({Table.TARIFFS, Table.CHARGES})
CHINESE: Final = {
    "房号": "home",
    "账期": "period",
    "收费项目": "tariff",
    "费用类型": "type",
    "明细": "line",
    "数量": "quantity",
    "单位": "measure",
    "单价": "price",
    "起数": "start",
    "止数": "end",
    "金额": "amount",
    "缴费期限": "due",
    "一次性": "once",
    "备注": "note",
    "表号": "meter",
    "日期": "date",
    "读数": "value",
    "方式": "method",
    "流水号": "reference",
    "项目编码": "code",
    "计费方式": "basis",
    "执行日期": "since",
    "名称": "title.zh_CN",
}

OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
#: what a workbook with a password holds instead of sheets
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


class UnreadableFile(Exception):
    """A file from which no rows can be read; the text says why, and what to do."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(str(why))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: its name, and its cells as text."""

    name: str
    lines: Sequence[Sequence[str]]


def read(content: bytes) -> tuple[Row, ...]:
    """All rows of a file; raises `UnreadableFile`."""
    if not content.strip():
        raise UnreadableFile(_("This file is empty."))
    if len(content) > LARGEST:
        raise UnreadableFile(too_large())
    sheets = list(_workbook(content) if content.startswith((OLE, ZIP)) else [_csv(content)])
    rows = tuple(row for sheet in sheets for row in _rows(sheet))
    if not rows:
        raise UnreadableFile(_("There are no rows below the headers."))
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(_("There are more than {most} rows. Please split the file.", most=MOST_ROWS))
    return rows


def _workbook(content: bytes) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook  # only those who send one wait for it

    if content.startswith(OLE):
        raise UnreadableFile(_protected() if ENCRYPTED in content else _old())
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(unpacking.repacked(content, _fits)))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield Sheet(name, [[_plain(cell) for cell in line] for line in cells])
    except unpacking.TooLarge:
        raise UnreadableFile(too_large()) from None
    except (
        CalamineError,
        unpacking.Broken,
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OSError,
        EOFError,
        RuntimeError,
    ):
        raise UnreadableFile(_unreadable()) from None


def _fits(column: int, row: int) -> None:
    """Raises `UnreadableFile` for a cell that is farther out than any table of an office."""
    if column > MOST_COLUMNS:
        raise UnreadableFile(_("A sheet of this file has more than {most} columns.", most=MOST_COLUMNS))
    if row > 2 * MOST_ROWS:
        raise UnreadableFile(_("There are more than {most} rows. Please split the file.", most=MOST_ROWS))


def too_large() -> Text:
    """Said before it is fetched, too: Telegram gives bots no larger ones."""
    return _("This file is too large. Please split it: at most 20 MB a file.")


def _protected() -> Text:
    return _("This workbook is protected by a password. Please save it without one.")


def _old() -> Text:
    return _("This is a workbook of the old kind (.xls). Please save it as .xlsx.")


def _unreadable() -> Text:
    return _("I cannot read this file. Please send an .xlsx, or a .csv saved as “CSV UTF-8”.")


def _csv(content: bytes) -> Sheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(
            _("The letters of this file are not UTF-8. Please save it as “CSV UTF-8”, or send an .xlsx.")
        ) from None
    if not text.isprintable() and re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise UnreadableFile(_unreadable())
    head = text.lstrip("\r\n").partition("\n")[0]
    mark = max(",;\t", key=head.count)
    try:
        return Sheet(
            "", [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text), delimiter=mark)]
        )
    except csv.Error:
        raise UnreadableFile(_unreadable()) from None


def _plain(cell: object) -> str:
    """A cell as a person would type it: spreadsheets make floats of numbers, and moments of days."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case int() | float():
            return format(cell, ".14g") if abs(cell) < 1e14 else f"{cell}"
        case datetime():
            return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case timedelta():
            return f"{cell.total_seconds():g}"
        case _:
            return str(cell).strip()


def _rows(sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet; an empty one has none."""
    filled = [(number, line) for number, line in enumerate(sheet.lines, 1) if any(line)]
    if not filled:
        return
    columns = [_column(header) for header in filled[0][1]]
    table = _table(sheet, columns)
    headers = {
        column: header.strip()
        for column, header in zip(columns, filled[0][1], strict=True)
        if column != header.strip()
    }
    for number, line in filled[1:]:
        cells = {column: cell for column, cell in zip(columns, line, strict=False) if column and cell}
        yield Row(table=table, sheet=sheet.name, number=number, cells=cells, headers=headers)


def _column(header: str) -> str:
    known = header.strip()
    return CHINESE.get(known, known if known.startswith("title.") else known.lower())


def _table(sheet: Sheet, columns: Sequence[str]) -> Table:
    """What the rows are, by their headers; raises `UnreadableFile` for headers that fit nothing."""
    given = {one for one in columns if one}
    for table, (needed, _optional) in COLUMNS.items():
        if needed <= given:
            _check(table, columns)
            return table
    raise UnreadableFile(_wrong_headers(given))


def _wrong_headers(given: Iterable[str]) -> Text:
    """Which columns of the nearest table are missing."""
    table = max(COLUMNS, key=lambda one: len(COLUMNS[one][0] & {*given}) / len(COLUMNS[one][0]))
    missing = sorted(COLUMNS[table][0] - {*given})
    if len(missing) == len(COLUMNS[table][0]):
        return _("The first row must be the headers, such as home, period, tariff, due.")
    return _(
        "The headers do not fit. For {table} these are missing: {columns}",
        table=TABLES[table],
        columns=", ".join(missing),
    )


def _check(table: Table, columns: Sequence[str]) -> None:
    needed, optional = COLUMNS[table]
    seen: set[str] = set()
    for column in columns:
        titled = column.startswith("title.") and table in TITLED
        if column and column not in needed | optional and not titled:
            raise UnreadableFile(_("I do not know the column “{column}”.", column=column[:60]))
        if column and column in seen:
            raise UnreadableFile(_("The column “{column}” is there twice.", column=column[:60]))
        seen.add(column)


#: what the rows of a table are called
TABLES: Final[Mapping[Table, Text]] = {
    Table.TARIFFS: _("tariffs"),
    Table.READINGS: _("meter readings"),
    Table.CHARGES: _("charges"),
    Table.PAYMENTS: _("payments"),
}
