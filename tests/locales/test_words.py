"""Texts as a reader sees them: in their words, with their plurals, and with nothing typed becoming markup."""

from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from locales.markup import refused, tags
from locales.text import EMPTY, Joined, Text, Titles, Typed, Value, _, _n, lines, verbatim
from locales.words import Words, words
from tests.locales.made_up import speak

CHINESE = """
msgid "Hello {name}"
msgstr "{name}，您好"

msgid "{n} photo"
msgid_plural "{n} photos"
msgstr[0] "{n} 张照片"

#, fuzzy
msgid "Perhaps"
msgstr "也许"
"""
RUSSIAN = """
msgid "{n} photo"
msgid_plural "{n} photos"
msgstr[0] "{n} фото-1"
msgstr[1] "{n} фото-2"
msgstr[2] "{n} фото-5"
"""
ARABIC = """
msgid "{n} photo"
msgid_plural "{n} photos"
msgstr[0] "zero"
msgstr[1] "one"
msgstr[2] "two"
msgstr[3] "few"
msgstr[4] "many"
msgstr[5] "other"
"""
RIGHT_TO_LEFT = """
msgid "Home {home}"
msgstr "المنزل {home}"

msgid "{number} is done"
msgstr "{number} تم"

msgid "Steward of {estate}"
msgstr "Steward في {estate}\\n{estate}"

msgid "Filed: <code>{number}</code>"
msgstr "سُجّل: <code>{number}</code>"

msgid "Say /help <b>{link}</b>"
msgstr "قل /help <b>{link}</b>"

msgid "Write {home}, not like 3-2-501 or +86 138 0013 8000, <b>R-{number}</b>."
msgstr "اكتب {home}، ليس مثل 3-2-501 أو +86 138 0013 8000، <b>R-{number}</b>."

msgid "Open {link}"
msgstr "افتح {link}"
"""
LINK = 'See <a href="{link}"><b>{name}</b></a> & go'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    speak(tmp_path, "en")
    for language, entries in {"zh_CN": CHINESE, "ru": RUSSIAN, "ar": ARABIC + RIGHT_TO_LEFT}.items():
        speak(tmp_path, language, entries)
    return tmp_path


def photos(folder: Path, language: str, *numbers: int) -> list[str]:
    reader = Words(language, "UTC", folder)
    return [reader.plain(_n("{n} photo", "{n} photos", n)) for n in numbers]


def test_a_sentence_is_said_in_the_readers_language(folder):
    hello = _("Hello {name}", name="Li")
    assert Words("zh_CN", "UTC", folder).html(hello) == "Li，您好"
    assert Words("en", "UTC", folder).html(hello) == "Hello Li"
    assert str(hello) == "Hello Li"


def test_what_is_not_translated_is_said_in_english(folder):
    reader = Words("zh_CN", "UTC", folder)
    assert reader.html(_("Goodbye {name}", name="Li")) == "Goodbye Li"
    assert reader.html(_n("{n} day", "{n} days", 1)) == "1 day"
    assert reader.html(_n("{n} day", "{n} days", 2)) == "2 days"


def test_a_fuzzy_translation_is_never_shown(folder):
    assert Words("zh_CN", "UTC", folder).html(_("Perhaps")) == "Perhaps"


def test_english_and_chinese_plurals(folder):
    assert photos(folder, "en", 0, 1, 2, 1000) == ["0 photos", "1 photo", "2 photos", "1,000 photos"]
    assert photos(folder, "zh_CN", 0, 1, 2) == ["0 张照片", "1 张照片", "2 张照片"]


def test_russian_and_arabic_plurals(folder):
    assert photos(folder, "ru", 1, 3, 5, 11, 21) == [
        "1 фото-1",
        "3 фото-2",
        "5 фото-5",
        "11 фото-5",
        "21 фото-1",
    ]
    assert photos(folder, "ar", 0, 1, 2, 3, 11, 100) == ["zero", "one", "two", "few", "many", "other"]


def test_a_plural_needs_a_whole_number():
    with pytest.raises(TypeError, match="whole number"):
        words("en", "UTC").html(Text("{n} photo", {"n": "3"}, plural="{n} photos"))


