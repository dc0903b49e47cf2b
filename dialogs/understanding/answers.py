"""Which of the estate's own answers fits a question, if one fits well. Pure, and offline.

A question and a phrasing are compared by what they want to know (when, where, what it costs …), and by what
they speak of: words in scripts that separate them, pairs of characters in Chinese. What few phrasings have
counts for more, what is unheard of counts most: it is what the question is about, and no answer speaks of it.
Rejected: rapidfuzz's scores of whole sentences, to which "the pool is dirty" is as near to "is the pool
open" as can be.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from rapidfuzz import fuzz

from desk.records.answers import Answer
from dialogs.understanding.normalise import normalise, tokens

#: how well an answer has to fit, and by how much better than any other; measured in
#: `tests/dialogs/understanding/test_answers.py`
FITS, BY = 0.45, 0.05
#: how much it counts against a fit what only the question says, and what only the phrasing says
UNSAID, UNASKED = 0.45, 0.55
#: what is left of a fit where something else is wanted: nothing is said of it, or another thing
VAGUE, OTHERWISE = 0.6, 0.4
#: how alike two words of five letters or more must be to count as one mistyped
ALIKE, FUZZY_FROM = 86, 5
#: of a long story the beginning says what is asked
HEARD = 300

#: how one says what one wants to know, in the order in which it is looked for
_WANTS: Final = {
    "fault": r"\b(?:broken?|broke|repair\w*|fix\w*|dirty|wrong|stolen|noisy|smell\w*|crowded|rude)\b"
    r"|坏|维修|报修|修好|脏|漏水|太吵|被偷|臭|断网|停水|停电",
    "why": r"\bwhy\b|为什么|为何|怎么这么|怎么还",
    "cost": r"\bhow (?:much|expensive)\b|\bcosts?\b|\bpric(?:e|es|ing)\b|\bfees?\b|\btariffs?\b|\brents?\b"
    r"|多少钱|价格|价钱|收费|费用|租金|怎么收|收多少|多少",
    "when": r"\b(?:what|which) (?:time|times|hours?|day|days)\b|\bwhen\b|\buntil\b"
    r"|\b(?:opening |working )?(?:hours?|times?)\b|什么时[候间]|几点|何时|时间|几时|哪天|开到|多久",
    "where": r"\bwhere\b|\bwhich place\b|在哪里|去哪里|放哪里|哪里|在哪儿|哪儿|去哪|在哪|停哪|放哪",
    "which": r"\b(?:which|who|whom)\b|有哪些|哪些|哪家|哪个|有什么|谁",
    "allowed": r"\b(?:allowed|permitted|permission|rules?|forbidden|may i|may we)\b"
    r"|规定|允许|可不可以|能不能|可以|能",
    "how": r"\bhow\b|怎么办|怎么弄|怎么|如何|怎样|咋",
}
#: wanted by one side only, it is another matter
_STRICT: Final = frozenset({"fault", "why"})
_ASKS: Final = {want: re.compile(words) for want, words in _WANTS.items()}
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
#: said with every question, and saying nothing of it
_POLITE_ZH = re.compile(
    r"请问|你好|您好|麻烦|谢谢|我想问一下|想问|问一下|一下|我们|咱们|小区|大家|知道|告诉|[吗呢啊呀吧的了是在有我你您能]"
)
_POLITE: Final = frozenset(
    re.findall(
        r"\w+",
        "a an the is are am was be been being do does did can could may might would will shall should "
        "you your me my mine i we our us it its this that these those there here to of at in on for "
        "with by from and or if please tell know hi hello hey thanks thank any some as into about say "
        "ask question one get have has had want like need so just also",
    )
)


#: what is said of many things, and how much less it therefore tells: that the office opens at eight is no
#: answer to when the pool does
SLIGHT = 0.3
_GENERAL: Final = frozenset(
    [
        "open",
        "clos",
        "start",
        "begin",
        "avail",
        "find",
        "work",
        "allow",
        "开放",
        "开门",
        "关门",
        "营业",
        "办理",
    ]
)


@dataclass(frozen=True, slots=True)
class Fit:
    """An answer, and how well it fits: 1 is word for word."""

    answer: Answer
    score: float


def best(words: str, answers: Sequence[Answer]) -> Answer | None:
    """The answer that fits well, and clearly better than any other; None where none does."""
    ranked = rank(words, answers)
    if not ranked or ranked[0].score < FITS:
        return None
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < BY:
        return None
    return ranked[0].answer


def rank(words: str, answers: Sequence[Answer]) -> tuple[Fit, ...]:
    """All answers, the best fit first."""
    said = take_apart(words[:HEARD])
    phrasings = [(answer, take_apart(phrase)) for answer in answers for phrase in _phrases(answer)]
    weigh = _weights(tuple(phrase.parts for _, phrase in phrasings))
    scores: dict[int, Fit] = {}
    for answer, phrase in phrasings:
        score = _likeness(said.parts, phrase.parts, weigh) * _wanted(said.wants, phrase.wants)
        known = scores.get(id(answer))
        if known is None or known.score < score:
            scores[id(answer)] = Fit(answer, score)
    return tuple(sorted(scores.values(), key=lambda fit: -fit.score))


def _phrases(answer: Answer) -> Iterable[str]:
    return (phrase for phrases in answer.questions.values() for phrase in phrases)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question wants to know, and of what it speaks."""

    wants: frozenset[str]
    parts: frozenset[str]


