"""The answers of a run, by name: all that a conversation's position is derived from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from desk.records import Json


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

    def drop(self, name: str) -> Self:
        """The answer is open again; its value stays as a draft."""
        if name not in self.given:
            return self
        given = {key: value for key, value in self.given.items() if key != name}
        return replace(self, given=given, drafts={**self.drafts, name: self.given[name]})

    def to_json(self) -> dict[str, Json]:
        """The form that is kept."""
        return {"given": dict(self.given), "drafts": dict(self.drafts)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Json]) -> Self:
        """Reads the kept form; anything missing is empty."""
        given, drafts = kept.get("given"), kept.get("drafts")
        return cls(
            given if isinstance(given, dict) else {},
            drafts if isinstance(drafts, dict) else {},
        )
