"""Phrases of several languages, found in what somebody wrote: each says something for one code.

A phrase of separate words is said where all its words are, in any order and form: one ending in `*` with any
ending, one of five letters or more mistyped. In Chinese, Japanese and Korean it is said where it stands, and
its parts, if it has a space, anywhere. Rejected: rapidfuzz over whole sentences, which finds short words
inside unrelated ones.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.understanding.normalise import LONGEST, fold, normalise, runs_on, spelt, tokens, toned

#: words of so many letters may be mistyped, but for the first: one slip, in long ones two
FUZZY_FROM, TWICE_FROM = 5, 9
#: words of at most so many letters stand in a row: "is it" is not said by "it is"
SMALL = 4
#: the first of the letters after Latin, Greek and Cyrillic ones
_ARABIC = "\u0590"
#: what a slip takes from how sure a word is
MISTYPED = 0.15
#: of a long story the beginning says what it is about
HEARD = 2000
#: what Arabic writes together with a word: the article, "and", "in", "to", "like"
_ATTACHED = ("وبال", "وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف")
#: what is left of a word without them
_LEFT = 3


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote, made comparable."""

    text: str
    words: frozenset[str]
    chinese: bool
    #: its words in a row, with a space on either side of each
    line: str
    #: the words with their accents, where it is written with any
    accents: frozenset[str] = frozenset()

    @property
    def length(self) -> int:
        """How many words it has, or as many pairs of characters where they are not separated."""
        return len(self.text) // 2 if self.chinese else len(self.line.split())


@lru_cache(maxsize=64)
def message(words: str) -> Message:
    """Remembered, since a conversation reads its script anew on every turn."""
    text = fold(words[:HEARD])
    row = tokens(text)
    said = frozenset(form for word in row for form in _forms(word))
    chinese = runs_on(text)
    accents = () if chinese else spelt(tokens(normalise(words[:HEARD])))
    return Message(text, said, chinese, f" {' '.join(row)} ", frozenset(accents))


