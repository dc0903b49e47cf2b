"""Every fault of a text that would otherwise be found by a resident."""

import pytest

from locales.check import check
from tests.locales.made_up import code, speak


def faults(tmp_path, source, chinese=""):
    """The faults of a made-up checkout with one source and one catalogue."""
    code(tmp_path, source)
    speak(tmp_path / "locales", "zh_CN", chinese)
    return list(check(tmp_path, tmp_path / "locales").faults)


def translated(id, string, plural=None):
    if plural is None:
        return f'msgid "{id}"\nmsgstr "{string}"\n'
    return f'msgid "{id}"\nmsgid_plural "{plural}"\nmsgstr[0] "{string}"\n'


def test_good_texts_are_counted(tmp_path):
    code(tmp_path, '_("Hello <b>{name}</b>"); _n("One photo", "{n} photos", n)')
    photos = translated("One photo", "{n} 张照片", "{n} photos")
    speak(tmp_path / "locales", "zh_CN", translated("Hello <b>{name}</b>", "<b>{name}</b>，您好") + photos)
    assert str(check(tmp_path, tmp_path / "locales")) == "2 texts in 2 languages: complete"


@pytest.mark.parametrize(
    "string, fault",
    [
        ("", "missing"),
        ("{nmae}，您好 <b>！</b>", "unknown {nmae}"),
        ("您好 <b>！</b>", "{name} is left out"),
        ("{name}，您好 <b>！", "<b> is not closed"),
        ("{name}，您好 ！</b>", "</b> closes nothing"),
        ("{name}，<b><i>您好</b></i>", "</b> crosses another tag"),
        ("{name}，<b>您好</b><br>", "<br> is not known to Telegram"),
        ("{name}，<b class='x'>您好</b>", "<b class='x'> has other attributes than Telegram knows"),
        ("{name}，您好", "other tags than <b>"),
        ("{name} < <b>您好</b>", "unescaped <"),
        ("{name}&nbsp;<b>您好</b>", "unknown entity &nbsp;"),
        ("{name} <b>您好</b> ", "other spaces or line breaks"),
        ("{name}\\n<b>您好</b>", "other spaces or line breaks"),
        ("{name} {} <b>您好</b>", "{} has no name"),
        ("{name!r} <b>您好</b>", "{name…} is no plain {name}"),
        ("{name <b>您好</b>", "expected '}'"),
    ],
)
def test_faults_of_a_translation(tmp_path, string, fault):
    found = faults(tmp_path, '_("Hello {name} <b>!</b>")', translated("Hello {name} <b>!</b>", string))
    assert any(line.startswith(f"zh_CN: {fault}") for line in found), found
    assert all(line.endswith(': "Hello {name} <b>!</b>"') for line in found)


@pytest.mark.parametrize(
    "string", ["{name} &amp; <b>您好</b>", "{name} & <b>您好</b>", "{{{name}}} <b>&lt;</b>"]
)
def test_what_looks_odd_but_is_right(tmp_path, string):
    assert not faults(tmp_path, '_("Hello {name} <b>!</b>")', translated("Hello {name} <b>!</b>", string))


def test_a_doubtful_translation(tmp_path):
    doubtful = "#, fuzzy\n" + translated("Hello", "您好")
    assert faults(tmp_path, '_("Hello")', doubtful) == ['zh_CN: fuzzy: "Hello"']


def test_a_catalogue_behind_the_code(tmp_path):
    assert faults(tmp_path, '_("New")', translated("Old", "旧")) == [
        'zh_CN: stale: "Old"',
        'zh_CN: not in the catalogue yet, run `make texts`: "New"',
    ]


def test_an_english_catalogue_lists_nothing(tmp_path):
    speak(tmp_path / "locales", "en", translated("Hello", "Hi"))
    code(tmp_path, '_("Hello")')
    assert check(tmp_path, tmp_path / "locales").faults == ('en: stale: "Hello"',)


def test_a_plural_may_leave_out_the_number_and_nothing_else(tmp_path):
    source = '_n("{who}: one photo", "{who}: {n} photos", n)'
    one = translated("{who}: one photo", "{who}：照片", "{who}: {n} photos")
    other = translated("{who}: one photo", "{n} 张照片", "{who}: {n} photos")
    assert faults(tmp_path, source, one) == []
    assert faults(tmp_path, source, other) == ['zh_CN: {who} is left out: "{who}: one photo"']


def test_every_plural_form_is_needed(tmp_path):
    code(tmp_path, '_n("{n} photo", "{n} photos", n)')
    speak(tmp_path / "locales", "ru", translated("{n} photo", "{n} фото", "{n} photos"))
    assert check(tmp_path, tmp_path / "locales").faults == ('ru: missing: "{n} photo"',)


@pytest.mark.parametrize(
    "source, fault",
    [
        ('_("Hello {}")', "{} has no name"),
        ('_("Hello {name:03}")', "{name…} is no plain {name}"),
        ('_("Hello {name")', "expected '}' before end of string"),
        ('_("Hello <b>you")', "<b> is not closed"),
        ('_("Hello <h1>you</h1>")', "<h1> is not known to Telegram"),
        ('_n("{who}: {n} photo", "{n} photos", n)', "unknown {who}"),
    ],
)
def test_faults_of_an_id_name_the_file(tmp_path, source, fault):
    code(tmp_path, source)
    (found,) = check(tmp_path, tmp_path / "locales").faults
    assert found.startswith(f"dialogs/scripts/repair.py: {fault}: ")


def test_a_file_that_is_no_catalogue(tmp_path):
    assert faults(tmp_path, "", 'msgid "Hello"\nmsgid oops\n')[0].startswith("zh_CN: cannot be read: ")
