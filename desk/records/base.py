"""What records are made of: JSON, stretches of time, pictures and files."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A stretch of time for a visit; aware UTC, end exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One stretch of working hours on a weekday, in the estate's own time."""

    #: Monday is 0
    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, video, voice note or file that Telegram keeps for us."""

    #: photo, video, voice or document
    kind: str
    file_id: str

    def to_json(self) -> Json:
        """The form that is kept inside other JSON: an event's data, a draft, a letter."""
        return {"kind": self.kind, "file_id": self.file_id}

    @classmethod
    def all_from(cls, kept: Json) -> "tuple[Media, ...]":
        """Reads a kept list; anything else holds none."""
        pieces = (one for one in kept if isinstance(one, dict)) if isinstance(kept, list) else ()
        return tuple(cls(kind=str(one["kind"]), file_id=str(one["file_id"])) for one in pieces)