def _forms(word: str) -> Iterable[str]:
    """A word, and without what Arabic attaches to it."""
    yield word
    if "\u0620" <= word[0] <= "\u06ff":
        yield from (
            word.removeprefix(one)
            for one in _ATTACHED
            if len(word) - len(one) >= _LEFT and word.startswith(one)
        )


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What is looked for, and what it says for which code."""

    code: str
    parts: tuple[str, ...]
    weight: float = 0.0
    #: small words as they stand in a row; "" where their order tells nothing
    row: str = ""
    #: the words with their accents, in a language where other accents make other words
    accents: frozenset[str] = frozenset()


class Vocabulary:
    """Phrases with their codes, found by their longest word or first character."""

    def __init__(
        self,
        entries: Iterable[tuple[str, str]],
        *,
        accents: bool = False,
        strict: Container[str] = (),
        strictest: Container[str] = (),
    ) -> None:
        self._accents = accents
        #: codes whose phrases are only said in a row: "play music" is not said by "they play loud music"
        self._strict = strict
        #: codes whose pairs are, in every script: "my thanks" is not said by "my lamp is broken, thanks"
        self._strictest = strictest
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_character: dict[str, list[_Phrase]] = {}
        known: set[str] = set()
        for code, written in dict.fromkeys(entries):
            known.update(self._add(code, written))
        self._exact = frozenset(word for word in known if not word.endswith("*"))
        self._stems = frozenset(word[:-1] for word in known if word.endswith("*"))
        self._lengths = range(
            min(map(len, self._stems), default=0), max(map(len, self._stems), default=0) + 1
        )
        self._long = _by_length(known)
        self._read = lru_cache(maxsize=1 << 14)(self._reading)

    def _add(self, code: str, written: str) -> tuple[str, ...]:
        """The words by which the phrase is found."""
        text = fold(written)
        if runs_on(text):
            parts = tuple(text.split())
            phrase = _Phrase(code, parts, sum(map(len, parts)) / 2)
            self._by_character.setdefault(parts[0][0], []).append(phrase)
            return ()
        row = tuple(_words(text))
        words = tuple(dict.fromkeys(row))
        if words:
            strict = (code in self._strictest and len(row) <= 2) or (code in self._strict and text < _ARABIC)
            whole = strict and not any(word.endswith("*") for word in row)
            standing = f" {' '.join(row)} " if whole or all(map(_is_small, row)) else ""
            phrase = _Phrase(code, words, row=standing, accents=self._spelt(written))
            self._by_word.setdefault(max(words, key=len), []).append(phrase)
        return words

    def _spelt(self, written: str) -> frozenset[str]:
        return frozenset(map(toned, tokens(normalise(written)))) if self._accents else frozenset()

    def said(self, message: Message) -> Mapping[str, float]:
        """How much was said for each code: more and longer words say more, mistyped ones less; a word that
        several phrases share counts once."""
        words: dict[str, dict[str, float]] = {}
        present = self._present(message.words)
        for word in present:
            for phrase in self._by_word.get(word, ()):
                if all(part in present for part in phrase.parts) and _agree(message, phrase):
                    words.setdefault(phrase.code, {}).update(present[part] for part in phrase.parts)
        found = {code: sum(said.values()) for code, said in words.items()}
        if message.chinese:
            self._chinese(message.text, found)
        return found

    def _chinese(self, text: str, found: dict[str, float]) -> None:
        """Adds the phrases that stand in a text; one inside another that says the same counts once."""
        said: dict[str, set[int]] = {}
        for at, character in enumerate(text):
            for phrase in self._by_character.get(character, ()):
                first, *others = phrase.parts
                if text.startswith(first, at) and all(part in text for part in others):
                    covered = said.setdefault(phrase.code, set())
                    places = set(range(at, at + len(first)))
                    extra = (len(places - covered) + sum(map(len, others))) / 2
                    covered |= places
                    found[phrase.code] = found.get(phrase.code, 0) + extra

    def _present(self, said: frozenset[str]) -> dict[str, tuple[str, float]]:
        """The vocabulary's words that were said: by which word, and how much that tells."""
        present: dict[str, tuple[str, float]] = {}
        for token in sorted(said):
            for word, sure in self._read(token[:LONGEST]):
                if word not in present or present[word][1] < sure:
                    present[word] = token, sure * (1.0 + len(token) / 20)
        return present

    def _reading(self, token: str) -> tuple[tuple[str, float], ...]:
        """The words that a token may be. It is remembered: people say the same words again and again."""
        exact = [(token, 1.0)] if token in self._exact else []
        stems = [
            (f"{token[:end]}*", 1.0)
            for end in self._lengths
            if end <= len(token) and token[:end] in self._stems
        ]
        if exact or stems or len(token) < FUZZY_FROM or not token.isalpha() or runs_on(token):
            return (*exact, *stems)
        return tuple(self._mistyped(token))

    def _mistyped(self, token: str) -> Iterable[tuple[str, float]]:
        most = 1 if len(token) < TWICE_FROM else 2
        for length in range(len(token) - most, len(token) + most + 1):
            near = process.extract(
                token,
                self._long.get((token[0], length), ()),
                scorer=OSA.distance,
                score_cutoff=most,
                limit=None,
            )
            yield from ((word, 1 - MISTYPED * slips) for word, slips, _ in near)


def _is_small(word: str) -> bool:
    """Whether a word says little where it stands alone. Arabic and Hindi write few vowels as letters: their
    words are short, and in Arabic others are attached to them."""
    return len(word) <= SMALL and not word.endswith("*") and word < _ARABIC


def _agree(message: Message, phrase: _Phrase) -> bool:
    """Whether a phrase was said as it is written: small words in a row, accents where there are any."""
    return phrase.row in message.line and (not message.accents or phrase.accents <= message.accents)


def _words(text: str) -> Iterable[str]:
    """The words of a phrase, with the star of those that take any ending; each is kept in memory once."""
    for word in text.split():
        found = tokens(word)
        yield from map(intern, found[:-1])
        if found:
            yield intern(f"{found[-1]}*" if word.endswith("*") else found[-1])


def _by_length(known: Iterable[str]) -> Mapping[tuple[str, int], tuple[str, ...]]:
    """The words that may be mistyped, by their first letter and their length."""
    long: dict[tuple[str, int], list[str]] = {}
    for word in sorted(known):
        if len(word) >= FUZZY_FROM and not word.endswith("*"):
            long.setdefault((word[0], len(word)), []).append(word)
    return {key: tuple(words) for key, words in long.items()}
