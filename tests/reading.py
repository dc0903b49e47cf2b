"""Whether a text is all in one language: by its script, but for names, codes, and what somebody typed."""

import re
import unicodedata

#: what anybody may be shown in Latin letters
NAMES = re.compile(r"Steward|Sunny Court|Lin|Wang|Mei|Dai|Badr|Olga|R-\d+|/\w+|@\w+|🌐 ")
SCRIPTS = {
    "ru": re.compile("[\u0400-\u04ff]"),
    "zh_CN": re.compile("[\u4e00-\u9fff]"),
    "ar": re.compile("[\u0620-\u064a]"),
    "en": re.compile("[A-Za-z]"),
}


def only_in(language: str, html: str, *typed: str) -> None:
    """Fails where a text has letters of another language than the reader's. What was typed is left out, and
    the name of its language is not."""
    rest = re.sub("<[^>]*>", "", html)
    for words in typed:
        rest = rest.replace(words, "")
    rest = NAMES.sub("", rest)
    for other, script in SCRIPTS.items():
        if other != language:
            assert not script.search(rest), f"{language}: {rest}"


def from_the_right(html: str) -> None:
    """Fails where a line with Arabic in it would run from the left, as its first strong letter would have it
    (what is set apart does not count), or where a number of several parts would be read backwards."""
    for line in re.sub("<[^>]*>", "", html).split("\n"):
        bare = re.sub("\u2068[^\u2069]*\u2069", "", line)
        strong = [kind for kind in map(unicodedata.bidirectional, bare) if kind in {"L", "R", "AL"}]
        if {"R", "AL"} & {*strong}:
            assert strong[0] != "L", line
            assert not re.search(r"\d[-/ ]\d", bare), line
