"""How numbers, days, times and sums are written in a language, in an estate's time."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.numbers import format_currency, format_decimal

from locales.text import Money, Span, Titles, Value

#: names that Babel gives with a territory that nobody says
_OWN_NAMES = {"zh_CN": "简体中文", "zh_TW": "繁體中文"}
_DAY = timedelta(days=1)


def own_name(language: str) -> str:
    """How a language calls itself, such as 简体中文."""
    name = _OWN_NAMES.get(language) or Locale.parse(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]


def fact(value: Value, locale: Locale, zone: ZoneInfo) -> str:
    """A value as plain words; raises TypeError for what cannot be said."""
    match value:
        case str():
            return value
        case Titles(by_language):
            return title(by_language, str(locale))
        case Span(start, end):
            return _span(start.astimezone(zone), end.astimezone(zone), locale)
        case Money(amount, currency):
            return str(format_currency(amount, currency, locale=locale))
        case int() | float() | Decimal():
            return str(format_decimal(value, locale=locale))
        case timedelta():
            return duration(value, locale)
        case datetime():
            return _moment(value.astimezone(zone), locale)
        case date():
            return _day(value, locale)
        case time():
            return f"{value:%H:%M}"
        case _:
            raise TypeError(f"cannot be said: {type(value).__name__}")


def title(by_language: Mapping[str, str], language: str) -> str:
    """An estate's own name for something, in the reader's language or the nearest there is."""
    return by_language.get(language) or by_language.get("en") or next(iter(by_language.values()), "")


def _day(day: date, locale: Locale) -> str:
    pattern = locale.datetime_skeletons.get("MMMEd", "E d MMM")
    return str(format_date(day, str(pattern), locale=locale))


def _moment(local: datetime, locale: Locale) -> str:
    return f"{_day(local.date(), locale)} {local:%H:%M}"


def _span(start: datetime, end: datetime, locale: Locale) -> str:
    if end.date() == start.date() or end - start < _DAY:
        return f"{_moment(start, locale)}–{end:%H:%M}"
    return f"{_moment(start, locale)} – {_moment(end, locale)}"


def duration(length: timedelta, locale: Locale) -> str:
    """A length of time in one or two units: 45 minutes, 1 hour 30 minutes, 24 hours, 4 days."""
    minutes = round(length.total_seconds() / 60)
    if 60 < minutes < 24 * 60 and minutes % 60:
        hours, rest = timedelta(hours=minutes // 60), timedelta(minutes=minutes % 60)
        return f"{duration(hours, locale)} {duration(rest, locale)}"
    # From one day to three, people speak of 24 or 48 hours.
    threshold = 3 if _DAY <= length < 3 * _DAY else 1
    return str(format_timedelta(timedelta(minutes=minutes), threshold=threshold, locale=locale))
