"""Which kinds of request somebody's words may mean, the likeliest first."""

from collections.abc import Mapping

from rapidfuzz import fuzz

from desk.taxonomy import Kind, group_codes, groups, kinds
from dialogs.understanding.normalise import is_chinese, normalise, tokens
from locales.lexicon import lexicon
from locales.words import languages

#: how alike two tokens of five letters or more must be to count as one word mistyped
ALIKE = 86
FUZZY_FROM = 5
#: a hint at a whole group counts less than one at a kind in it
GROUP_WEIGHT = 0.4


def propose(words: str, most: int = 3) -> tuple[Kind, ...]:
    """Up to `most` kinds that the words hint at in any language; none where nothing fits."""
    text = normalise(words)
    said = tokens(text)
    scores: dict[str, float] = {}
    for language in languages():
        for code, weight in _scores(text, said, lexicon(language)).items():
            scores[code] = max(scores.get(code, 0), weight)
    for group in groups():
        shared = scores.get(group.code, 0) * GROUP_WEIGHT
        for kind in group.kinds:
            if kind.code in scores:
                scores[kind.code] += shared
    ranked = sorted((code for code in scores if code not in group_codes()), key=lambda code: -scores[code])
    return tuple(kinds()[code] for code in ranked[:most])


def _scores(text: str, said: tuple[str, ...], hints: Mapping[str, tuple[str, ...]]) -> Mapping[str, float]:
    found = {code: sum(_weight(phrase, text, said) for phrase in phrases) for code, phrases in hints.items()}
    return {code: weight for code, weight in found.items() if weight}


def _weight(phrase: str, text: str, said: tuple[str, ...]) -> float:
    """How much a phrase of the lexicon speaks for its kind: longer ones say more, typos less."""
    if is_chinese(phrase):
        return len(phrase) if phrase in text else 0
    wanted = tokens(phrase)
    present = [_present(word, said) for word in wanted]
    return sum(present) if wanted and all(present) else 0


def _present(word: str, said: tuple[str, ...]) -> float:
    if word in said:
        return 1.0 + len(word) / 20
    if len(word) < FUZZY_FROM:
        return 0
    alike = max((fuzz.ratio(word, token) for token in said if len(token) >= FUZZY_FROM), default=0)
    return alike / 100 if alike >= ALIKE else 0
