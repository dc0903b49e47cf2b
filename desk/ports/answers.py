"""An estate's own answers, as they are kept."""

from typing import Protocol

from desk.records.answers import Answer


class Answers(Protocol):
    """What an estate answers to questions that are asked again and again."""

    def get(self, answer_id: int) -> Answer:
        """The answer; raises `NotFound`."""

    def of(self, estate_id: int) -> tuple[Answer, ...]:
        """All answers of an estate, in the order they were added."""

    def save(self, answer: Answer) -> Answer:
        """Adds it (id 0) or replaces it; raises `Conflict` if the estate has another one of this code."""

    def delete(self, answer_id: int) -> None:
        """Forgets it, if it is there."""
