"""Rules that read several marks as one, until nothing is left to read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeAlias

from dialogs.understanding.moments.marks import Mark


@dataclass(frozen=True)
class Outlook:
    """From when somebody looks ahead, in the estate's own time."""

    now: datetime
    #: how many days back a day of the month may lie without being next year's
    back: int = 0
    #: whether a weekday said on that weekday is today
    today_counts: bool = False

    @cached_property
    def today(self) -> int:
        """Today's ordinal."""
        return self.now.date().toordinal()

    @cached_property
    def minute(self) -> int:
        """This minute, counted as marks of moments count."""
        return self.today * 24 * 60 + self.now.hour * 60 + self.now.minute

    @property
    def day(self) -> date:
        """Today."""
        return self.now.date()


#: what a rule makes of marks in a row; None where they are not meant so after all
Made: TypeAlias = "Mark | tuple[Mark, ...] | None"
Reader: TypeAlias = Callable[[Sequence[Mark], Outlook], Made]


@dataclass(frozen=True, slots=True)
class Rule:
    """What marks in a row look like by their codes, and what they say together."""

    look: re.Pattern[str]
    read: Reader


def rule(look: str, read: Reader) -> Rule:
    """A rule; see `marks` for the codes."""
    return Rule(re.compile(look), read)


def apply(marks: list[Mark], rules: Sequence[Rule], outlook: Outlook) -> None:
    """Reads the marks by each rule in its turn, in place."""
    codes = "".join([mark.code for mark in marks])
    for one in rules:
        at = 0
        while (found := one.look.search(codes, at)) is not None:
            start, end = found.span()
            made = one.read(marks[start:end], outlook)
            if made is None:
                at = start + 1
                continue
            new = (made,) if isinstance(made, Mark) else made
            placed = [mark.over(marks[start], marks[end - 1]) for mark in new]
            marks[start:end] = placed
            codes = codes[:start] + "".join([mark.code for mark in placed]) + codes[end:]
            at = start + len(placed)


def find(marks: Sequence[Mark], codes: str) -> Mark:
    """The first mark of one of these codes; a rule asks for what its look promises."""
    return next(mark for mark in marks if mark.code in codes)


def every(marks: Sequence[Mark], codes: str) -> list[Mark]:
    """All marks of one of these codes."""
    return [mark for mark in marks if mark.code in codes]


PAST = Mark("p")


def past(marks: Sequence[Mark], outlook: Outlook) -> Mark:
    """What has been, or comes again and again, is no visit."""
    return PAST


def nothing(marks: Sequence[Mark], outlook: Outlook) -> Mark:
    """Words that say nothing of a time."""
    return Mark(".")
