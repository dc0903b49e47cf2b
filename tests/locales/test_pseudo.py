"""The made-up language keeps what a program reads and stretches what people read."""

from hypothesis import given, strategies as st

from locales.check import in_catalogue, placeholders
from locales.extract import Found
from locales.markup import tags
from locales.pseudo import catalogue, pseudo, write
from tests.locales.made_up import code

PIECES = ["{name}", "{n}", "<b>", "</b>", '<a href="{link}">', "</a>", "&amp;", "\n", " ", "Hello", "at last"]


def test_a_sentence_is_longer_and_accented():
    assert pseudo("Hello, <b>{name}</b>.\n") == "[Ĥéļļö, <b>{name}</b>.~~~~]\n"
    assert pseudo("") == ""


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_placeholders_and_tags_stay(sentence):
    assert placeholders(pseudo(sentence)) == placeholders(sentence)
    assert tags(pseudo(sentence)) == tags(sentence)


def test_it_is_a_complete_catalogue():
    found = [Found("Hello {name}", None, "bot/cards.py"), Found("{n} photo", "{n} photos", "bot/cards.py")]
    wanted = [("Hello {name}",), ("{n} photo", "{n} photos")]
    assert list(in_catalogue(catalogue(found), wanted)) == []


def test_it_is_written_where_a_language_lies(tmp_path):
    code(tmp_path, '_("Hello")')
    path = write(tmp_path, tmp_path / "made-up")
    assert path == tmp_path / "made-up" / "eo" / "LC_MESSAGES" / "steward.po"
    assert 'msgstr "[Ĥéļļö~~]"' in path.read_text(encoding="utf-8")
