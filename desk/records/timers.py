"""What is to happen later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk.records.base import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Something to do at a moment, kept as a row so that no restart forgets it."""

    #: unique; setting the same key again moves the timer
    key: str
    kind: str
    due_at: datetime
    payload: Mapping[str, Json] = field(default_factory=dict)
    attempts: int = 0
