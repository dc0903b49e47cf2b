"""Learns how much words speak for each intent, from our own sentences: `make learn` (`locales/learned/`).

It learns from `learning/<language>.jsonl` and the sets for developing, never from `test` nor from the public
data; and as if nothing had been written down for any intent, since whoever wrote that had these sentences in
view. Multinomial logistic regression by gradient descent: the same sentences make the same weights.
"""

import random
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import msgspec

from dialogs.understanding.hints import family_of
from dialogs.understanding.intents import Intent
from dialogs.understanding.learned import features, likely
from dialogs.understanding.vocabulary import message
from locales.learned import HUNDREDTHS, keep
from tests.understanding.sets import SETS, Sentence, lines, sentences

#: what can be learned: dangers are recognised before, by rules that people can read
INTENTS: Final = tuple(one for one in Intent if one is not Intent.EMERGENCY)
#: a feature of one sentence only tells of that sentence
SEEN: Final = 2
#: rounds over all sentences, the first step, and what is forgotten of each weight at a step
ROUNDS, STEP, FORGET = 12, 0.5, 2e-4
#: what few sentences mean counts more, up to so much
MOST: Final = 2.0

#: the sets that are only counted
MEASURING: Final = ("intents", "one_tap", "emergencies", "dates")
#: greetings have so few letters
SHORT: Final = 12

#: how each language says hello and thanks around a matter
POLITE: Final[Mapping[str, tuple[str, str]]] = {
    "ar": ("مرحبا، ", "، شكرا"),
    "de": ("Hallo, ", ", danke"),
    "en": ("Hi, ", ", thanks"),
    "es": ("Buenas, ", ", gracias"),
    "fr": ("Bonjour, ", ", merci"),
    "id": ("Halo, ", ", terima kasih"),
    "pt": ("Oi, ", ", obrigado"),
    "ru": ("Здравствуйте, ", ", спасибо"),
    "tr": ("Merhaba, ", ", teşekkürler"),
    "vi": ("Chào, ", ", cảm ơn"),
    "zh": ("你好，", "，谢谢"),
}
#: every third sentence that asks for something is learned politely, too
ASKING: Final = frozenset({"repair", "complaint", "visitor", "fee", "status", "question"})
THIRD: Final = 3

#: a family of languages, and what counts in it
Feature = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as it is learned from."""

    values: Mapping[Feature, float]
    #: the places of what may be meant among the intents
    meant: frozenset[int]
    weight: float


class Learner:
    """Weights under way, one for each intent."""

    def __init__(self) -> None:
        self.weights: dict[Feature, list[float]] = defaultdict(lambda: [0.0] * len(INTENTS))

    def learn(self, examples: Sequence[Example]) -> None:
        """Goes over the examples again and again, each time in another order and with smaller steps."""
        order, row = random.Random(1), list(examples)
        for number in range(ROUNDS):
            order.shuffle(row)
            for example in row:
                self._step(example, STEP / (1 + number / 2))

    def read(self, values: Mapping[Feature, float]) -> list[float]:
        """How likely each intent is."""
        sums = [0.0] * len(INTENTS)
        for feature, value in values.items():
            for at, weight in enumerate(self.weights[feature]):
                sums[at] += weight * value
        return likely(sums)

    def keep(self) -> None:
        """Writes every family's weights in hundredths, without those that round to nothing."""
        families: dict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
        for (family, feature), weights in self.weights.items():
            rounded = tuple(round(weight * HUNDREDTHS) for weight in weights)
            if any(rounded):
                families[family][feature] = rounded
        for family, found in families.items():
            keep(family, INTENTS, found)

    def _step(self, example: Example, step: float) -> None:
        shares = self.read(example.values)
        right = sum(shares[at] for at in example.meant)
        errors = [(share / right if at in example.meant else 0) - share for at, share in enumerate(shares)]
        for feature, value in example.values.items():
            weights, by = self.weights[feature], step * value * example.weight
            for at, error in enumerate(errors):
                weights[at] += by * error - step * FORGET * weights[at]


def written() -> Iterator[Sentence]:
    """The sentences that are kept for learning."""
    for path in sorted((SETS / "learning").glob("*.jsonl")):
        yield from lines(path, Sentence)


def all_kept() -> list[Sentence]:
    """All that may be learned from: nothing of dangers, and nothing that the counted sets hold, too."""
    rows = (*written(), *sentences("intents", "dev"), *sentences("one_tap", "dev"))
    found = [row for row in rows if _meant(row) and not _counted(row)]
    asking = [row for row in found if row.intent in ASKING]
    return [*found, *map(_politely, asking[::THIRD])]


def _politely(row: Sentence) -> Sentence:
    hello, thanks = POLITE[family_of(row.lang)]
    return msgspec.structs.replace(row, text=f"{hello}{row.text}{thanks}")


@cache
def _measuring() -> frozenset[str]:
    return frozenset(bare(row.text) for name in MEASURING for row in sentences(name, "test"))


def _counted(row: Sentence) -> bool:
    """Whether a counted set holds it; "hello" and "thanks" are said by everybody alike."""
    said = bare(row.text)
    return said in _measuring() and (row.intent != Intent.CHITCHAT or len(said) > SHORT)


def bare(text: str) -> str:
    """Letters and digits alone."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _meant(row: Sentence) -> frozenset[int]:
    return frozenset(at for at, intent in enumerate(INTENTS) if intent in row.intents)


def examples(rows: Sequence[Sentence]) -> list[Example]:
    """What counts in each sentence, but for what is in no other."""
    found = [_values(row) for row in rows]
    seen = Counter(feature for values in found for feature in values)
    often = Counter(row.intent for row in rows)
    middle = sorted(often.values())[len(often) // 2]
    return [
        Example(
            {feature: value for feature, value in values.items() if seen[feature] >= SEEN},
            _meant(row),
            min(MOST, (middle / often[row.intent]) ** 0.5),
        )
        for row, values in zip(rows, found, strict=True)
    ]


def _values(row: Sentence) -> Mapping[Feature, float]:
    family = family_of(row.lang)
    return {(family, feature): value for feature, value in features(message(row.text)).items()}


def main() -> None:
    """Learns, and keeps it."""
    rows = all_kept()
    learner = Learner()
    learner.learn(examples(rows))
    learner.keep()
    sys.stdout.write(f"learned from {len(rows)} sentences\n")


if __name__ == "__main__":
    main()
