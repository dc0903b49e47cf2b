"""How times are written in an estate's file: lengths, times of day, quiet hours, working hours."""

import re
from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from itertools import pairwise
from typing import Final

from desk.records import Opening

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def span(value: object) -> timedelta:
    """A length of time: 30m, 24h, 2d, 1h30m."""
    if not isinstance(value, str) or not re.fullmatch(r"(\d{1,6}[smhd])+", value.strip()):
        raise ValueError('must be a length of time such as "30m", "24h" or "2d"')
    parts = re.findall(r"(\d+)([smhd])", value)
    return sum((timedelta(**{UNITS[unit]: int(number)}) for number, unit in parts), timedelta())


def promise(value: object) -> timedelta:
    """A length of time that can be kept."""
    found = span(value)
    if not found:
        raise ValueError("must be longer than nothing")
    return found


def clock(value: object) -> time:
    """A time of day."""
    if isinstance(value, time):
        return value.replace(tzinfo=None)
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", value.strip()) if isinstance(value, str) else None
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError('must be a time of day such as "08:30", at most "23:59"')
    return time(int(found[1]), int(found[2]))


def quiet(value: object) -> tuple[time, time] | None:
    """The hours in which nobody is asked; "" or "none" asks at any hour."""
    if value in ("", "none"):
        return None
    start, dash, end = str(value).partition("-")
    if not dash:
        raise ValueError('must be two times of day such as "22:00-08:00", or "" for none')
    found = clock(start), clock(end)
    if found[0] == found[1]:
        raise ValueError("must not end when it starts")
    return found


def hours(value: object) -> tuple[Opening, ...]:
    """Working hours: `{ mon-fri = "08:00-12:00,13:00-18:00" }`, in a sheet `mon-fri 08:00-18:00; sat …`."""
    days = _days_of_text(value) if isinstance(value, str) else value
    if not isinstance(days, Mapping):
        raise ValueError('must be days with their hours such as { mon-fri = "08:00-18:00" }')
    found = [
        Opening(weekday=weekday, start=start, end=end)
        for named, stretches in days.items()
        for weekday in _weekdays(str(named))
        for start, end in _stretches(stretches)
    ]
    return _apart(sorted(found, key=lambda one: (one.weekday, one.start)))


def _days_of_text(value: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in value.split(";") if part.strip())
    return {days: stretches for days, _, stretches in parts}


def _weekdays(named: str) -> Iterator[int]:
    """`mon`, `mon-fri`, `sat-mon`, `mon,wed` or `daily`."""
    for part in ("mon-sun" if named.lower() == "daily" else named.lower()).split(","):
        first, _, last = part.strip().partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            raise ValueError(f'"{named}" is no day or range of days such as "sat" or "mon-fri"')
        start, end = DAYS.index(first), DAYS.index(last or first)
        yield from (day % 7 for day in range(start, end + 1 if end >= start else end + 8))


def _stretches(value: object) -> Iterator[tuple[time, time]]:
    for part in str(value).split(","):
        start, dash, end = part.partition("-")
        if not dash:
            raise ValueError(f'"{value}" is no stretch of hours such as "08:00-18:00"')
        opens, closes = clock(start), clock(end)
        if opens >= closes:
            raise ValueError(f'"{part.strip()}" ends before it starts; split a night at midnight')
        yield opens, closes


def _apart(openings: list[Opening]) -> tuple[Opening, ...]:
    for earlier, later in pairwise(openings):
        if earlier.weekday == later.weekday and later.start < earlier.end:
            raise ValueError(f"names hours on {DAYS[later.weekday]} twice")
    return tuple(openings)
