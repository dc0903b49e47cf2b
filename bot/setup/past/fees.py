"""Four months of bills, as the office would have imported them, and who has paid."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from bot.fees import files
from desk.fees import reminding
from desk.fees.importing import plan
from desk.fees.periods import before, first_day, last_day, period_of
from desk.fees.plans import carry_out
from desk.ports import Work
from desk.records import Estate, Home

MONTHS: Final = 4
TARIFFS: Final = (
    ("property", "property", "area", "m²", "2.80", "Property fee", "物业费"),
    ("water", "water", "meter", "m³", "3.40", "Cold water", "自来水费"),
    ("lighting", "shared", "area", "m²", "0.15", "Shared lighting", "公共照明分摊"),
    ("parking", "parking", "fixed", "", "150.00", "Parking space", "停车位"),
)
#: so many days after the month a bill is to be paid; most people do so within this many
DUE, PAID = 30, 7

_Row = dict[str, str]


def play_fees(work: Work, estate: Estate, homes: Sequence[Home], dice: Random, now: datetime) -> None:
    """Tariffs, readings, charges and payments, month by month; the last bill is open, a few older too."""
    months = _months(now, estate)
    _import(work, estate, now, _tariffs(months[0]))
    readings, charges = _metered(homes, months, dice)
    _import(work, estate, now, readings)
    _import(work, estate, now, charges)
    paid = [home for home in homes if dice.random() < 0.93]
    _import(work, estate, now, list(_payments(work, paid, months[:-1])))


def _months(now: datetime, estate: Estate) -> list[str]:
    """The last full months, the oldest first."""
    month, found = before(period_of(now.astimezone(ZoneInfo(estate.time_zone)).date())), list[str]()
    for _number in range(MONTHS):
        found.insert(0, month)
        month = before(month)
    return found


def _tariffs(first: str) -> list[_Row]:
    names = ("code", "type", "basis", "measure", "price", "title.en", "title.zh_CN")
    since = f"{first_day(before(first)):%Y-%m-%d}"
    return [dict(zip(names, one, strict=True)) | {"since": since} for one in TARIFFS]


def _metered(homes: Sequence[Home], months: Sequence[str], dice: Random) -> tuple[list[_Row], list[_Row]]:
    """What the meters showed at each month's end, and what is charged for it."""
    readings: list[_Row] = []
    charges: list[_Row] = []
    for home in homes:
        shown = Decimal(dice.randrange(100, 1500))
        readings.append(_reading(home, last_day(before(months[0])), shown))
        parks = dice.random() < 0.3
        for month in months:
            shown += dice.choice((6, 8, 9, 11, 12, 15, 15, 48 if month == months[-1] else 14))
            readings.append(_reading(home, last_day(month), shown))
            lines = ["property", "water", "lighting", *(["parking"] if parks else [])]
            due = f"{last_day(month) + timedelta(days=DUE):%Y-%m-%d}"
            charges += [{"home": home.code, "period": month, "tariff": one, "due": due} for one in lines]
    return readings, charges


def _reading(home: Home, day: date, shown: Decimal) -> _Row:
    meter = f"W-{home.code}"
    return {"home": home.code, "meter": meter, "tariff": "water", "date": f"{day}", "value": f"{shown}"}


def _payments(work: Work, homes: Sequence[Home], months: Sequence[str]) -> Iterator[_Row]:
    for home in homes:
        for month in months:
            owed = sum((one.amount for one in work.fees.charges(home.id) if one.period == month), Decimal(0))
            day = last_day(month) + timedelta(days=PAID)
            reference = f"ICBC-{day:%Y%m%d}-{home.id:04}"
            yield {
                "home": home.code,
                "date": f"{day}",
                "amount": f"{owed}",
                "method": "transfer",
                "reference": reference,
            }


def _import(work: Work, estate: Estate, now: datetime, rows: Sequence[_Row]) -> None:
    """As the office does it: from a file."""
    file = io.StringIO()
    table = csv.DictWriter(file, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    found = plan(work, estate, files.read(file.getvalue().encode()), now)
    if found.faults:
        raise ValueError(f"the demo's fees: {found.faults[0]}")
    carry_out(work, found)
    reminding.set_anew(work, estate, found.bills(), now)
