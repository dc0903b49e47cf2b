"""How much all words of a message speak for each intent, beside those that were written down for it: every
word, pair of words and stem counts as much as was learned from our own sentences (decision 0022).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import exp, sqrt

from dialogs.understanding.intents import Intent
from dialogs.understanding.vocabulary import Message
from locales.learned import HUNDREDTHS, learned

#: a stem is what many forms of a longer word begin with
STEM = 5
#: Chinese is read by one, two and three characters
RUNS = (1, 2, 3)
#: of a long story the first words say what is wanted
FIRST = 120
#: how much all features of a message count together
LOUD = 1.5
#: how much it counts what was written down for an intent
WRITTEN = 3.0


def together(
    scores: Mapping[Intent, float], said: Message, family: str, *, matter: bool
) -> Mapping[Intent, float]:
    """How likely each intent is, together 1: by what was written down, and by what was learned. `matter`:
    whether something is named that a greeting beside it is not about."""
    heard = weigh(said, family)
    if matter:
        heard = {**heard, Intent.CHITCHAT: min(heard.get(Intent.CHITCHAT, 0), 0)}
    sums = {intent: WRITTEN * score + heard.get(intent, 0) for intent, score in scores.items()}
    return dict(zip(sums, likely(sums.values()), strict=True))


def weigh(said: Message, family: str) -> Mapping[Intent, float]:
    """How much the features speak for each intent; empty for languages that nothing was learned of."""
    known = learned(family)
    if known is None:
        return {}
    sums = [0.0] * len(known.intents)
    for feature, value in features(said).items():
        for at, weight in enumerate(known.weights.get(feature, ())):
            sums[at] += weight * value
    return {Intent(name): one / HUNDREDTHS for name, one in zip(known.intents, sums, strict=True)}


def likely(sums: Iterable[float]) -> list[float]:
    """Shares of one from sums of weights."""
    kept = list(sums)
    most = max(kept)
    powers = [exp(one - most) for one in kept]
    whole = sum(powers)
    return [one / whole for one in powers]


def features(said: Message) -> Mapping[str, float]:
    """Words, pairs and stems, or characters, and how much each of them counts."""
    found = set(_runs(said.text) if said.chinese else _words(said.line.split()[:FIRST]))
    return dict.fromkeys(found, LOUD / sqrt(len(found) + 1))


def _runs(text: str) -> Iterator[str]:
    around = f"^{text.replace(' ', '')[:FIRST]}$"
    for length in RUNS:
        yield from (around[at : at + length] for at in range(len(around) - length + 1))


def _words(words: Iterable[str]) -> Iterator[str]:
    row = ("^", *words, "$")
    yield from row
    yield from map(" ".join, pairwise(row))
    yield from (f"{word[:STEM]}*" for word in row if len(word) > STEM)
