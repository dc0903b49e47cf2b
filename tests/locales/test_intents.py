"""The words for what people want: every language says all of it, and mistakes are named with their file."""

import pytest

from locales.intents import INTENTS, elsewhere, intents
from locales.languages import HERE, languages

WRITTEN = sorted(path.parent.name for path in HERE.glob("*/intents.toml"))
SPOKEN = sorted(set(languages()) & set(WRITTEN))


@pytest.mark.parametrize("language", sorted(set(WRITTEN) - set(SPOKEN)))
def test_a_language_that_is_only_understood_has_words_for_some(language):
    words = intents(language)
    assert set(words) <= set(INTENTS)
    assert words["chitchat"]
    assert len(elsewhere(language)) >= 20


@pytest.mark.parametrize("language", SPOKEN)
def test_every_intent_has_words(language):
    words = intents(language)
    assert set(words) == set(INTENTS)
    assert [name for name, given in words.items() if len(given) < 8] == []
    assert len(elsewhere(language)) >= 40


@pytest.mark.parametrize(
    "content, fault",
    [
        ('[intents]\nwish = ["i wish"]', "wish is no intent"),
        ('[wishes]\nvisitor = ["guest"]', r"\[wishes\] is neither"),
        ('[intents]\nvisitor = ["guest", "guest"]', "visitor: 'guest' is there twice"),
        ('[elsewhere]\nmoney = ["Bank"]', "money: 'Bank' has capitals"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path, content, fault):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "intents.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"intents\.toml: .*{fault}"):
        intents("en", tmp_path)


def test_a_language_without_words_has_none(tmp_path):
    assert intents("ru", tmp_path) == {}
    assert elsewhere("ru", tmp_path) == ()
