"""Which kinds of request somebody's words may mean, the likeliest first."""

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from desk.catalogue import Catalogue
from desk.taxonomy import Kind, groups, kinds
from dialogs.understanding.hints import hints
from dialogs.understanding.normalise import fold, is_chinese, tokens
from dialogs.understanding.vocabulary import FUZZY_FROM, HEARD
from locales.lexicon import TOPICS

#: a hint at a whole group counts less than one at a kind in it
GROUP_WEIGHT = 0.4
#: shorter words of a kind's own name are "of" and "the"
SAYS_SOMETHING = 4


@lru_cache(maxsize=512)
def propose(
    words: str, most: int = 3, offered: Catalogue | None = None, language: str = ""
) -> tuple[Kind, ...]:
    """Up to `most` kinds that the words hint at in any language; none where nothing fits. What an estate does
    not offer is never among them, and what it calls by a name of its own is found by that, too.

    Remembered, since a conversation reads its script anew on every turn.
    """
    known = offered.kinds if offered is not None else kinds()
    scores = weigh(words, offered, language)
    ranked = sorted((code for code in scores if scores[code]), key=lambda code: -scores[code])
    return tuple(known[code] for code in ranked if code in known)[:most]


def weigh(words: str, offered: Catalogue | None = None, language: str = "") -> Mapping[str, float]:
    """How much the words speak for each kind, by its code."""
    scores = subjects(hints(words, language))
    for topic, kind in TOPICS.items():
        if topic in scores:
            scores[kind] = max(scores.get(kind, 0), scores.pop(topic))
    if offered is not None and offered.named:
        text = fold(words[:HEARD])
        for named_kind in offered.named:
            scores[named_kind.code] = max(scores.get(named_kind.code, 0), named(named_kind, text))
    return scores


def subjects(hinted: Mapping[str, float]) -> dict[str, float]:
    """How much is said for each kind, and for each subject that no kind names: a topic, or a whole group.
    A hint at a group is shared by those of its kinds that were hinted at themselves."""
    scores = {code: weight for code, weight in hinted.items() if code in kinds() or code in TOPICS}
    for group in groups():
        shared = hinted.get(group.code, 0) * GROUP_WEIGHT
        named = [kind.code for kind in group.kinds if kind.code in scores]
        for code in named if shared else ():
            scores[code] += shared
        if shared and not named:
            scores[group.code] = shared
    return scores


def named(kind: Kind, text: str) -> float:
    """How surely a text speaks of a kind by one of the names that the estate gave it; 0 is not at all."""
    said = frozenset(tokens(text))
    return max((_by_name(fold(name), text, said) for name in kind.names.values()), default=0)


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
    return process.extractOne(word, said, scorer=OSA.distance, score_cutoff=1) is not None
