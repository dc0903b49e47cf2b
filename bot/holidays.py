"""On which days an estate works: its country's public holidays, and what the estate itself says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from desk.calendar import EveryWeek
from desk.records import CalendarRules, Estate

#: on a made-up working day the hours of a Monday hold, unless the day has hours of its own
MONDAY = 0


@dataclass(frozen=True, slots=True)
class WorkingDays(EveryWeek):
    """The week, but for days on which it is otherwise."""

    country: str
    rules: CalendarRules

    def weekday(self, day: date) -> int | None:
        """Whose hours hold; the estate's own word comes before the country's."""
        if day in self.rules.closed:
            return None
        if day in self.rules.open:
            return day.weekday() if day.weekday() < SATURDAY else MONDAY
        return _public(self.country, day.year).get(day, day.weekday()) if self.rules.public else day.weekday()


SATURDAY = 5


def days_of(estate: Estate) -> WorkingDays:
    """The days of one estate."""
    return WorkingDays(estate.country, estate.rules.calendar)


@lru_cache(maxsize=64)
def _public(country: str, year: int) -> Mapping[date, int | None]:
    """What is otherwise in a country's year; nothing for a country that nobody knows. The tables take half a
    second to load, so that they are loaded only for an estate with a country."""
    if not country:
        return {}
    import holidays

    try:
        known = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return {}
    free: dict[date, int | None] = dict.fromkeys(known, None)
    made_up = {day: MONDAY for day in getattr(known, "weekend_workdays", ()) if day.year == year}
    return {**free, **made_up}
