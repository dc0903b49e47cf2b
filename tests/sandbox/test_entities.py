"""parse_mode HTML: the same words, offsets and complaints as Telegram's."""

import html

import pytest
from hypothesis import given, strategies as st

from sandbox.entities import parse_html, utf16
from sandbox.errors import Refused
from sandbox.richtext import as_html, found, trimmed


@pytest.mark.parametrize(
    "source,text,entities",
    [
        ("plain", "plain", []),
        ("a <b>bold</b> c", "a bold c", [("bold", 2, 4)]),
        ("🏠 <b>家</b>", "🏠 家", [("bold", 3, 1)]),
        ("<b><i>x</i></b>", "x", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<b></b>x", "x", []),
        ("&lt;b&gt; &amp; &quot; &nbsp; &#65; &#x42;", '<b> & " &nbsp; A B', []),
        ("<STRONG>x</STRONG>", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<a>not a link</a>", "not a link", []),
    ],
)
def test_tags_become_entities_counted_in_utf16(source, text, entities):
    words, parsed = parse_html(source)
    assert (words, [(one["type"], one["offset"], one["length"]) for one in parsed]) == (text, entities)


@pytest.mark.parametrize(
    "source,complaint",
    [
        ("ab <foo>x</foo>", 'Unsupported start tag "foo" at byte offset 3'),
        ("家 <foo>", 'Unsupported start tag "foo" at byte offset 4'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_complaints_are_telegrams_own(source, complaint):
    with pytest.raises(Refused) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_links_carry_their_address_and_people_their_id():
    _, (link, person) = parse_html('<a href="https://a.b/?x=1&amp;y=2">x</a><a href="tg://user?id=7">y</a>')
    assert link == {"type": "text_link", "offset": 0, "length": 1, "url": "https://a.b/?x=1&y=2"}
    assert person == {"type": "text_mention", "offset": 1, "length": 1, "user": {"id": 7}}


def test_code_in_pre_is_one_entity_with_its_language():
    assert parse_html('<pre><code class="language-py">x</code></pre>')[1] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "py"}
    ]
    assert parse_html('<code class="language-py">x</code>')[1] == [{"type": "code", "offset": 0, "length": 1}]


@given(st.text())
def test_escaped_words_come_back_as_they_were_and_show_safely(words):
    words = words.replace("\0", "").replace("\r", "")
    text, entities = parse_html(f"<b>{html.escape(words, quote=False)}</b>")
    assert text == words
    assert [one["length"] for one in entities] == ([utf16(words)] if words else [])
    assert html.unescape(as_html(text, []).replace("&#x27;", "'")) == html.unescape(html.escape(words))


@given(
    st.lists(st.tuples(st.sampled_from(["bold", "italic", "spoiler"]), st.integers(0, 9), st.integers(1, 9)))
)
def test_entities_that_cross_still_nest_as_html(spans):
    entities = [{"type": kind, "offset": start, "length": length} for kind, start, length in spans]
    shown = as_html("012🏠45<&89", entities)
    assert shown.count("<b>") == shown.count("</b>")
    assert html.unescape("".join(part.rpartition(">")[2] for part in shown.split("<"))) == "012🏠45<&89"


def test_white_space_is_cut_and_entities_move_along():
    assert trimmed("  ab ", [{"type": "bold", "offset": 1, "length": 4}]) == (
        "ab",
        [{"type": "bold", "offset": 0, "length": 2}],
    )


def test_telegram_finds_commands_mentions_and_links_itself():
    kinds = [one["type"] for one in found("/start@me_bot ask @ada_l at https://a.b/c. #now a@b.cd 1/2")]
    assert kinds == ["bot_command", "mention", "url", "hashtag", "email"]
