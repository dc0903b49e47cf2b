"""Telegram's HTML in sentences: what is escaped, what is taken away, and what Telegram would refuse."""

import re
from collections.abc import Iterator
from html import escape, unescape
from unicodedata import bidirectional

#: the tags that Telegram knows, each with the attributes that it may carry
_KNOWN: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "pre"], re.compile("")),
    "tg-spoiler": re.compile(""),
    "span": re.compile(' class="tg-spoiler"'),
    "blockquote": re.compile("( expandable)?"),
    "code": re.compile('( class="language-[^"]+")?'),
    "a": re.compile(' href="[^"]+"'),
    "tg-emoji": re.compile(' emoji-id="[^"]+"'),
}
#: embeddings, overrides and isolates
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: scripts that are written so, and marks that claim it
_RIGHT_TO_LEFT = re.compile(
    "[\u061c\u200f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_UNSEEN = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_APART, _END_APART = "\u2068", "\u2069"
#: what is the same read from either side, and what a telephone makes a link of
_SAME_BOTH_WAYS = re.compile(r"[\W_]*|\d+|https?://\S+|[/@]\w+")
#: where a command begins, whose stroke would else stand behind it; a mark before it keeps it a command
_COMMAND = re.compile(r"(?<![\w/<>&\u200e])(?=/[a-z])")
_FROM_LEFT = "\u200e"
#: what is read from left to right as a whole, such as 3-2-501, +86 138 0013 8000, 22:00-07:00 or .xlsx;
#: before it what is none of that: tags, values, entities, addresses, commands
_RUN = re.compile(
    r"(?P<else><[^>]*>|\{\w+\}|&#?\w+;|https?://\S+|/\w+)"
    r"|(?<!\w)(?:[+.](?=\w))?[A-Za-z0-9]+(?:[-:.][A-Za-z0-9]+|(?<=\d) \d{2,})*"
)
_WHOLE = re.compile(r"[-+ ]|^\.")
#: what has letters and tells no direction: tags, entities, values, what stands apart
_NO_LETTERS = re.compile(f"<[^>]*>|&#?\\w+;|{{\\w+}}|{_APART}[^{_END_APART}]*{_END_APART}")
_MARK_OF_DIRECTION = "\u200f"
_CODE_APART = re.compile(f"<code>{_APART}([^{_APART}{_END_APART}]*){_END_APART}</code>")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<attributes>[^<>]*)>|[<>]")
_ENTITY = re.compile(r"&(#\w+|\w+);")
_KNOWN_ENTITIES = {"lt", "gt", "amp", "quot"}
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\w+|\w+);)")


def typed(words: str) -> str:
    """A person's words, made harmless between tags and inside an attribute alike."""
    return escape(words, quote=False).replace('"', "&quot;")


def apart(words: str) -> str:
    """A person's words, kept from turning round what stands beside them.

    Characters that turn a text round until further notice are left out. A line in a script that is written
    from right to left is set apart; of several lines each is a paragraph of its own anyway.
    """
    if words.isascii():
        return words
    straight = unturned(words)
    if "\n" in straight or not _RIGHT_TO_LEFT.search(straight):
        return straight
    return f"{_APART}{straight}{_END_APART}"


def unturned(words: str) -> str:
    """Without the characters that turn a text round until further notice."""
    return _TURNS.sub("", words)


def unmarked_direction(words: str) -> str:
    """Without any unseen mark of direction, to be compared with what somebody types."""
    return words if words.isascii() else _UNSEEN.sub("", words)


def from_the_left(words: str) -> str:
    """The same for a reader whose language is written from right to left, where the words are not: a home
    such as 3-2-501 would be read backwards. What is copied by a tap or leads somewhere stays as it is."""
    if words.startswith("/"):
        return f"{_FROM_LEFT}{words}"
    if "\n" in words or _APART in words or _RIGHT_TO_LEFT.search(words) or _SAME_BOTH_WAYS.fullmatch(words):
        return words
    return f"{_APART}{words}{_END_APART}"


def begun_from_the_right(sentence: str) -> str:
    """A sentence of a language that is written from right to left, where a line of it does not begin so: with
    "Steward", or with a sign and a value alone. What is read as a whole from left to right stands apart."""
    apart = _RUN.sub(_run_apart, _COMMAND.sub(_FROM_LEFT, sentence))
    return "\n".join(map(_begun_from_the_right, apart.split("\n")))


def _run_apart(found: re.Match[str]) -> str:
    plain = found["else"] is not None or not _WHOLE.search(found[0])
    return found[0] if plain else f"{_APART}{found[0]}{_END_APART}"


def _begun_from_the_right(line: str) -> str:
    bare = _NO_LETTERS.sub("", line)
    # some signs count as letters that are written from the left, such as 🆘
    strong = [way for way in map(bidirectional, bare) if way in {"L", "R", "AL"}]
    if any(map(str.isalpha, bare)):
        turned = strong[:1] == ["L"] and len({*strong}) > 1
    else:
        turned = "{" in line and line[0] not in "{<&"
    return f"{_MARK_OF_DIRECTION}{line}" if turned else line


def bare_codes(said: str) -> str:
    """What a tap copies, with the marks that set it apart around and not within it."""
    return _CODE_APART.sub(rf"{_APART}<code>\1</code>{_END_APART}", said) if "</code>" in said else said


def marked(sentence: str) -> str:
    """A sentence of ours as HTML. A lone ampersand, as in "Doors & keys", stands for itself."""
    return _BARE_AMPERSAND.sub("&amp;", sentence)


def unmarked(sentence: str) -> str:
    """A sentence of ours as plain words, for a button or a picture."""
    return unescape(_TAG.sub("", sentence)) if "<" in sentence or "&" in sentence else sentence


def tags(sentence: str) -> frozenset[str]:
    """The tags that a sentence opens, with their attributes."""
    return frozenset(found[0] for found in _TAG.finditer(sentence) if found["name"] and not found["end"])


def refused(sentence: str) -> Iterator[str]:
    """Why Telegram would refuse a sentence, one phrase a fault."""
    yield from (
        f"unknown entity {found[0]}"
        for found in _ENTITY.finditer(sentence)
        if found[1] not in _KNOWN_ENTITIES and not found[1].startswith("#")
    )
    still_open: list[str] = []
    for tag in _TAG.finditer(sentence):
        if tag["end"]:
            yield from _closed(tag["name"], still_open)
        else:
            yield from _opened(tag)
            still_open += [tag["name"]] if tag["name"] else []
    yield from (f"<{name}> is not closed" for name in still_open)


def _opened(tag: re.Match[str]) -> Iterator[str]:
    if not tag["name"]:
        yield f"unescaped {tag[0]}"
    elif tag["name"] not in _KNOWN:
        yield f"{tag[0]} is not known to Telegram"
    elif not _KNOWN[tag["name"]].fullmatch(tag["attributes"]):
        yield f"{tag[0]} has other attributes than Telegram knows"


def _closed(name: str, still_open: list[str]) -> Iterator[str]:
    if name not in still_open:
        yield f"</{name}> closes nothing"
    elif still_open.pop() != name:
        still_open.remove(name)
        yield f"</{name}> crosses another tag"
