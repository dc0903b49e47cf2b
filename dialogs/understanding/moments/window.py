"""From when until when: what several mentions of days and times in a message come to together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from dialogs.understanding.moments import clocks, days
from dialogs.understanding.moments.marks import MINUTES_OF_DAY, NOON, OPEN, Mark, guessed, in_part
from dialogs.understanding.moments.rules import Outlook, apply


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when, the end not included; a point in time ends when it begins."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """The telling marks of a message."""

    moment: Mark | None
    day: Mark | None
    part: Mark | None
    stretch: Mark | None
    clock: Mark | None


def read(marks: list[Mark], outlook: Outlook) -> None:
    """Reads the marks down to days, times and parts of days, in place."""
    apply(marks, days.FIRST, outlook)
    apply(marks, clocks.RULES, outlook)
    apply(marks, days.LAST, outlook)


def window(marks: Sequence[Mark], outlook: Outlook) -> Window | None:
    """What was said of the future; None for nothing."""
    said = _said(marks)
    if said.moment is not None:
        return Window(_at(0, said.moment.n), _at(0, said.moment.m))
    if said.day is not None and said.day.name in {"week", "days"} and said.day.m - said.day.n > 1:
        return Window(_at(said.day.n, 0), _at(said.day.m, 0))
    times = _times(said, outlook)
    if said.day is None:
        return _without_day(times, outlook) if times is not None and not _nightly(said) else None
    if times is None:
        return Window(_at(said.day.n, 0), _at(said.day.m, 0))
    return _on_day(said.day.n, times, outlook)


def _said(marks: Sequence[Mark]) -> Said:
    found = [mark for mark in marks if mark.code in "QDPRC"]
    plain = next((mark for mark in found if mark.code == "D" and mark.name != "week"), None)
    if plain is not None and plain.name == "weekday":
        # Saturday, 26 October: the date is meant, whatever day of the week it is.
        plain = next((mark for mark in found if mark.name == "date"), plain)
    return Said(
        moment=_first(found, "Q"),
        day=plain or _first(found, "D"),
        part=_first(found, "P"),
        stretch=_stretch([mark for mark in found if mark.code == "R"]),
        clock=_first(found, "C"),
    )


def _first(marks: Sequence[Mark], code: str) -> Mark | None:
    return next((mark for mark in marks if mark.code == code), None)


def _stretch(stretches: Sequence[Mark]) -> Mark | None:
    """The first; or what "after 3" and "before 6" leave together."""
    if not stretches:
        return None
    first = stretches[0]
    for other in stretches[1:]:
        if first.m == OPEN and other.n == OPEN and other.m > first.n:
            return first._replace(m=other.m)
        if first.n == OPEN and other.m == OPEN and first.m > other.n:
            return first._replace(n=other.n)
    return first


def _times(said: Said, outlook: Outlook) -> tuple[int, int] | None:
    """The minutes of the day; `OPEN` on a side that is not said."""
    if said.stretch is not None:
        return _stretched(said.stretch, said.part)
    if said.clock is not None:
        return _dial(said.clock, said, outlook)
    return (said.part.n, said.part.m) if said.part is not None else None


def _nightly(said: Said) -> bool:
    """Whether nothing but "at night" is said: that is a complaint, not a visit."""
    alone = said.part is not None and said.stretch is None and said.clock is None
    return alone and said.part is not None and said.part.name in {"night", "early"}


def _stretched(stretch: Mark, part: Mark | None) -> tuple[int, int]:
    """Tomorrow evening between 8 and 10: the part of the day says which half of it."""
    if part is None or stretch.sure:
        return stretch.n, stretch.m
    begin, end = (_in_half(minutes, part.name) for minutes in (stretch.n, stretch.m))
    return (begin, end) if OPEN in {begin, end} or begin < end else (stretch.n, stretch.m)


def _in_half(minutes: int, name: str) -> int:
    if minutes == OPEN:
        return OPEN
    if name == "morning":
        return minutes - NOON if minutes > NOON + 60 else minutes
    return in_part(minutes, name)


def _dial(clock: Mark, said: Said, outlook: Outlook) -> tuple[int, int]:
    """A point in time; said of today it is one to come, if its half of the day is open."""
    minutes = guessed(clock)
    if said.part is not None and not clock.sure:
        minutes = in_part(clock.n, said.part.name)
    elif said.day is not None and said.day.name == "today" and not clock.sure and minutes < NOON:
        minutes += NOON if minutes < _of_day(outlook) else 0
    return minutes, minutes


def _of_day(outlook: Outlook) -> int:
    return outlook.minute % MINUTES_OF_DAY


def _on_day(day: int, times: tuple[int, int], outlook: Outlook) -> Window | None:
    begin, end = times
    if begin == OPEN:
        begin = min(_of_day(outlook), end) if day == outlook.today else 0
    end = max(end if end != OPEN else MINUTES_OF_DAY, begin)
    if day == outlook.today and end > begin and end <= _of_day(outlook):
        return None
    return Window(_at(day, begin), _at(day, end))


def _without_day(times: tuple[int, int], outlook: Outlook) -> Window | None:
    """Today, or tomorrow if that has passed."""
    begin, end = times
    last = MINUTES_OF_DAY if end == OPEN else end
    passed = last < _of_day(outlook) or (last == _of_day(outlook) and begin != last)
    return _on_day(outlook.today + passed, times, outlook)


def _at(day: int, minutes: int) -> datetime:
    """A minute of a day; of no day, a moment's minutes."""
    ahead, rest = divmod(minutes, MINUTES_OF_DAY)
    return datetime.combine(datetime.fromordinal(day + ahead).date(), time()) + timedelta(minutes=rest)
