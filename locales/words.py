"""Rendering: a text said in a reader's language. Everything that a person typed is escaped here."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from locales.catalogue import Sentences, kept
from locales.facts import Facts
from locales.languages import HERE, SOURCE, languages, nearest
from locales.markup import apart, marked, typed, unmarked
from locales.text import EMPTY, Joined, Lines, Text, Value

__all__ = ["SOURCE", "Words", "languages", "nearest", "words"]


@cache
def words(language: str, zone: str) -> "Words":
    """The renderer for a reader's language and an estate's time zone; one for each pair."""
    return Words(language if language in languages() else SOURCE, zone)


class Words:
    """Says texts to one kind of reader: in their language, in the estate's time."""

    def __init__(self, language: str, zone: str, folder: Path = HERE) -> None:
        self.language = language
        catalogue, facts = kept(language, folder), Facts(language, ZoneInfo(zone))
        self._html = _Voice(Sentences(catalogue, marked), facts, typed)
        self._plain = _Voice(Sentences(catalogue, unmarked), facts, str)

    def html(self, value: Value) -> str:
        """For a message: Telegram's HTML, with every value escaped."""
        return self._html.say(value)

    def plain(self, value: Value) -> str:
        """For a button or a picture: no markup, nothing escaped."""
        return self._plain.say(value)


class _Voice:
    """One way of saying: sentences in one shape, and the guard that every value passes."""

    def __init__(self, sentences: Sentences, facts: Facts, guard: Callable[[str], str]) -> None:
        self._sentences = sentences
        self._facts = facts
        self._guard = guard

    def say(self, value: Value) -> str:
        match value:
            case str():
                return self._guard(apart(value))
            case Text():
                return self._sentence(value)
            case Lines(parts):
                return "\n".join([self.say(part) for part in parts if part != EMPTY]).strip("\n")
            case Joined(parts, mark):
                return mark.join([said for part in parts if (said := self.say(part))])
            case _:
                return self._guard(self._facts.say(value))

    def _sentence(self, text: Text) -> str:
        if text.plural is None:
            pattern = self._sentences.one(text.id)
        else:
            pattern = self._sentences.counted(text.id, text.plural, _number(text))
        return pattern.format_map({name: self.say(part) for name, part in text.values.items()})


def _number(text: Text) -> int:
    n = text.values["n"]
    if not isinstance(n, int):
        raise TypeError(f"a plural needs a whole number n: {text.id}")
    return n
