"""Which kinds of request somebody's words may mean, the likeliest first."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from desk.taxonomy import Kind, group_codes, kinds
from dialogs.understanding.normalise import is_chinese, normalise, tokens
from locales.lexicon import lexicon
from locales.words import languages

#: how alike two tokens of five letters or more must be to count as one word mistyped
ALIKE = 86
FUZZY_FROM = 5
#: a hint at a whole group counts less than one at a kind in it
GROUP_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class Hint:
    """A phrase of a lexicon, made ready to be looked for; Chinese is not separated into words."""

    code: str
    phrase: str
    words: tuple[str, ...]


@cache
def _hints(language: str) -> tuple[Hint, ...]:
    return tuple(
        Hint(code, phrase, () if is_chinese(phrase) else tokens(phrase))
        for code, phrases in lexicon(language).items()
        for phrase in phrases
    )


@lru_cache(maxsize=512)
def propose(words: str, most: int = 3) -> tuple[Kind, ...]:
    """Up to `most` kinds that the words hint at in any language; none where nothing fits.

    Cached, since a script asks again on every turn.
    """
    text = normalise(words)
    said = tokens(text)
    scores: dict[str, float] = defaultdict(float)
    for language in languages():
        for code, weight in _scores(text, said, language).items():
            scores[code] = max(scores[code], weight)
    found = [kinds()[code] for code in scores if code not in group_codes()]
    return tuple(
        sorted(found, key=lambda kind: -(scores[kind.code] + GROUP_WEIGHT * scores[kind.group]))[:most]
    )


def _scores(text: str, said: tuple[str, ...], language: str) -> dict[str, float]:
    known = _Said(said)
    scores: dict[str, float] = defaultdict(float)
    for hint in _hints(language):
        weight = sum(known.weigh(hint.words)) if hint.words else len(hint.phrase) * (hint.phrase in text)
        if weight:
            scores[hint.code] += weight
    return scores


class _Said:
    """The words that were said; each word of a lexicon is looked for once."""

    def __init__(self, said: tuple[str, ...]) -> None:
        self._said = frozenset(said)
        self._long = [token for token in said if len(token) >= FUZZY_FROM]
        self._weights: dict[str, float] = {}

    def weigh(self, words: tuple[str, ...]) -> Iterator[float]:
        """What each word of a phrase weighs; nothing unless all of them were said."""
        weights = [self._weight(word) for word in words]
        return iter(weights if all(weights) else ())

    def _weight(self, word: str) -> float:
        """Longer words say more, mistyped ones less."""
        if word in self._said:
            return 1 + len(word) / 20
        if len(word) < FUZZY_FROM or not self._long:
            return 0
        if word not in self._weights:
            best = process.extractOne(word, self._long, scorer=fuzz.ratio, score_cutoff=ALIKE)
            self._weights[word] = best[1] / 100 if best else 0
        return self._weights[word]
