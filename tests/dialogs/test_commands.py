"""Commands as people type them: by name, by title, in every language, with a slash or without."""

from collections import Counter

import pytest

from dialogs.commands import ALIASES, COMMANDS, LONGEST, Typed, find, typed
from dialogs.understanding.normalise import normalise
from locales.lexicon import command_words
from locales.words import languages, words


def name_of(text: str) -> str | None:
    """Which command the words are."""
    found = typed(text)
    return found.command.name if found and found.command else None


@pytest.mark.parametrize("language", languages())
def test_every_title_is_understood_in_every_language(language: str):
    reader = words(language, "UTC")
    assert {one.name: name_of(reader.plain(one.title)) for one in COMMANDS} == {
        one.name: one.name for one in COMMANDS
    }


@pytest.mark.parametrize("language", languages())
def test_the_lexicon_names_only_commands_that_there_are(language: str):
    assert [name for name in command_words(language) if find(name) is None] == []


def test_a_word_means_one_command():
    spoken = Counter(
        (normalise(word), name)
        for language in languages()
        for name, said in command_words(language).items()
        for word in {*said}
    )
    meant = Counter(word for word, _name in spoken)
    assert [word for word, times in meant.items() if times > 1] == []


@pytest.mark.parametrize(
    "text, name",
    [
        ("/报修", "repair"),
        ("／报修", "repair"),
        ("/报修 厨房漏水", "repair"),
        ("报修", "repair"),
        ("  HELP ", "help"),
        ("取消", "cancel"),
        ("/菜单", "menu"),
        ("Language", "language"),
        ("/start", "menu"),
    ],
)
def test_a_name_is_understood_however_it_is_typed(text: str, name: str):
    assert name_of(text) == name


@pytest.mark.parametrize("text", ["报修一下厨房的灯", "help!", "", " ", "x" * (LONGEST + 1), "no help came"])
def test_other_words_are_no_command(text: str):
    assert typed(text) is None


def test_a_slash_before_what_is_no_command_is_known_as_such():
    assert typed("/不存在") == Typed(None, slash=True)


def test_every_alias_leads_to_a_command():
    assert [alias for alias in ALIASES if find(alias) is None] == []
