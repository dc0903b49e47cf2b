"""Working hours of an estate or a queue, and the times for a visit that follow from them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo

from desk.records import Opening, Slot

#: how long a visit's window is, how soon the next one may be, and how many days ahead: the longest holidays
#: take some eleven days in a row
WINDOW = timedelta(hours=2)
NOTICE = timedelta(minutes=30)
HORIZON = 21


class Days(Protocol):
    """What a country and an estate make of the week."""

    def weekday(self, day: date) -> int | None:
        """Whose hours hold, Monday being 0: a made-up working day has a weekday's. None is closed."""


class EveryWeek:
    """No holidays."""

    def weekday(self, day: date) -> int | None:
        """Every Monday is a Monday."""
        return day.weekday()


EVERY_WEEK = EveryWeek()
#: how many windows for a visit are offered
OFFERED = 6


def slots(
    hours: Sequence[Opening],
    zone: str,
    now: datetime,
    count: int = OFFERED,
    length: timedelta = WINDOW,
    days: Days = EVERY_WEEK,
) -> tuple[Slot, ...]:
    """The next `count` windows within working hours, none on a holiday, the nearest first; for a visit two
    hours long."""
    today, soonest = now.astimezone(ZoneInfo(zone)).date(), now + NOTICE
    ahead = (today + timedelta(days=count) for count in range(HORIZON))
    windows = (slot for day in ahead for slot in _windows(tuple(hours), zone, day, length, days.weekday(day)))
    return tuple(islice((slot for slot in windows if slot.start >= soonest), count))


@lru_cache(maxsize=256)
def _windows(
    hours: tuple[Opening, ...], zone: str, day: date, length: timedelta, weekday: int | None
) -> tuple[Slot, ...]:
    """A day's windows. Remembered, since everybody who reports something is offered the same ones."""
    today = sorted((one for one in hours if one.weekday == weekday), key=lambda one: one.start)
    return tuple(slot for opening in today for slot in _windows_of(day, opening, ZoneInfo(zone), length))


def _windows_of(day: date, opening: Opening, zone: ZoneInfo, length: timedelta) -> Iterator[Slot]:
    start, closing = _utc(day, opening.start, zone), _utc(day, opening.end, zone)
    while start + length <= closing:
        yield Slot(start=start, end=start + length)
        start += length


def _utc(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def decent(moment: datetime, quiet: tuple[time, time] | None, zone: str) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into."""
    if quiet is None:
        return moment
    start, end = quiet
    local = moment.astimezone(ZoneInfo(zone))
    clock = local.time()
    overnight = start > end
    hushed = (clock >= start or clock < end) if overnight else (start <= clock < end)
    if not hushed:
        return moment
    day = local.date() + timedelta(days=1 if overnight and clock >= start else 0)
    # in an hour that the clocks repeat, the end that belongs to this one of the two
    return _utc(day, end.replace(fold=local.fold), ZoneInfo(zone))


def next_at(clock: time, zone: str, now: datetime) -> datetime:
    """When it is next that time in the zone, strictly after now."""
    today = now.astimezone(ZoneInfo(zone)).date()
    moment = _utc(today, clock, ZoneInfo(zone))
    return moment if moment > now else _utc(today + timedelta(days=1), clock, ZoneInfo(zone))


def day_of(day: date, zone: str) -> tuple[datetime, datetime]:
    """A calendar day of the estate as [start, end) in UTC; 23 or 25 hours long when clocks change."""
    place = ZoneInfo(zone)
    return _utc(day, time(), place), _utc(day + timedelta(days=1), time(), place)