def test_texts_within_texts_are_translated_too(folder):
    reader = Words("zh_CN", "UTC", folder)
    assert (
        reader.html(_("<b>{greeting}</b>", greeting=_("Hello {name}", name="A&B"))) == "<b>A&amp;B，您好</b>"
    )


def test_lines_and_joined_texts():
    reader = words("en", "UTC")
    assert reader.html(lines(EMPTY, _("One"), EMPTY, _("Two"), EMPTY)) == "One\nTwo"
    assert reader.html(lines("", _("One"), "", _("Two"), "")) == "One\n\nTwo"
    assert reader.html(Joined(("3-1", EMPTY, _("Leak & seepage")))) == "3-1 · Leak &amp; seepage"


def test_plain_words_have_neither_tags_nor_entities():
    reader = words("en", "UTC")
    assert reader.plain(_("<b>Doors &amp; {name}</b> &lt; 3", name="<i>&amp;")) == "Doors & <i>&amp; < 3"


def test_a_moment_is_said_in_the_estates_time():
    at = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    assert words("en", "Asia/Shanghai").html(_("At {at}", at=at)) == "At Fri, Mar 6 07:30"


def test_a_name_is_escaped_like_everything_typed():
    assert words("zh_CN", "UTC").html(Titles({"zh_CN": "A<B"})) == "A&lt;B"


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("Ada", "Ada"),
        ("小林 👩‍👩‍👧‍👦", "小林 👩‍👩‍👧‍👦"),
        ("\u202eadA", "adA"),
        ("\u2069\u202e\u2066Eve", "Eve"),
        ("بدر", "\u2068بدر\u2069"),
        ("\u200fبدر\u202c\u2067", "\u2068\u200fبدر\u2069"),
        ("one\n\u202eowt\nשלום", "one\nowt\nשלום"),
    ],
)
def test_no_name_turns_round_what_stands_beside_it(typed: str, shown: str):
    reader = words("en", "UTC")
    assert reader.html(_("{name}, badge 7", name=typed)) == f"{shown}, badge 7"
    assert reader.plain(_("{name}, badge 7", name=typed)) == f"{shown}, badge 7"


@pytest.mark.parametrize(
    "text, said",
    [
        (_("Home {home}", home="3-2-501"), "المنزل \u20683-2-501\u2069"),
        (_("Home {home}", home="A & B"), "المنزل \u2068A &amp; B\u2069"),
        (_("Home {home}", home="برج"), "المنزل \u2068برج\u2069"),
        (_("Home {home}", home=Titles({"en": "Plumbing"})), "المنزل \u2068Plumbing\u2069"),
        (_("{number} is done", number="R-12"), "\u2068R-12\u2069 تم"),
        (_("Home {home}", home=12), "المنزل 12"),
        (_("Steward of {estate}", estate="—"), "\u200fSteward في —\n—"),
        (_("Filed: <code>{number}</code>", number="R-12"), "سُجّل: \u2068<code>R-12</code>\u2069"),
        (
            _(
                "Write {home}, not like 3-2-501 or +86 138 0013 8000, <b>R-{number}</b>.",
                home="هنا",
                number="12",
            ),
            "اكتب \u2068هنا\u2069، ليس مثل \u20683-2-501\u2069 أو "
            "\u2068+86 138 0013 8000\u2069، <b>R-12</b>.",
        ),
        (_("🏠 {home}", home="1-1-101"), "\u200f🏠 \u20681-1-101\u2069"),
        (_("<b>{home}</b>", home="هنا"), "<b>\u2068هنا\u2069</b>"),
        (_("👍"), "👍"),
        (_("🆘 {home}", home="هنا"), "\u200f🆘 \u2068هنا\u2069"),
        (_("Open {link}", link="https://t.me/bot?start=1"), "افتح https://t.me/bot?start=1"),
        (_("Open {link}", link="/menu"), "افتح \u200e/menu"),
        (_("Say /help <b>{link}</b>", link="—"), "قل \u200e/help <b>—</b>"),
        (_("Home {home}", home="one\ntwo"), "المنزل one\ntwo"),
        (Joined(("🟡", "R-12", Titles({"ar": "سباكة"})), " "), "🟡 \u2068R-12\u2069 سباكة"),
        (Titles({"en": "Plumbing"}), "Plumbing"),
        ("R-12", "R-12"),
    ],
)
def test_what_is_written_otherwise_stands_apart_for_who_reads_from_the_right(folder, text, said):
    assert Words("ar", "UTC", folder).html(text) == said


