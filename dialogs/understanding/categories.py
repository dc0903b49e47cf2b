"""Which kinds of request somebody's words may mean, the likeliest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil

from rapidfuzz import fuzz, process

from desk.catalogue import Catalogue
from desk.taxonomy import Kind, group_codes, groups, kinds
from dialogs.understanding.normalise import is_chinese, normalise, tokens
from locales.lexicon import lexicon
from locales.words import languages

#: how alike two tokens of five letters or more must be to count as one word mistyped
ALIKE = 86
FUZZY_FROM = 5
#: a hint at a whole group counts less than one at a kind in it
GROUP_WEIGHT = 0.4
#: how far apart the lengths of two such words can be: at 86 of 100, 2 · common / (both lengths)
SPREAD = (2 - ALIKE / 100) / (ALIKE / 100)
#: of a long story the beginning says what it is about
HEARD = 2000
#: shorter words of a kind's own name are "of" and "the"
SAYS_SOMETHING = 4


@lru_cache(maxsize=512)
def propose(words: str, most: int = 3, offered: Catalogue | None = None) -> tuple[Kind, ...]:
    """Up to `most` kinds that the words hint at in any language; none where nothing fits. What an estate does
    not offer is never among them, and what it calls by a name of its own is found by that, too.

    Remembered, since a conversation reads its script anew on every turn.
    """
    text = normalise(words[:HEARD])
    known = offered.kinds if offered is not None else kinds()
    scores = _hinted(text, frozenset(tokens(text)))
    for kind in offered.named if offered is not None else ():
        scores[kind.code] = max(scores.get(kind.code, 0), named(kind, text))
    ranked = sorted((code for code in scores if scores[code]), key=lambda code: -scores[code])
    return tuple(known[code] for code in ranked if code in known)[:most]


def named(kind: Kind, text: str) -> float:
    """How surely a text speaks of a kind by one of the names that the estate gave it; 0 is not at all."""
    said = frozenset(tokens(text))
    return max((_by_name(normalise(name), text, said) for name in kind.names.values()), default=0)


def _by_name(name: str, text: str, said: frozenset[str]) -> float:
    """By half of its words at least, long ones perhaps mistyped; in Chinese by two characters in a row."""
    if is_chinese(name):
        pairs = [name[at : at + 2] for at in range(len(name) - 1)]
        return float(2 * sum(pair in text for pair in pairs)) if is_chinese(text) else 0
    words = [word for word in tokens(name) if len(word) >= SAYS_SOMETHING]
    found = [word for word in words if word in said or _mistyped(word, said)]
    return sum(1.0 + len(word) / 20 for word in found) if found and 2 * len(found) >= len(words) else 0


def _mistyped(word: str, said: frozenset[str]) -> bool:
    if len(word) < FUZZY_FROM:
        return False
    return process.extractOne(word, said, scorer=fuzz.ratio, score_cutoff=ALIKE) is not None


def _hinted(text: str, said: frozenset[str]) -> dict[str, float]:
    """How much the lexicons of all languages speak for each kind."""
    scores: dict[str, float] = {}
    for language in languages():
        for code, weight in _scores(_index(language), text, said).items():
            scores[code] = max(scores.get(code, 0), weight)
    for group in groups():
        shared = scores.get(group.code, 0) * GROUP_WEIGHT
        for kind in group.kinds:
            if kind.code in scores:
                scores[kind.code] += shared
    return {code: score for code, score in scores.items() if code not in group_codes()}


@dataclass(frozen=True, slots=True)
class _Hint:
    """A phrase of the lexicon; one in Chinese is not separated into words."""

    code: str
    phrase: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """One language's hints, found by their words; there is one for each, so it is itself the key."""

    #: phrases in Chinese, looked for as they stand
    unseparated: tuple[_Hint, ...]
    by_word: Mapping[str, tuple[_Hint, ...]]
    #: the words that may be mistyped, by their length
    long: Mapping[int, tuple[str, ...]]


@cache
def _index(language: str) -> _Index:
    hints = tuple(
        _Hint(code, phrase, () if is_chinese(phrase) else tokens(phrase))
        for code, phrases in lexicon(language).items()
        for phrase in phrases
    )
    by_word: dict[str, list[_Hint]] = {}
    for hint in hints:
        for word in dict.fromkeys(hint.words):
            by_word.setdefault(word, []).append(hint)
    long: dict[int, list[str]] = {}
    for word in by_word:
        if len(word) >= FUZZY_FROM:
            long.setdefault(len(word), []).append(word)
    return _Index(
        unseparated=tuple(hint for hint in hints if not hint.words),
        by_word={word: tuple(found) for word, found in by_word.items()},
        long={length: tuple(found) for length, found in long.items()},
    )


def _scores(index: _Index, text: str, said: frozenset[str]) -> Mapping[str, float]:
    """How much the hints that were said speak for their kinds: longer ones say more, typos less."""
    present = _present(index, said)
    found: dict[str, float] = {}
    for hint in dict.fromkeys(hint for word in present for hint in index.by_word[word]):
        if all(word in present for word in hint.words):
            found[hint.code] = found.get(hint.code, 0) + sum(present[word] for word in hint.words)
    for hint in index.unseparated if is_chinese(text) else ():
        if hint.phrase in text:
            found[hint.code] = found.get(hint.code, 0) + len(hint.phrase)
    return found


def _present(index: _Index, said: frozenset[str]) -> Mapping[str, float]:
    """The lexicon's words that were said, each with how surely: itself, or mistyped."""
    present: dict[str, float] = {}
    for token in said:
        if len(token) >= FUZZY_FROM and token.isalpha():
            for word, weight in _alike(index, token):
                present[word] = max(present.get(word, 0), weight)
    return present | {token: 1.0 + len(token) / 20 for token in said if token in index.by_word}


@lru_cache(maxsize=4096)
def _alike(index: _Index, token: str) -> tuple[tuple[str, float], ...]:
    """The lexicon's words that a token may be, mistyped. People say the same words again and again."""
    shortest, longest = ceil(len(token) / SPREAD), int(len(token) * SPREAD)
    return tuple(
        (word, score / 100)
        for length in range(shortest, longest + 1)
        for word, score, _ in process.extract(
            token, index.long.get(length, ()), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
        )
    )
