"""What an estate answers to questions that are asked again and again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, with the ways in which people ask for it."""

    id: int = 0
    estate_id: int
    #: a short name, unique in the estate; the estate's file and the chat know it by that
    code: str
    #: language → how people put the question
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: language → what is answered
    words: Mapping[str, str] = field(default_factory=dict)
    #: who changed it last by chat, and when; None is the estate's file
    changed_by: int | None = None
    changed_at: datetime | None = None
