"""Finds the phrases of dangers in a sentence: as they stand in Chinese, a word at a time elsewhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product, zip_longest
from operator import contains, eq
from sys import intern

from rapidfuzz import fuzz, process

from dialogs.understanding.normalise import LONGEST, attached, fold, is_chinese, normalise, toned

#: a word of so many letters may be mistyped, but for its first letter, and so much alike it stays
LONG, ALIKE = 5, 86
#: the language whose words lose their vowel before another one
ELIDES = "fr"

WORD = re.compile(r"[^\W_]+")
_MARKS = str.maketrans("", "", "'’‘`")


@dataclass(frozen=True, slots=True)
class Use:
    """What a phrase is for: one of a language's lists, or a part of its signs."""

    #: part, harmless, denied, meant, calm, over or now
    role: str
    lang: str
    part: int = -1


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a sentence: what it is for, and from where to where it stands."""

    to: Use
    start: int
    end: int
    chinese: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    #: as it stands, where words are not separated
    whole: str
    #: its words with their accents, in a language where other accents make other words
    accents: tuple[str, ...]


class Finder:
    """The phrases of all languages, found by their first word or character."""

    def __init__(self, entries: Iterable[tuple[str, Use, bool]]) -> None:
        """Takes phrases, what each is for, and whether its accents make it another one."""
        #: by the first two words; the second is "" of a phrase that has but one
        self._by_words: dict[tuple[str, str], dict[_Phrase, list[Use]]] = {}
        self._by_character: dict[str, dict[_Phrase, list[Use]]] = {}
        for written, use, accents in entries:
            for said in _elided(written, use.lang):
                self._add(said, use, accents)
        words = {word for phrases in self._by_words.values() for phrase in phrases for word in phrase.words}
        self._exact = frozenset(word for word in words if not word.endswith("*"))
        self._stems = frozenset(word[:-1] for word in words if word.endswith("*"))
        self._longest = max(map(len, self._stems), default=0)
        self._like = _by_letter_and_length(words)
        self._read = lru_cache(maxsize=1 << 14)(self._reading)

    def _add(self, written: str, use: Use, accents: bool) -> None:
        phrase = fold(written)
        if is_chinese(phrase):
            kept = self._by_character.setdefault(phrase[0], {})
            kept.setdefault(_Phrase((), phrase, ()), []).append(use)
        else:
            words = tuple(map(intern, phrase.translate(_MARKS).split()))
            toned_words = tuple(intern(toned(word)) for word in normalise(written).split()) if accents else ()
            kept = self._by_words.setdefault((words[0], "".join(words[1:2])), {})
            kept.setdefault(_Phrase(words, "", toned_words), []).append(use)

    def find(self, sentence: str, written: tuple[str, ...]) -> list[Hit]:
        """The phrases in a sentence; `written` are its words with their accents, if it has any."""
        found = list(self._in_characters(sentence)) if not sentence.isascii() else []
        read = [self._read(token[:LONGEST]) for token in WORD.findall(sentence)]
        return [*found, *self._in_words(sentence, read, written)] if any(read) else found

    def _in_characters(self, sentence: str) -> Iterator[Hit]:
        for at, character in enumerate(sentence):
            for phrase, uses in self._by_character.get(character, {}).items():
                if sentence.startswith(phrase.whole, at):
                    yield from (Hit(use, at, at + len(phrase.whole), True) for use in uses)

    def _in_words(
        self, sentence: str, read: Sequence[frozenset[str]], written: tuple[str, ...]
    ) -> Iterator[Hit]:
        """The phrases that are said in separate words."""
        spans = [token.span() for token in WORD.finditer(sentence)]
        for at, (first, then) in enumerate(zip_longest(read, read[1:], fillvalue=frozenset[str]())):
            begun = (self._by_words.get(pair, {}) for pair in product(first, ("", *then)))
            for phrase, uses in (one for phrases in begun for one in phrases.items()):
                rest = read[at : at + len(phrase.words)]
                found = len(rest) == len(phrase.words) and all(map(contains, rest, phrase.words))
                if found and _agree(written[at : at + len(rest)], phrase.accents):
                    start, end = spans[at][0], spans[at + len(rest) - 1][1]
                    yield from (Hit(use, start, end, False) for use in uses)

    def _reading(self, token: str) -> frozenset[str]:
        """The words that a token may be: itself, one with any ending, one mistyped. It is remembered,
        since people say the same words again and again."""
        read = {word for form in attached(token) for word in self._plain(form)}
        if not read and len(token) >= LONG and token.isalpha():
            read.update(self._mistyped(token))
        return frozenset(read)

    def _plain(self, token: str) -> Iterator[str]:
        if token in self._exact:
            yield token
        for end in range(1, min(len(token), self._longest) + 1):
            if token[:end] in self._stems:
                yield f"{token[:end]}*"

    def _mistyped(self, token: str) -> Iterator[str]:
        for length in range(len(token) - 2, len(token) + 3):
            near = self._like.get((token[0], length), {})
            alike = process.extract(token, near.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
            yield from (near[word] for word, _score, _at in alike)


def _elided(written: str, lang: str) -> Iterator[str]:
    """A phrase, and in French as it stands after l', since marks are taken out of what is read."""
    yield written
    if lang == ELIDES and fold(written)[0] in "aeiouyh":
        yield f"l{written}"


def _agree(written: tuple[str, ...], meant: tuple[str, ...]) -> bool:
    """Whether words are those of a phrase also by their accents, where they were written with any."""
    return all(map(eq, written, meant))


def _by_letter_and_length(words: Iterable[str]) -> dict[tuple[str, int], dict[str, str]]:
    """The words that may be mistyped, without and with their star."""
    like: dict[tuple[str, int], dict[str, str]] = {}
    for word in sorted(words):
        bare = word.rstrip("*")
        if len(bare) >= LONG:
            like.setdefault((bare[0], len(bare)), {})[bare] = word
    return like
