"""The answers of a run, by name: all that a conversation's position is derived from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from desk.records import Json
from locales.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, in order, and what is drafted: begun, or dropped and offered again."""

    given: Mapping[str, Json] = field(default_factory=dict)
    drafts: Mapping[str, Json] = field(default_factory=dict)

    def give(self, name: str, value: Json) -> Self:
        """The answer is given; given again, it keeps its place."""
        drafts = {key: draft for key, draft in self.drafts.items() if key != name}
        return replace(self, given={**self.given, name: value}, drafts=drafts)

    def draft(self, name: str, value: Json) -> Self:
        """Something is noted for a question that stays open."""
        return replace(self, drafts={**self.drafts, name: value})

    def drop(self, *names: str) -> Self:
        """These answers are open again; their values stay as drafts."""
        given = {name: value for name, value in self.given.items() if name not in names}
        dropped = {name: self.given[name] for name in names if name in self.given}
        return replace(self, given=given, drafts={**self.drafts, **dropped})

    def begun(self, name: str) -> Json:
        """What an open question starts with: its draft, or an answer that no longer fits."""
        return self.drafts.get(name, self.given.get(name))

    def to_json(self) -> dict[str, Json]:
        """The form that is kept."""
        return {"given": dict(self.given), "drafts": dict(self.drafts)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Json]) -> Self:
        """Reads the kept form; anything missing is empty."""
        parts = kept.get("given"), kept.get("drafts")
        return cls(*(part if isinstance(part, dict) else {} for part in parts))


@dataclass(frozen=True, slots=True)
class Step:
    """Where something heard leads: the answers after it, and what to say above the next question."""

    answers: Answers
    notice: Text = EMPTY
    #: the next screen may wait a moment, since more of the same album is on its way
    patient: bool = False


def below(stem: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that a stem stands for: `visit` for itself, and for `visit/3`."""
    return tuple(name for name in names if name == stem or name.startswith(f"{stem}/"))
