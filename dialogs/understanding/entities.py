"""What free text names beside its matter: a home, a time, a phone, a car, who comes and how many.

What looks like a time and is none is taken out first: plates, phones, homes, floors, sums, people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.understanding.cars import plate_in
from dialogs.understanding.homes import home_in, numbers_in
from dialogs.understanding.moments import HEARD, language_of, plain, window_of
from dialogs.understanding.moments.words import canonical
from dialogs.understanding.people import guests_in, visitor_in
from dialogs.understanding.phones import phone_in
from dialogs.understanding.spans import Found, without


@dataclass(frozen=True, slots=True)
class Entities:
    """What was named; "" and None for what was not."""

    #: as on the door: its building first, 3-502
    home: str = ""
    #: from when until when, the end not included, in the estate's own time; a point ends when it begins
    start: datetime | None = None
    end: datetime | None = None
    #: the digits as they were written
    phone: str = ""
    #: as plates are kept (`desk.plates`)
    plate: str = ""
    guests: int | None = None
    #: who comes, in the words that were said
    visitor: str = ""


def entities(
    text: str, now: datetime, country: str = "", homes: Sequence[str] = (), own: str = ""
) -> Entities:
    """What a message names, seen from `now` in the estate's own time.

    `country` (ISO 3166) is where phones without a country code are from, `homes` are the codes of the
    person's own, `own` is the language that the person reads.
    """
    said = plain(text[:HEARD])
    language = language_of(said, own)
    left, plate = _taken(said, plate_in(said))
    left, phone = _taken(left, phone_in(left, country))
    left, home = _taken(left, home_in(left, homes))
    left = canonical(without(left, numbers_in(left)))
    guests, counted = guests_in(left, language)
    window = window_of(without(left, counted), now, own)
    return Entities(
        home=home,
        start=window.start if window is not None else None,
        end=window.end if window is not None else None,
        phone=phone,
        plate=plate,
        guests=guests,
        visitor=visitor_in(said, language),
    )


def _taken(text: str, found: Found | None) -> tuple[str, str]:
    """The text without what was found, and its value."""
    return (without(text, [found]), found.value) if found is not None else (text, "")
