"""Which kinds of request somebody's words may mean, the likeliest first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from desk.taxonomy import Kind, group_codes, groups, kinds
from dialogs.understanding.normalise import is_chinese, normalise, tokens
from locales.lexicon import lexicon
from locales.words import languages

#: how alike two tokens of five letters or more must be to count as one word mistyped
ALIKE = 86
FUZZY_FROM = 5
#: a hint at a whole group counts less than one at a kind in it
GROUP_WEIGHT = 0.4
#: of a long story the beginning says what it is about
HEARD = 2000


@lru_cache(maxsize=1024)
def propose(words: str, most: int = 3) -> tuple[Kind, ...]:
    """Up to `most` kinds that the words hint at in any language; none where nothing fits.

    Remembered, since a conversation reads its script anew on every turn.
    """
    text = normalise(words[:HEARD])
    present = _presence(tokens(text))
    scores: dict[str, float] = {}
    for language in languages():
        for code, weight in _scores(_hints(language), text, present).items():
            scores[code] = max(scores.get(code, 0), weight)
    for group in groups():
        shared = scores.get(group.code, 0) * GROUP_WEIGHT
        for kind in group.kinds:
            if kind.code in scores:
                scores[kind.code] += shared
    ranked = sorted((code for code in scores if code not in group_codes()), key=lambda code: -scores[code])
    return tuple(kinds()[code] for code in ranked[:most])


@dataclass(frozen=True, slots=True)
class _Hint:
    """A phrase of the lexicon; one in Chinese is not separated into words."""

    code: str
    phrase: str
    words: tuple[str, ...]


@cache
def _hints(language: str) -> tuple[_Hint, ...]:
    return tuple(
        _Hint(code, phrase, () if is_chinese(phrase) else tokens(phrase))
        for code, phrases in lexicon(language).items()
        for phrase in phrases
    )


def _scores(hints: tuple[_Hint, ...], text: str, present: Callable[[str], float]) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for hint in hints:
        weight = _weight(hint, text, present)
        if weight:
            found[hint.code] = found.get(hint.code, 0) + weight
    return found


def _weight(hint: _Hint, text: str, present: Callable[[str], float]) -> float:
    """How much a phrase of the lexicon speaks for its kind: longer ones say more, typos less."""
    if not hint.words:
        return len(hint.phrase) if hint.phrase in text else 0
    total = 0.0
    for word in hint.words:
        weight = present(word)
        if not weight:
            return 0
        total += weight
    return total


def _presence(said: tuple[str, ...]) -> Callable[[str], float]:
    """How surely a word was said: itself, or mistyped. Each word is looked for once."""
    exact = frozenset(said)
    long = [token for token in exact if len(token) >= FUZZY_FROM]

    @cache
    def present(word: str) -> float:
        if word in exact:
            return 1.0 + len(word) / 20
        if len(word) < FUZZY_FROM:
            return 0
        alike = process.extractOne(word, long, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return alike[1] / 100 if alike else 0

    return present
