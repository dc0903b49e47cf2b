"""What records are made of: JSON, stretches of time, pictures and files."""

from collections.abc import Iterable
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
    #: of a file: what its sender calls it, its media type and its bytes, as far as Telegram tells
    name: str = ""
    mime: str = ""
    size: int = 0

    def to_json(self) -> Json:
        """The form that is kept inside other JSON: an event's data, a draft, a letter. What is not known is
        left out."""
        kept: dict[str, Json] = {"kind": self.kind, "file_id": self.file_id}
        about: dict[str, Json] = {"name": self.name, "mime": self.mime, "size": self.size}
        return kept | {key: value for key, value in about.items() if value}

    @staticmethod
    def all_to(media: "Iterable[Media]") -> list[Json]:
        """A list of them as it is kept."""
        return [one.to_json() for one in media]

    @classmethod
    def all_from(cls, kept: Json) -> "tuple[Media, ...]":
        """Reads a kept list; anything else holds none."""
        pieces = (one for one in kept if isinstance(one, dict)) if isinstance(kept, list) else ()
        return tuple(cls._from(one) for one in pieces)

    @classmethod
    def _from(cls, kept: dict[str, Json]) -> "Media":
        size = kept.get("size")
        return cls(
            kind=str(kept["kind"]),
            file_id=str(kept["file_id"]),
            name=str(kept.get("name", "")),
            mime=str(kept.get("mime", "")),
            size=size if isinstance(size, int) else 0,
        )
