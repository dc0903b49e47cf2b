"""What the office tells many residents at once, and which reports that explains."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.records.base import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A notice to an estate, a building or a floor, in one or more languages."""

    id: int = 0
    estate_id: int
    #: who made it
    author_id: int
    #: language → what is told
    words: Mapping[str, str]
    media: tuple[Media, ...] = ()
    #: which building it is for; "" is all of them
    building: str = ""
    #: which floor of that building; None is all of them
    floor: int | None = None
    #: the kinds of requests that it explains, while it lasts; none explains nothing
    kinds: tuple[str, ...] = ()
    #: when what it tells of begins and is expected to end
    start: datetime
    until: datetime | None = None
    made_at: datetime
    #: when somebody said that it is over, or took it back
    over_at: datetime | None = None
    #: how many people it was sent to, and how many reports it answered
    reached: int = 0
    explained: int = 0
