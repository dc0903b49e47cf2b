"""What somebody said out of the blue: it fills the answers that it can (design §3, rule 9).

It goes with the conversation as its subject, with the moment at which it was said, so that "tomorrow" is the
same day for as long as they talk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from desk.calendar import OFFERED
from desk.records import Home, Json, Place, Slot
from desk.taxonomy import Group, Kind
from desk.view import DeskView
from dialogs.engine.heard import Edited
from dialogs.engine.talk import Reading
from dialogs.understanding.entities import Entities, entities
from dialogs.understanding.homes import home_in
from dialogs.understanding.moments import HEARD, plain
from dialogs.understanding.places import place_in
from dialogs.understanding.understand import Understood, understand

#: the parts of a conversation's subject
WORDS, AT, MESSAGE = "said", "said_at", "said_in"
#: by how much one kind has to be likelier than any other not to be asked for
CLEARLY = 1.25


@dataclass(frozen=True, slots=True)
class Said:
    """The words, what they mean, and what they name; times are in UTC."""

    words: str
    understood: Understood
    found: Entities
    zone: ZoneInfo

    @property
    def start(self) -> datetime | None:
        """The beginning of the time that was named."""
        return self._utc(self.found.start)

    @property
    def end(self) -> datetime | None:
        """Its end; of a point in time, itself."""
        return self._utc(self.found.end)

    def _utc(self, local: datetime | None) -> datetime | None:
        return local.replace(tzinfo=self.zone).astimezone(UTC) if local is not None else None

    def kind(self, guesses: Sequence[Kind]) -> Kind | None:
        """The kind that is meant, where that is plain."""
        sure = self.understood.clear >= CLEARLY
        return next((kind for kind in guesses[:1] if sure and kind.code in self.understood.first), None)

    def group(self, offered: Sequence[Group]) -> Group | None:
        """The group that is plainly meant, where none of its kinds was named."""
        (first, most), (_next, less) = (*self.understood.subjects, ("", 0.0), ("", 0.0))[:2]
        plain = most >= CLEARLY * less
        return next((group for group in offered if plain and group.code == first), None)

    def home(self, homes: Sequence[Home]) -> Home | None:
        """The one of these homes that was named."""
        # a bare number may be one of anything
        written = home_in(plain(self.words[:HEARD]), [one.code for one in homes if not one.code.isdecimal()])
        named = written.value if written is not None else ""
        fitting = [home for home in homes if named and is_called(home.code, named)]
        return fitting[0] if len(fitting) == 1 else None

    def place(self, otherwise: Place) -> Place:
        """Where it is, as far as that was said."""
        return place_in(self.words) or otherwise

    def near(self, slots: Sequence[Slot]) -> tuple[Slot, ...]:
        """The windows that are offered: from the time on that was named, else the next ones."""
        start = self.start
        return tuple(slot for slot in slots if start is None or slot.end > start)[:OFFERED]

    def slot(self, slots: Sequence[Slot]) -> tuple[Slot | None] | None:
        """When somebody may come: as soon as possible where no time was named, the first window that fits
        one that was; None where none does."""
        start, end = self.start, self.end
        if start is None or end is None:
            return (None,)
        within = [slot for slot in slots if start <= slot.start and slot.end <= end]
        around = [slot for slot in slots if slot.start <= start < slot.end and end <= slot.end]
        # nobody is in before the time that they named
        later = [slot for slot in slots if start <= slot.start < end]
        return next(((slot,) for slot in (*within, *around, *later)), None)


def is_called(code: str, named: str) -> bool:
    """Whether a home is meant by what was said of it: 3-502 may be said of 3-1-502, but 2 not of 102."""
    parts, said_parts = code.casefold().split("-"), named.casefold().split("-")
    rest = iter(parts)
    return parts[-1] == said_parts[-1] and all(part in rest for part in said_parts)


def subject(words: str, now: datetime, message: int = 0) -> Mapping[str, Json]:
    """What a conversation that begins with words is about; `message` is what an edit names them by."""
    return {WORDS: words, AT: now.isoformat(), MESSAGE: message}


def reworded(about: Mapping[str, Json], edit: Edited) -> Mapping[str, Json]:
    """The same after an edit; another one where the words were edited that it began with."""
    same = edit.message != about.get(MESSAGE) or edit.text.strip() in ("", about.get(WORDS))
    return about if same or not edit.message else {**about, WORDS: edit.text.strip()}


def without(about: Mapping[str, Json]) -> Mapping[str, Json]:
    """What a conversation is about that begins anew: nothing was said of it yet."""
    return {name: value for name, value in about.items() if name not in (WORDS, AT, MESSAGE)}


def said(talk: Reading, desk: DeskView) -> Said | None:
    """What the conversation began with; None where it began with a button or a command."""
    words, at = talk.subject.get(WORDS), talk.subject.get(AT)
    if not isinstance(words, str) or not isinstance(at, str):
        return None
    estate = desk.estate
    return _read(words, at, desk.person.language or "", estate.time_zone, estate.country)


def heard(words: str, desk: DeskView, now: datetime) -> Said:
    """What somebody says at an open question."""
    estate = desk.estate
    return _read(words, now.isoformat(), desk.person.language or "", estate.time_zone, estate.country)


@lru_cache(maxsize=256)
def _read(words: str, at: str, language: str, zone: str, country: str) -> Said:
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return Said(
        words, understand(words, language), entities(words, local, country, own=language), ZoneInfo(zone)
    )
