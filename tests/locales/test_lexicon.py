"""The words that hint at a kind: every kind has some, each belongs to few kinds, and mistakes are named."""

from collections import Counter

import pytest

from locales.languages import HERE, languages
from locales.lexicon import TOPICS, codes, lexicon

LEXICONS = sorted(path.parent.name for path in HERE.glob("*/lexicon.toml"))
SPOKEN = sorted(set(languages()) & set(LEXICONS))


def test_english_and_chinese_have_one():
    assert {"en", "zh_CN"} <= set(LEXICONS)


def misread(tmp_path, content):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "lexicon.toml").write_text(content, encoding="utf-8")
    return lexicon("en", tmp_path)


@pytest.mark.parametrize("language", SPOKEN)
def test_every_kind_and_group_has_words(language):
    known = codes()
    words = lexicon(language)
    assert set(words) - set(TOPICS) == known["groups"] | known["kinds"]
    assert [code for code, given in words.items() if len(given) < 4] == []


@pytest.mark.parametrize("language", sorted(set(LEXICONS) - set(SPOKEN)))
def test_a_language_that_is_only_understood_has_words_for_some(language):
    known, words = codes(), lexicon(language)
    assert set(words) <= set(TOPICS) | known["groups"] | known["kinds"]
    assert [code for code, given in words.items() if not given] == []
    assert not (HERE / language / "LC_MESSAGES").exists()


@pytest.mark.parametrize("language", LEXICONS)
def test_a_word_hints_at_few_kinds(language):
    """What hints at many says nothing; "lighting" may be in the corridor or outside."""
    words, kinds = lexicon(language), codes()["kinds"]
    said = Counter(word for code in kinds for word in words.get(code, ()))
    assert [word for word, times in said.items() if times > 3] == []


def test_words_keep_their_order(tmp_path):
    assert misread(tmp_path, '[kinds]\nleak = ["leak", "drip"]')["leak"] == ("leak", "drip")


@pytest.mark.parametrize(
    "content, fault",
    [
        ('[kinds]\nleek = ["leek"]', "leek is not one of the kinds"),
        ('[groups]\nleak = ["leak"]', "leak is not one of the groups"),
        ('[sorts]\nleak = ["leak"]', r"\[sorts\] is none"),
        ('[kinds]\nleak = ["leak", "drip", "leak"]', "leak: 'leak' is there twice"),
        ('[kinds]\nleak = ["Leak"]', "leak: 'Leak' has capitals"),
        ('[kinds]\nleak = [" leak"]', "leak: ' leak' has spaces around it"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path, content, fault):
    with pytest.raises(ValueError, match=rf"lexicon\.toml: .*{fault}"):
        misread(tmp_path, content)


def test_a_language_without_a_lexicon_has_no_words(tmp_path):
    assert lexicon("ru", tmp_path) == {}
