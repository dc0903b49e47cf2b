"""Forgetting, as far as it is done to what is kept."""

from datetime import datetime
from typing import Protocol


class Privacy(Protocol):
    """What is forgotten about persons, and what of old requests. States, times and scores always stay: the
    statistics and the audit trail are made of them."""

    def fade(self, estate_id: int, before: datetime, now: datetime, limit: int = 500) -> int:
        """Drops words, pictures and details of at most so many requests that were closed before then, with
        those of their events and surveys; how many they were."""

    def fade_person(self, person_id: int, pseudonym: str, now: datetime) -> int:
        """Drops the same of all requests of a person that are not open, and puts the pseudonym for the name
        wherever events are signed with it; how many requests they were."""

    def drop_talks(self, person_id: int) -> None:
        """Drops a person's conversations, open ones too, and what they wrote when asking to be linked."""

    def drop_mail(self, chat_id: int, before: datetime) -> None:
        """Drops all mail for a private chat that was written before then, sent or not, and where the chat's
        messages are."""
