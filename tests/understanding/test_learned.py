"""What is learned from our own sentences: kept apart from those that measure, and kept in step."""

import pytest

from dialogs.understanding.intents import Intent
from dialogs.understanding.learned import features, likely, weigh
from dialogs.understanding.understand import understand
from dialogs.understanding.vocabulary import message
from locales.learned import HUNDREDTHS, learned
from tests.understanding.learn import INTENTS, MEASURING, SHORT, Learner, all_kept, bare, examples
from tests.understanding.sets import sentences

FAMILIES = ("ar", "de", "en", "es", "fr", "id", "pt", "ru", "tr", "vi", "zh")


def test_nothing_is_learned_from_what_only_measures():
    measuring = {bare(row.text) for name in MEASURING for row in sentences(name, "test")}
    both = [row for row in all_kept() if bare(row.text) in measuring]
    assert [row.text for row in both if row.intent != Intent.CHITCHAT or len(bare(row.text)) > SHORT] == []
    assert len(both) < len(all_kept()) / 100


def test_what_is_kept_was_learned_from_the_sentences_that_are_kept():
    learner = Learner()
    learner.learn(examples(all_kept()))
    found = {family: learned(family) for family in FAMILIES}
    far = [
        (family, feature)
        for (family, feature), weights in learner.weights.items()
        for kept in [found[family]]
        for known in [kept.weights.get(feature, (0,) * len(INTENTS)) if kept else ()]
        if not near(weights, known)
    ]
    assert far == [], "run `make learn`"


def near(weights: list[float], known: tuple[int, ...]) -> bool:
    """Processors may round the last digit in two ways."""
    return all(abs(weight * HUNDREDTHS - kept) <= 1 for weight, kept in zip(weights, known, strict=True))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_language_has_learned_the_same_intents(family: str):
    known = learned(family)
    assert known is not None
    assert known.intents == INTENTS
    assert {len(weights) for weights in known.weights.values()} == {len(INTENTS)}


@pytest.mark.parametrize("family", ["", "ko", "xx", "../en", "x" * 300])
def test_nothing_is_learned_of_other_languages(family: str):
    assert weigh(message("any news of my lamp?"), family) == {}


@pytest.mark.parametrize(
    "words, language, intent",
    [
        ("You said Tuesday, today is Friday, and still I sit here waiting", "en", Intent.STATUS),
        ("you guys did such a neat job on our hallway", "en", Intent.PRAISE),
        ("师傅手艺真好，一会儿就弄好了", "zh_CN", Intent.PRAISE),
        ("сказали в среду придут, сегодня суббота", "ru", Intent.STATUS),
        ("qué manos tiene ese chico, quedó de lujo", "es", Intent.PRAISE),
    ],
)
def test_what_nobody_wrote_down_is_understood(words: str, language: str, intent: Intent):
    assert understand(words, language).intent is intent


@pytest.mark.parametrize(
    "words, language",
    [
        ("good morning, can someone look at my intercom? thanks", "en"),
        ("hi, the lamp in my hallway is broken, thanks", "en"),
        ("в подъезде не горит свет, спасибо", "ru"),
        ("no funciona el portero automático, gracias", "es"),
        ("المصعد معطل، شكرا", "ar"),
        ("楼道灯坏了，谢谢", "zh_CN"),
    ],
)
def test_thanks_behind_a_repair_are_no_praise(words: str, language: str):
    assert understand(words, language).intent is Intent.REPAIR


def test_features_are_words_pairs_and_stems_or_characters():
    assert {*features(message("The lamp flickers"))} == {
        "^", "the", "lamp", "flickers", "$", "^ the", "the lamp", "lamp flickers", "flickers $", "flick*",
    }  # fmt: skip
    assert {*features(message("漏水"))} == {"^", "漏", "水", "$", "^漏", "漏水", "水$", "^漏水", "漏水$"}
    assert features(message("")) == features(message("  "))


def test_shares_are_together_one():
    assert sum(likely([900.0, -900.0, 3.0])) == pytest.approx(1)