def test_nothing_is_set_apart_where_all_is_written_one_way(folder):
    for language in ("en", "zh_CN", "ru"):
        assert Words(language, "UTC", folder).html(_("Home {home}", home="3-2-501")) == "Home 3-2-501"


@pytest.mark.parametrize(
    "language, inline, quoted",
    [
        ("ru", "Answer: Кран &lt;b&gt;", "<blockquote>Кран &lt;b&gt;</blockquote>"),
        (
            "en",
            "Answer: Кран &lt;b&gt; (🌐 Russian)",
            "🌐 Russian\n<blockquote>Кран &lt;b&gt;</blockquote>",
        ),
        (
            "zh_CN",
            "Answer: Кран &lt;b&gt; (🌐 俄语)",
            "🌐 俄语\n<blockquote>Кран &lt;b&gt;</blockquote>",
        ),
        (
            "ar",
            "Answer: \u2068Кран &lt;b&gt;\u2069 (🌐 الروسية)",
            "🌐 الروسية\n<blockquote>Кран &lt;b&gt;</blockquote>",
        ),
    ],
)
def test_a_persons_words_are_said_unchanged_and_with_the_name_of_their_language(
    folder, language, inline, quoted
):
    reader = Words(language, "UTC", folder)
    typed = Typed("Кран <b>", "ru")
    assert reader.html(_("Answer: {words}", words=typed)) == inline
    assert reader.html(Typed("Кран <b>", "ru", quotation=True)) == quoted


def test_words_from_the_right_stand_apart_in_a_sentence_that_is_not(folder):
    said = Words("en", "UTC", folder).html(_("Answer: {words}", words=Typed("نعم، غدا", "ar")))
    assert said == "Answer: \u2068نعم، غدا\u2069 (🌐 Arabic)"


def test_a_quotation_runs_and_stands_as_its_own_letters_do_and_turns_nothing(folder):
    typed = Typed("\u202eنعم، غدا\u2067", "ar", quotation=True)
    said = Words("en", "UTC", folder).html(typed)
    assert said == "🌐 Arabic\n<blockquote>نعم، غدا</blockquote>"


def test_a_person_who_speaks_as_the_reader_does_is_marked_with_nothing(folder):
    assert Words("en", "UTC", folder).html(Typed("Drip", "en")) == "Drip"
    assert Words("zh_CN", "UTC", folder).html(Typed("水管漏了", "zh_TW")) == "水管漏了"


def test_one_renderer_for_each_language_and_zone():
    assert words("en", "UTC") is words("en", "UTC")
    assert words("tlh", "UTC").language == "en"


def test_what_cannot_be_said_is_our_error():
    nothing: Value = object()  # type: ignore[assignment]
    with pytest.raises(TypeError, match="cannot be said: object"):
        words("en", "UTC").html(nothing)


@given(st.text(min_size=1), st.text())
def test_nothing_typed_ever_opens_a_tag_or_leaves_an_attribute(link: str, name: str):
    said = words("en", "UTC").html(_(LINK, link=link, name=name))
    assert not list(refused(said))
    assert len(tags(said)) == 2
    assert straight(unescape(said)) == straight(LINK.format(link=link, name=name))


@given(st.text())
def test_a_persons_words_come_back_as_they_were_typed(typed: str):
    said = words("en", "UTC").html(verbatim(typed))
    assert not tags(said)
    assert straight(unescape(said)) == straight(typed)
    assert straight(words("en", "UTC").plain(verbatim(typed))) == straight(typed)


def straight(words: str) -> str:
    """Without what turns a text round or sets it apart."""
    return "".join(
        one for one in words if not "\u202a" <= one <= "\u202e" and not "\u2066" <= one <= "\u2069"
    )
