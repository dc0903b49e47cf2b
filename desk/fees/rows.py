"""Rows of the office's files: what is in a cell, and what is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from desk.records.fees import Basis, FeeType

#: how long a code, a name and a note may be; what a number may come to, and its digits after the point
LONGEST_CODE, LONGEST_TITLE, LONGEST_NOTE = 32, 60, 200
MOST, PLACES = Decimal(1_000_000_000), 6


class Table(StrEnum):
    """What the rows of a sheet are."""

    TARIFFS = "tariffs"
    READINGS = "readings"
    CHARGES = "charges"
    PAYMENTS = "payments"


class Wrong(StrEnum):
    """Why a row cannot be taken in."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    BAD_NUMBER = "bad_number"
    BAD_DATE = "bad_date"
    BAD_PERIOD = "bad_period"
    BAD_TYPE = "bad_type"
    BAD_BASIS = "bad_basis"
    BAD_ANSWER = "bad_answer"
    NO_HOME = "no_home"
    NO_TARIFF = "no_tariff"
    NO_METER = "no_meter"
    OTHER_HOME = "other_home"
    SEVERAL_METERS = "several_meters"
    NO_READINGS = "no_readings"
    BACKWARDS = "backwards"
    NO_AREA = "no_area"
    NOT_ROUND = "not_round"
    NO_AMOUNT = "no_amount"
    WRONG_AMOUNT = "wrong_amount"
    NOTHING_PAID = "nothing_paid"
    FUTURE = "future"
    BY_TELEGRAM = "by_telegram"
    TWICE = "twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a sheet, its cells by column, as text. Empty cells are left out."""

    table: Table
    sheet: str
    #: as the spreadsheet counts, the header being 1
    number: int
    cells: Mapping[str, str]
    #: what the file calls a column, where it calls it otherwise
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one row."""

    row: Row
    why: Wrong
    #: which column, what is in it, and what should be or was there before
    column: str = ""
    given: str = ""
    wanted: str = ""


class Unfit(Exception):
    """A row cannot be taken in; caught where the rows are gone through."""

    def __init__(self, row: Row, why: Wrong, column: str = "", wanted: str = "") -> None:
        given = row.cells.get(column, "")
        self.fault = Fault(row=row, why=why, column=column, given=given, wanted=wanted)
        super().__init__(why)


#: the company's own words for the types and bases
_TYPES: Final = {
    "物业费": FeeType.PROPERTY,
    "公摊费": FeeType.SHARED,
    "水费": FeeType.WATER,
    "电费": FeeType.ELECTRICITY,
    "煤气费": FeeType.GAS,
    "取暖费": FeeType.HEATING,
    "停车费": FeeType.PARKING,
    "维修费": FeeType.REPAIR,
    "服务费": FeeType.SERVICE,
    "租金": FeeType.RENT,
    "押金": FeeType.DEPOSIT,
    "其他": FeeType.OTHER,
    **{one.value: one for one in FeeType},
}
_BASES: Final = {
    "按面积": Basis.AREA,
    "按表": Basis.METER,
    "固定": Basis.FIXED,
    **{one.value: one for one in Basis},
}
_ANSWERS: Final = {
    "yes": True,
    "no": False,
    "true": True,
    "false": False,
    "1": True,
    "0": False,
    "是": True,
    "否": False,
}


def text(row: Row, column: str, most: int = LONGEST_CODE) -> str:
    """Words; "" where there are none."""
    found = row.cells.get(column, "")
    if len(found) > most:
        raise Unfit(row, Wrong.TOO_LONG, column, f"{most}")
    return found


def needed(row: Row, column: str, most: int = LONGEST_CODE) -> str:
    """Words that have to be there."""
    found = text(row, column, most)
    if not found:
        raise Unfit(row, Wrong.MISSING, column)
    return found


def titles(row: Row) -> dict[str, str]:
    """Names by language, out of the columns `title.en` and the like."""
    columns = [column for column in row.cells if column.startswith("title.")]
    return {column.removeprefix("title."): text(row, column, LONGEST_TITLE) for column in columns}


def number(row: Row, column: str) -> Decimal | None:
    """A number, with thousands marked by commas or not; None where there is none."""
    given = unicodedata.normalize("NFKC", text(row, column)).replace(" ", "")
    if not given:
        return None
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", given):
        given = given.replace(",", "")
    try:
        found = Decimal(given)
    except InvalidOperation:
        raise Unfit(row, Wrong.BAD_NUMBER, column) from None
    if not found.is_finite() or abs(found) >= MOST or -int(found.as_tuple().exponent) > PLACES:
        raise Unfit(row, Wrong.BAD_NUMBER, column)
    return found


def needed_number(row: Row, column: str) -> Decimal:
    """A number that has to be there."""
    found = number(row, column)
    if found is None:
        raise Unfit(row, Wrong.MISSING, column)
    return found


def moment(row: Row, column: str) -> tuple[date, time | None]:
    """A day, and the time of day where it is told: `2026-11-30`, `2026/11/30 14:30`, `30.11.2026`."""
    given = unicodedata.normalize("NFKC", needed(row, column))
    turned = re.sub(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})", r"\3-\2-\1", given)
    found = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::\d{2})?)?", turned)
    try:
        if found is None:
            raise ValueError
        day = date(int(found[1]), int(found[2]), int(found[3]))
        clock = time(int(found[4]), int(found[5])) if found[4] else None
    except ValueError:
        raise Unfit(row, Wrong.BAD_DATE, column) from None
    if not 2000 <= day.year < 2100:
        raise Unfit(row, Wrong.BAD_DATE, column)
    return day, clock


def day(row: Row, column: str) -> date:
    """A day."""
    return moment(row, column)[0]


def at(row: Row, column: str, zone: str) -> datetime:
    """A moment; the middle of the day where no time is told."""
    found, clock = moment(row, column)
    return datetime.combine(found, clock or time(12), ZoneInfo(zone))


def fee_type(row: Row) -> FeeType:
    """What kind of fee it is."""
    found = _TYPES.get(needed(row, "type").lower())
    if found is None:
        raise Unfit(row, Wrong.BAD_TYPE, "type", ", ".join(FeeType))
    return found


def basis(row: Row) -> Basis:
    """What the price is multiplied with."""
    found = _BASES.get(needed(row, "basis").lower())
    if found is None:
        raise Unfit(row, Wrong.BAD_BASIS, "basis", ", ".join(Basis))
    return found


def answer(row: Row, column: str) -> bool:
    """Yes or no; an empty cell is no."""
    given = text(row, column).lower()
    if given and given not in _ANSWERS:
        raise Unfit(row, Wrong.BAD_ANSWER, column)
    return _ANSWERS.get(given, False)
