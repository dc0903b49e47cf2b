"""What a piece of a sentence says of a day or a time: its mark. A sentence of marks is read by its codes.

n number            N ordinal number     d 25.11 or 15.30      C time on the dial   R stretch of a day
P part of the day   r short part         q am, pm             W weekday            V short weekday
M month             m weak one           1 one, a             y begun, broken
O days from today   L day and month      D day or days        Q moments
H hour, minute      h hour or o'clock    Y day                K week, month, year  U length of time
F day, of the day   u o'clock, hour      Z X month, day of it (after), T x (before)
A after  B after it  b before  c before it  f from  { from it  t to  } to it  o of  & and
v between  z between it  i within  I within it  j in  J later  g ago  G ago (before)  @ at  ] at it
k o'clock  ^ + minutes before or after the hour's name  S since  e every  l lasting  E weekend  ! not
> next  = this  < last  * the  p past: nothing to come  , pause  ; end of a sentence  . any other word
"""

from typing import NamedTuple

MINUTES_OF_DAY = 24 * 60
NOON = 12 * 60
#: what was written as on a dial, and from which hour on it is no afternoon's
DIAL, DIAL_FROM = "dial", 7
#: how an end that is not said stands in a stretch: the beginning or the end of the day
OPEN = -1


class Mark(NamedTuple):
    """A piece of a sentence, from where to where, and what it says."""

    code: str
    #: a count, an hour's minutes of the day, a day's ordinal, a moment's minutes; from where …
    n: int = 0
    #: … until where
    m: int = 0
    #: the part of the day, the unit, or what else tells marks of one code apart
    name: str = ""
    #: whether the half of the day is plain
    sure: bool = False
    start: int = 0
    end: int = 0

    def over(self, first: "Mark", last: "Mark") -> "Mark":
        """The same, said from one mark to another."""
        return self._replace(start=first.start, end=last.end)


#: from when until when a part of the day lasts, in hours
PARTS = {
    "early": (0, 6),
    "morning": (8, 12),
    "noon": (11, 13),
    "afternoon": (12, 18),
    "evening": (18, 22),
    "night": (20, 24),
}


def part(name: str) -> Mark:
    """A part of the day."""
    begin, end = PARTS[name]
    return Mark("P", begin * 60, end * 60, name)


def clock(hour: int, minute: int = 0, *, sure: bool = False) -> Mark | None:
    """A time on the dial; None for what no clock shows."""
    if not (0 <= hour <= 24 and 0 <= minute < 60) or (hour == 24 and minute):
        return None
    return Mark("C", hour * 60 + minute, sure=sure or hour > 12 or hour == 0)


def in_part(minutes: int, name: str) -> int:
    """A time of the dial in the half of the day that was said."""
    first_half = minutes < NOON
    match name:
        case "am" | "early":
            return minutes - NOON if NOON <= minutes < NOON + 60 else minutes
        case "noon":
            return minutes + NOON if minutes < 4 * 60 else minutes
        case "pm" | "afternoon":
            return minutes + NOON if first_half else minutes
        case "evening":
            return minutes + NOON if first_half or minutes < NOON + 60 else minutes
        case "night":
            return minutes + NOON if 5 * 60 < minutes < NOON + 60 else minutes
        case _:
            return minutes


def guessed(mark: Mark) -> int:
    """The minutes of a time: from one to seven without a half of the day it is the afternoon's."""
    until = DIAL_FROM if mark.name == DIAL else DIAL_FROM + 1
    return mark.n + NOON if not mark.sure and 60 <= mark.n < until * 60 else mark.n
