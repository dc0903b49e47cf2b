"""How numbers, days, times and sums are written in a language, in an estate's time."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_currency, format_decimal, get_currency_precision

from locales.languages import SOURCE, nearest
from locales.spoken import base
from locales.text import Money, Month, Span, Titles, Value

#: names that Babel gives with a territory that nobody says
_OWN_NAMES = {"zh_CN": "简体中文", "zh_TW": "繁體中文"}
#: languages that put nothing between "1 hour" and "30 minutes"
_UNSPACED = {"zh", "ja"}
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def own_name(language: str) -> str:
    """How a language calls itself, such as 简体中文."""
    name = _OWN_NAMES.get(language) or Locale.parse(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]


class Facts:
    """Writes values as plain words for one language and one time zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._zone = zone
        self._day_pattern = str(self._locale.datetime_skeletons.get("MMMEd", "E d MMM"))
        #: the same few days are said all day long
        self._day = lru_cache(maxsize=64)(self._day_in_words)

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written so."""
        return self._locale.text_direction == "rtl"

    def tongue(self, language: str) -> str:
        """What the reader calls a language: Russian, 俄语."""
        name = str(self._locale.languages.get(base(language)) or own_name(language))
        return name[:1].upper() + name[1:]

    def say(self, value: Value) -> str:
        """A value as plain words; raises TypeError for what cannot be said."""
        match value:
            case int() | float():
                return str(format_decimal(value, locale=self._locale))
            case Decimal():
                return str(format_decimal(value, locale=self._locale, decimal_quantization=False))
            case Money():
                return money(value, self._locale)
            case Titles(by_language):
                return title(by_language, self.language)
            case _:
                return self._say_time(value)

    def _say_time(self, value: Value) -> str:
        match value:
            case datetime():
                return self._moment(self._local(value))
            case date():
                return self._day(value)
            case Month(year, month):
                return str(format_skeleton("yMMMM", date(year, month, 1), locale=self._locale))
            case time():
                return f"{value:%H:%M}"
            case timedelta():
                return duration(value, self._locale)
            case Span(start, end):
                return self._span(self._local(start), self._local(end))
            case _:
                raise TypeError(f"cannot be said: {type(value).__name__}")

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise TypeError(f"a moment without a time zone cannot be said: {moment}")
        return moment.astimezone(self._zone)

    def _day_in_words(self, day: date) -> str:
        return str(format_date(day, self._day_pattern, locale=self._locale))

    def _moment(self, local: datetime) -> str:
        return f"{self._day(local.date())} {local:%H:%M}"

    def _span(self, start: datetime, end: datetime) -> str:
        if end.date() == start.date() or end - start < _DAY:
            return f"{self._moment(start)}–{end:%H:%M}"
        return f"{self._moment(start)} – {self._moment(end)}"


def title(by_language: Mapping[str, str], language: str) -> str:
    """An estate's own name for something, in the reader's language or the nearest there is."""
    given = sorted((code for code, name in by_language.items() if name), key=lambda code: code != SOURCE)
    return by_language[nearest(language, tuple(given))] if given else ""


def money(sum: Money, locale: Locale) -> str:
    """A sum with the digits of its currency; an exact one with all of its own, where it has more."""
    own = -int(sum.amount.normalize().as_tuple().exponent)
    if not sum.exact or own <= get_currency_precision(sum.currency):
        return str(format_currency(sum.amount, sum.currency, locale=locale))
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (own, own)
    return str(pattern.apply(sum.amount, locale, currency=sum.currency, currency_digits=False))


def duration(length: timedelta, locale: Locale) -> str:
    """A length of time as people say it: 45 minutes, 1 hour 30 minutes, 48 hours, 10 days."""
    length = abs(length)
    minutes = round(length / _MINUTE)
    if minutes < 60:
        return _counted(minutes, _MINUTE, locale)
    if minutes >= 3 * 24 * 60:
        return _counted(round(length / _DAY), _DAY, locale)
    hours, rest = divmod(minutes, 60)
    if not rest or hours >= 24:
        return _counted(round(minutes / 60), _HOUR, locale)
    space = "" if locale.language in _UNSPACED else " "
    return f"{_counted(hours, _HOUR, locale)}{space}{_counted(rest, _MINUTE, locale)}"


def _counted(count: int, unit: timedelta, locale: Locale) -> str:
    # A threshold as high as the count keeps Babel from rounding 10 days up to "1 week".
    return str(format_timedelta(count * unit, granularity="minute", threshold=max(count, 1), locale=locale))
