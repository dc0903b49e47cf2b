"""Catalogues follow the code: nothing is guessed, no translation is lost, nothing changes twice."""

import pytest

from locales.extract import TAXONOMY
from locales.languages import HERE
from locales.update import update
from tests.locales.made_up import code, speak

KEPT = """
# their own remark
msgid "Hello"
msgstr "您好"

msgid "Gone"
msgstr "没了"
"""


def updated(tmp_path, language="zh_CN"):
    update(tmp_path, tmp_path / "locales")
    return (tmp_path / "locales" / language / "LC_MESSAGES" / "steward.po").read_text(encoding="utf-8")


@pytest.fixture
def chinese(tmp_path):
    return speak(tmp_path / "locales", "zh_CN", KEPT)


def test_translations_and_remarks_stay_and_obsolete_entries_go(tmp_path, chinese):
    code(tmp_path, '_("Hello")\n# Translators: when leaving\n_("Goodbye {name}")')
    assert updated(tmp_path).partition("\n\n")[2] == (
        "# their own remark\n"
        "#: dialogs/scripts/repair.py\n"
        'msgid "Hello"\n'
        'msgstr "您好"\n'
        "\n"
        "#. when leaving\n"
        "#: dialogs/scripts/repair.py\n"
        "#, python-brace-format\n"
        'msgid "Goodbye {name}"\n'
        'msgstr ""\n'
    )


def test_a_similar_text_is_not_guessed_to_be_the_same(tmp_path, chinese):
    code(tmp_path, '_("Hello!")')
    assert "您好" not in updated(tmp_path)


def test_a_text_that_became_plural_is_translated_anew(tmp_path, chinese):
    code(tmp_path, '_n("Hello", "Hello all", n)')
    assert 'msgid_plural "Hello all"\nmsgstr[0] ""' in updated(tmp_path)


def test_a_translators_doubt_stays(tmp_path):
    speak(tmp_path / "locales", "zh_CN", '#, fuzzy\nmsgid "Hello"\nmsgstr "您好"\n')
    code(tmp_path, '_("Hello")')
    assert '#, fuzzy\nmsgid "Hello"\nmsgstr "您好"' in updated(tmp_path)


def test_chinese_names_of_the_taxonomy_are_filled_in_but_never_over_a_translators(tmp_path):
    speak(tmp_path / "locales", "zh_CN", 'msgid "Lift"\nmsgstr "升降梯"\n')
    speak(tmp_path / "locales", "ru")
    code(tmp_path, '[{"en": "Lift", "zh": "电梯"}, {"en": "Gas", "zh": "燃气"}]', TAXONOMY)
    assert 'msgstr "升降梯"' in updated(tmp_path)
    assert 'msgid "Gas"\nmsgstr "燃气"' in updated(tmp_path)
    assert 'msgid "Gas"\nmsgstr ""' in updated(tmp_path, "ru")


def test_a_text_said_in_two_places_is_listed_once(tmp_path, chinese):
    code(tmp_path, '_("Hello"); _("Hello")')
    code(tmp_path, '_("Hello")', "bot/cards.py")
    assert updated(tmp_path).count('msgid "Hello"') == 1
    assert "#: bot/cards.py dialogs/scripts/repair.py\n" in updated(tmp_path)


def test_a_percent_sign_makes_no_format(tmp_path, chinese):
    code(tmp_path, '_("50 % done")')
    assert "python-format" not in updated(tmp_path)


def test_english_lists_nothing_and_a_new_folder_gets_a_catalogue(tmp_path):
    (tmp_path / "locales" / "en" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "locales" / "ru" / "LC_MESSAGES").mkdir(parents=True)
    code(tmp_path, '_("Hello")')
    assert "Hello" not in updated(tmp_path, "en")
    assert "nplurals=3" in updated(tmp_path, "ru")


def test_the_second_update_changes_nothing(tmp_path, chinese):
    code(tmp_path, '_("Hello"); _n("{n} photo", "{n} photos", n)')
    assert update(tmp_path, tmp_path / "locales") == ["zh_CN"]
    assert update(tmp_path, tmp_path / "locales") == []


def test_ours_are_written_the_same_way_whatever_the_machine():
    for path in HERE.glob("*/LC_MESSAGES/steward.po"):
        assert "Date" not in path.read_text(encoding="utf-8").partition("\n\n")[0]
