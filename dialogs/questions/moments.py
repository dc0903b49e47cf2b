"""Days and times in a line of their own: "tomorrow 15:00", "25.11. 18:30", "明天下午3点"."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from dialogs.understanding.moments.lexer import marks_of, plain
from dialogs.understanding.moments.marks import MINUTES_OF_DAY, Mark, guessed
from dialogs.understanding.moments.rules import Outlook
from dialogs.understanding.moments.window import read

#: what may stand around a day and a time without changing them: at, from, until, of, the, and pauses
_AROUND = frozenset("@ftbo*,;")
#: a year ago at the most half a year: 5.1. said in December is the one to come
_LONG_AGO_DAYS = 180


@dataclass(frozen=True, slots=True)
class Told:
    """The day and the time in a line, in the estate's own time; None where it says nothing of one."""

    day: date | None
    clock: time | None


def told(line: str, now: datetime) -> Told | None:
    """What a line says, seen from `now` in the estate's own time; None for what is no day and no time, and
    for 4/5, which is the fourth of May to some and the fifth of April to others."""
    text = plain(line)
    marks = marks_of(text)
    try:
        outlook = Outlook(now.replace(tzinfo=None), back=_LONG_AGO_DAYS, today_counts=True)
        read(marks, outlook)
        return _told([mark for mark in marks if mark.code not in _AROUND], literal=":" in text)
    except (ValueError, OverflowError):  # in 999 years
        return None


def _told(marks: Sequence[Mark], literal: bool) -> Told | None:
    """One day, one time, or both; 6:30 is read as it is written."""
    match [mark.code for mark in marks]:
        case ["Q"] if marks[0].n == marks[0].m:
            day, minutes = divmod(marks[0].n, MINUTES_OF_DAY)
            return Told(date.fromordinal(day), _time(minutes))
        case ["D"] if _one_day(marks[0]):
            return Told(date.fromordinal(marks[0].n), None)
        case ["C"]:
            return Told(None, _clock(marks[0], literal))
        case ["D", "C"] | ["C", "D"]:
            day_mark, clock = sorted(marks, key=lambda mark: mark.code != "D")
            if _one_day(day_mark):
                return Told(date.fromordinal(day_mark.n), _clock(clock, literal))
    return None


def _one_day(mark: Mark) -> bool:
    return mark.m - mark.n == 1


def _clock(mark: Mark, literal: bool) -> time:
    return _time(mark.n if literal else guessed(mark))


def _time(minutes: int) -> time:
    hour, minute = divmod(minutes % MINUTES_OF_DAY, 60)
    return time(hour, minute)


def ascii_digits(line: str) -> str:
    """One width, small letters, and the digits of any script as ASCII's."""
    folded = unicodedata.normalize("NFKC", line).casefold()
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in folded)
