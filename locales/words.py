"""Rendering: a text said in a reader's language. Everything that a person typed is escaped here."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog

from locales.catalogue import Sentences, kept
from locales.facts import Facts
from locales.languages import HERE, SOURCE, languages, nearest
from locales.markup import (
    apart,
    bare_codes,
    begun_from_the_right,
    from_the_left,
    marked,
    typed,
    unmarked,
    unturned,
)
from locales.spoken import foreign
from locales.text import EMPTY, Joined, Lines, Text, Titles, Typed, Value

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
        self.right_to_left = facts.right_to_left
        voice = _FromTheRight if self.right_to_left else _Voice
        self._html = voice(catalogue, marked, facts, typed)
        self._plain = voice(catalogue, unmarked, facts, str)

    def html(self, value: Value) -> str:
        """For a message: Telegram's HTML, with every value escaped."""
        return self._html.say(value)

    def plain(self, value: Value) -> str:
        """For a button or a picture: no markup, nothing escaped."""
        return self._plain.say(value)


_QUOTATION = Text("<blockquote>{words}</blockquote>")


class _Voice:
    """One way of saying: sentences in one shape, and the guard that every value passes."""

    def __init__(
        self, catalogue: Catalog, shape: Callable[[str], str], facts: Facts, guard: Callable[[str], str]
    ) -> None:
        self._sentences = Sentences(catalogue, shape)
        self._facts = facts
        self._guard = guard

    def say(self, value: Value) -> str:
        match value:
            case str():
                return self._guard(apart(value))
            case Text():
                return self._sentence(value)
            case Typed():
                return self._typed(value)
            case Lines(parts):
                return "\n".join([self.say(part) for part in parts if part != EMPTY]).strip("\n")
            case Joined(parts, mark):
                return mark.join([said for part in parts if (said := self._within(part))])
            case _:
                return self._guard(self._facts.say(value))

    def _sentence(self, text: Text) -> str:
        if text.plural is None:
            pattern = self._sentences.one(text.id)
        else:
            pattern = self._sentences.counted(text.id, text.plural, _number(text))
        return pattern.format_map({name: self._within(part) for name, part in text.values.items()})

    def _within(self, value: Value) -> str:
        """A value inside of a sentence."""
        return self.say(value)

    def _typed(self, typed: Typed) -> str:
        """Somebody's own words, with the name of their language for who reads another one."""
        language = foreign(typed.words, typed.language, self._facts.language)
        mark = f"🌐 {self._facts.tongue(language)}" if language else ""
        if not typed.quotation:
            said = self._within(typed.words)
            return f"{said} ({mark})" if mark else said
        # a quotation has lines of its own, so that it runs and stands as its own letters do
        quoted = self._sentences.one(_QUOTATION.id).format(words=self._guard(unturned(typed.words)))
        return f"{mark}\n{quoted}" if mark else quoted


class _FromTheRight(_Voice):
    """The same in a language that is written from right to left: what is not stands apart in a sentence."""

    def __init__(
        self, catalogue: Catalog, shape: Callable[[str], str], facts: Facts, guard: Callable[[str], str]
    ) -> None:
        super().__init__(catalogue, lambda sentence: begun_from_the_right(shape(sentence)), facts, guard)

    def _sentence(self, text: Text) -> str:
        return bare_codes(super()._sentence(text))

    def _within(self, value: Value) -> str:
        said = self.say(value)
        return from_the_left(said) if isinstance(value, str | Titles) else said


def _number(text: Text) -> int:
    n = text.values["n"]
    if not isinstance(n, int):
        raise TypeError(f"a plural needs a whole number n: {text.id}")
    return n
