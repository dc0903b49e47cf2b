"""What free text names beside its matter: a home, a time, a phone, a car, who comes and how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.understanding.moments import when


@dataclass(frozen=True, slots=True)
class Entities:
    """What was named; "" and None for what was not. Times are the estate's own, the end not included."""

    home: str = ""
    start: datetime | None = None
    end: datetime | None = None
    phone: str = ""
    plate: str = ""
    guests: int | None = None
    visitor: str = ""


def entities(
    text: str, now: datetime, country: str = "", homes: Sequence[str] = (), own: str = ""
) -> Entities:
    """What a message names, seen from `now` in the estate's own time."""
    window = when(text, now, own)
    return Entities(start=window.start if window else None, end=window.end if window else None)
