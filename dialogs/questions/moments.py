"""Days and times as people type them: "tomorrow 15:00", "25.11. 18:30", "明天下午3点"."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from re import Match
from typing import TypeAlias, TypeVar

T = TypeVar("T")
#: a way to write something: how it looks, and what it then is, seen from now
_Way: TypeAlias = tuple[str, Callable[[Match[str], datetime], T]]

#: what may stand around a day and a time without changing them
_FILLERS = re.compile(r"\b(at|on|the|by|from|until|till|to|o'clock)\b|[,，。、;到在于至的\s]+")
#: said in one word, meant as two
_SHORT = {"今晚": "今天晚上", "今早": "今天早上", "明早": "明天早上", "明晚": "明天晚上"}
_DAYS = {
    "day after tomorrow": 2, "tomorrow": 1, "today": 0, "tonight": 0, "yesterday": -1,
    "大后天": 3, "后天": 2, "明天": 1, "明日": 1, "今天": 0, "今日": 0, "昨天": -1, "昨日": -1,
}  # fmt: skip
_WEEKDAYS, _ZH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "一二三四五六日"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LATE = {"下午", "傍晚", "晚上", "晚", "pm", "p.m."}
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBER = r"\d{1,2}|[零一二两三四五六七八九十]{1,3}"
_PART = r"(凌晨|早上|上午|早|中午|下午|傍晚|晚上|晚)?\s*"
#: a year ago at the most half a year: 5.1. said in December is the one to come
_LONG_AGO = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Told:
    """The day and the time in a line, in the estate's own time; None where it says nothing of one."""

    day: date | None
    clock: time | None


def told(line: str, now: datetime) -> Told | None:
    """What a line says, seen from `now` in the estate's own time; None for what is no day and no time, and
    for 4/5, which is the fourth of May to some and the fifth of April to others."""
    text = ascii_digits(line).strip()
    for short, full in _SHORT.items():
        text = text.replace(short, full)
    try:
        later = _in_a_while(text, now)
        if later is not None:
            return Told(later.date(), later.time().replace(second=0, microsecond=0))
        day, text = _taken(text, _DATES, now)
        clock, text = _taken(text, _CLOCKS, now)
    except (ValueError, OverflowError):  # the 31st of November, 25 o'clock
        return None
    if (clock is None and day is None) or _FILLERS.sub("", text):
        return None
    return Told(day, clock)


def ascii_digits(line: str) -> str:
    """One width, small letters, and the digits of any script as ASCII's."""
    folded = unicodedata.normalize("NFKC", line).casefold()
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in folded)


def _in_a_while(text: str, now: datetime) -> datetime | None:
    found = re.fullmatch(r"in (\d{1,3}) ?(h|min)[a-z]*|(\d{1,3}) ?个?(小时|分钟)[之以]?后", text)
    if found is None:
        return None
    count, unit = int(found[1] or found[3]), found[2] or found[4]
    return now + (timedelta(hours=count) if unit in {"h", "小时"} else timedelta(minutes=count))


def _taken(text: str, ways: tuple[_Way[T], ...], now: datetime) -> tuple[T | None, str]:
    """What the first fitting way makes of a part of the text, and the rest of it."""
    for look, read in ways:
        found = re.search(look, text)
        if found is not None:
            return read(found, now), f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _number(said: str) -> int:
    """12, 十二 or 二十."""
    if said.isdigit():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS[ones] if ones else 0)


def _clock(hour: int, minute: int, part: str) -> time:
    """A time on the dial, in the half of the day that was said; raises `ValueError`."""
    late = part in _LATE or (part == "中午" and hour < 11)
    if part and hour == 12:
        return time(12 if late or part == "中午" else 0, minute)
    return time(hour + 12 if late and hour < 12 else hour, minute)


def _chinese_clock(found: Match[str], now: datetime) -> time:
    quarters = {"半": 30, "一刻": 15, "三刻": 45}
    minute = quarters.get(found[3] or "") or (_number(found[4]) if found[4] else 0)
    return _clock(_number(found[2]), minute, found[1] or "")


def _year(said: str | None, month: int, day: int, now: datetime) -> date:
    if said:
        return date(int(said) + (2000 if len(said) == 2 else 0), month, day)
    this_year = date(now.year, month, day)
    return date(now.year + 1, month, day) if this_year < now.date() - _LONG_AGO else this_year


def _slashed(found: Match[str], now: datetime) -> date:
    first, second = int(found[1]), int(found[2])
    if first == second or second > 12:
        return _year(None, first, second, now)
    if first > 12:
        return _year(None, second, first, now)
    raise ValueError("which of the two is the month?")


def _weekday(wanted: int, next_week: bool, now: datetime) -> date:
    today = now.date()
    if next_week:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _days(count: int, now: datetime) -> date:
    return now.date() + timedelta(days=count)


_ANY_MONTH, _ANY_WEEKDAY = "|".join(_MONTHS), "|".join(_WEEKDAYS)
_CLOCKS: tuple[_Way[time], ...] = (
    (
        _PART + r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)\s*([ap]\.?m\.?)?",
        lambda found, now: _clock(int(found[2]), int(found[3]), found[1] or found[4] or ""),
    ),
    (
        r"(?<!\d)(\d{1,2})\s*([ap]\.?m\.?)(?![a-z])",
        lambda found, now: _clock(int(found[1]), 0, found[2]),
    ),
    (_PART + rf"({_NUMBER})\s*[点點时](?:(半|一刻|三刻)|({_NUMBER})分?)?", _chinese_clock),
    (r"\bnoon\b|正午|中午", lambda found, now: time(12)),
)
_DATES: tuple[_Way[date], ...] = (
    (
        r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:[日号]|(?!\d))",
        lambda found, now: _year(found[1], int(found[2]), int(found[3]), now),
    ),
    (
        r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})(?:\.(\d{4}|\d{2}(?![\d:]))?)?(?![\d:])",
        lambda found, now: _year(found[3], int(found[2]), int(found[1]), now),
    ),
    (r"(?<!\d)(\d{1,2})/(\d{1,2})(?!\d)", _slashed),
    (
        r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]?",
        lambda found, now: _year(None, int(found[1]), int(found[2]), now),
    ),
    (
        rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_ANY_MONTH})[a-z]*\.?",
        lambda found, now: _year(None, 1 + _MONTHS.index(found[2]), int(found[1]), now),
    ),
    (
        rf"\b({_ANY_MONTH})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])",
        lambda found, now: _year(None, 1 + _MONTHS.index(found[1]), int(found[2]), now),
    ),
    (
        rf"\b(?:(next)\s+|this\s+)?({_ANY_WEEKDAY})(?:s|nes|rs|ur)?(?:day)?\b",
        lambda found, now: _weekday(_WEEKDAYS.index(found[2]), bool(found[1]), now),
    ),
    (
        r"(下|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天])",
        lambda found, now: _weekday(_ZH_WEEKDAYS.index(found[2].replace("天", "日")), found[1] == "下", now),
    ),
    (r"in (\d{1,2}) days?|(\d{1,2}) ?天[之以]?后", lambda found, now: _days(int(found[1] or found[2]), now)),
    ("|".join(_DAYS), lambda found, now: _days(_DAYS[found[0]], now)),
)
