"""The sentences kept beside this file (README.md), typed; `test` is only ever counted."""

from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from dialogs.understanding.entities import Entities, entities

SETS: Final = Path(__file__).parent
PARTS: Final = ("dev", "test")


class Times(msgspec.Struct, frozen=True):
    """The times that are wanted, local to the estate, and others as right."""

    start: datetime | None = None
    end: datetime | None = None
    alt: tuple[tuple[datetime, datetime], ...] = ()

    def fit(self, found: Entities) -> bool:
        """Whether they were found."""
        return (found.start, found.end) in [(self.start, self.end), *self.alt]


class Named(Times, frozen=True):
    """What visitors say of themselves beside the times."""

    plate: str | None = None
    guests: int | None = None
    phone: str | None = None
    home: str | None = None


class Sentence(Times, frozen=True, kw_only=True):
    """A line of a set."""

    text: str
    lang: str
    #: the moment at which it is written
    now: datetime | None = None
    intent: str = ""
    intent_alt: tuple[str, ...] = ()
    #: codes of the taxonomy that are right, the best first
    kinds: tuple[str, ...] = ()
    entities: Named | None = None
    #: whether somebody may come to harm now, and by what
    emergency: bool = False
    danger: str | None = None
    danger_alt: tuple[str, ...] = ()

    @property
    def intents(self) -> frozenset[str]:
        """All that may be meant."""
        return frozenset({self.intent, *self.intent_alt})

    @property
    def dangers(self) -> frozenset[str]:
        """What may come to harm somebody; empty where nobody is in danger."""
        return frozenset({self.danger or "", *self.danger_alt}) if self.emergency else frozenset()

    def read(self) -> Entities:
        """What is found in it."""
        assert self.now is not None, "no moment is kept at which it was written"
        return entities(self.text, self.now, own=self.lang)


S = TypeVar("S", bound=Sentence)


def sentences(name: str, part: str) -> list[Sentence]:
    """The sentences of one part of a set."""
    return lines(SETS / f"{name}.{part}.jsonl", Sentence)


def lines(path: Path, kind: type[S]) -> list[S]:
    """The sentences of a file."""
    return [msgspec.json.decode(line, type=kind) for line in path.read_bytes().splitlines()]