@lru_cache(maxsize=4096)
def take_apart(words: str) -> Asked:
    """A question in its parts; what it wants to know is not counted among what it speaks of."""
    text, wants = normalise(words), set[str]()
    for want, said in _ASKS.items():
        text, times = said.subn(" ", text)
        if times:
            wants.add(want)
    return Asked(frozenset(wants), _parts(text))


def _parts(text: str) -> frozenset[str]:
    """Telling words without their endings, and pairs of characters."""
    runs = [run for run in _CHINESE.findall(_POLITE_ZH.sub(" ", text)) if run]
    pairs = {run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1))}
    latin = tokens(_CHINESE.sub(" ", text))
    return frozenset(pairs | {_stem(word) for word in latin if word not in _POLITE})


def _stem(word: str) -> str:
    """A word without the commonest English endings."""
    for ending in ("ings", "ing", "ies", "ers", "er", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@dataclass(frozen=True, slots=True)
class _Weights:
    """How much a part tells: the rarer, the more."""

    by_part: Mapping[str, float]
    unheard: float

    def of(self, parts: Iterable[str]) -> float:
        """What these tell together."""
        weights = ((part, self.by_part.get(part, self.unheard)) for part in parts)
        return sum(weight * SLIGHT if part in _GENERAL else weight for part, weight in weights)


@lru_cache(maxsize=64)
def _weights(phrasings: tuple[frozenset[str], ...]) -> _Weights:
    counts = Counter(part for phrase in phrasings for part in phrase)
    total = len(phrasings) + 1
    return _Weights({part: log(1 + total / count) for part, count in counts.items()}, log(1 + total))


def _likeness(said: frozenset[str], phrase: frozenset[str], weigh: _Weights) -> float:
    """What both say, against what only one of them says."""
    common = said & phrase
    unsaid, unasked = said - common, phrase - common
    mistyped = {part for part in unsaid if _mistyped(part, unasked)}
    shared = weigh.of(common) + weigh.of(one for one in unasked if _mistyped(one, mistyped))
    strange, left = weigh.of(unsaid - mistyped), [one for one in unasked if not _mistyped(one, mistyped)]
    return shared / (shared + UNSAID * strange + UNASKED * weigh.of(left)) if shared else 0.0


def _wanted(said: frozenset[str], phrase: frozenset[str]) -> float:
    """How much of a fit is left by what is wanted: when the pool is open is not why it is dirty."""
    if (said ^ phrase) & _STRICT:
        return OTHERWISE
    if said & phrase or said == phrase:
        return 1.0
    return OTHERWISE if said and phrase else VAGUE


def _mistyped(part: str, others: Iterable[str]) -> bool:
    if len(part) < FUZZY_FROM or not part.isascii():
        return False
    return any(_alike(part, other) for other in others if len(other) >= FUZZY_FROM)


@lru_cache(maxsize=1 << 16)
def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= ALIKE
