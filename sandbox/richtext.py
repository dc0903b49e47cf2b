"""Words and their entities: trimmed as Telegram does, found in plain text, and shown as safe HTML."""

import html
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from urllib.parse import urlsplit

from sandbox.entities import in_order, utf16
from sandbox.records import Json

_FOUND = {
    "bot_command": re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])"),
    "mention": re.compile(r"(?<![\w@.])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)"),
    "url": re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'，。；：！？）】」]"),
    "email": re.compile(r"(?<![\w.@])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "hashtag": re.compile(r"(?<!\w)#\w*[^\W\d]\w*"),
}
_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip


def trimmed(text: str, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    """Telegram cuts white space from both ends; entities move along, and empty ones go."""
    shift = utf16(text) - utf16(text.lstrip())
    end = utf16(text.strip())
    kept: list[Json] = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] - shift + entity["length"], end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return text.strip(), kept


def found(text: str, given: Sequence[Json] = ()) -> list[Json]:
    """The given entities and those that Telegram itself finds: commands, mentions, links, hashtags."""
    entities = list(given)
    closed = [entity for entity in given if entity["type"] in ("code", "pre", "text_link", "text_mention")]
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match[0])}
            if not any(_overlap(entity, other) for other in closed):
                entities.append(entity)
                closed.append(entity)
    return in_order(entities)


def piece(text: str, entity: Json) -> str:
    """The words that an entity covers."""
    start, stop = entity["offset"], entity["offset"] + entity["length"]
    return text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le", "replace")


def commands(text: str, entities: Iterable[Json]) -> list[str]:
    """The commands in a text, as they were typed."""
    return [piece(text, entity) for entity in entities if entity["type"] == "bot_command"]


def as_html(text: str, entities: Sequence[Json]) -> str:
    """Safe HTML for the page. Entities that cross each other are cut so that tags nest."""
    ends = {0, utf16(text), *(e["offset"] for e in entities), *(e["offset"] + e["length"] for e in entities)}
    points = sorted(ends.intersection(accumulate(map(utf16, text), initial=0)))
    parts: list[str] = []
    for start, stop in pairwise(points):
        words = html.escape(piece(text, {"offset": start, "length": stop - start}))
        covering = [e for e in entities if e["offset"] <= start and e["offset"] + e["length"] >= stop]
        for entity in reversed(covering):
            opening, closing = _tag(text, entity)
            words = f"{opening}{words}{closing}"
        parts.append(words)
    return "".join(parts)


def _tag(text: str, entity: Json) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind in ("url", "text_link"):
        url = entity.get("url") or piece(text, entity)
        if urlsplit(url).scheme in ("http", "https", "tg"):
            return f'<a href="{html.escape(url)}" target="_blank" rel="noopener">', "</a>"
    return f'<span class="{html.escape(kind)}">', "</span>"


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )
