"""parse_mode HTML, as Telegram reads it: the same tags, the same offsets, the same complaints.

Telegram's parser is not a browser's. It knows a dozen tags, wants them closed in order, and counts in UTF-16
units; its errors give the offset in bytes. A tag around nothing leaves no entity.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.errors import bad_request
from sandbox.records import Json

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji",
    "a": "text_link", "pre": "pre", "code": "code", "blockquote": "blockquote",
}  # fmt: skip
_PRIORITIES = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49,
    "bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}  # fmt: skip
_SPACE = " \t\r\n\0\v"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")
_END = "\0"


def utf16(text: str) -> int:
    """The length that Telegram counts entity offsets in."""
    return len(text) + sum(character > "\uffff" for character in text)


def in_order(entities: Iterable[Json]) -> list[Json]:
    """Telegram's order: by where they begin, the longer first, then the outer kind before the inner."""
    return sorted(entities, key=lambda one: (one["offset"], -one["length"], _PRIORITIES.get(one["type"], 50)))


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The words without tags, and their entities in Telegram's order."""
    return _Parser(source).run()


def decode(match: re.Match[str]) -> str:
    """One `&…;` as its character; what Telegram does not know stays as it was typed."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, match[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    unpaired = 0xD800 <= code <= 0xDFFF
    return chr(code) if 0 < code < 0x10FFFF and not unpaired else match[0]


@dataclass
class _Tag:
    name: str
    argument: str
    offset: int
    start: int


class _Parser:
    """One reading of one text; `_END` behind it spares the bounds checks."""

    def __init__(self, source: str) -> None:
        self.source = source.replace(_END, "") + _END
        self.at = 0
        self.text = ""
        self.offset = 0
        self.open: list[_Tag] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        while (here := self.source[self.at]) != _END:
            if here != "<":
                self._words()
            elif self.source[self.at + 1] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return self.text, in_order(self.entities)

    def _words(self) -> None:
        """Everything up to the next tag."""
        end = self.source.find("<", self.at)
        end = len(self.source) - 1 if end < 0 else end
        words = _REFERENCE.sub(decode, self.source[self.at : end])
        self.text += words
        self.offset += utf16(words)
        self.at = end

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._until(">").lower()
        if self._here == _END:
            raise _wrong(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if name not in _TYPES:
            raise _wrong(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        argument = self._attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open.append(_Tag(name, argument, self.offset, len(self.text)))

    def _attributes(self, tag: str, begin: int) -> str:
        """Read up to `>`; the one attribute that means something to this tag is returned."""
        argument = ""
        while self._here != ">":
            self._skip_space()
            if self._here == ">":
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        return argument

    def _attribute(self, tag: str, begin: int) -> str:
        name = self._until("=>")
        where = f'the tag "{tag}" at byte offset {self._bytes(begin)}'
        if not name:
            raise _wrong(f"Empty attribute name in {where}")
        self._skip_space()
        if self._here != "=":
            if tag == "blockquote" and name == "expandable" and self._here != _END:
                return name
            raise _wrong(f"Expected equal sign in declaration of an attribute of {where}")
        self.at += 1
        self._skip_space()
        if self._here == _END:
            raise _wrong(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        value = self._quoted() if self._here in "'\"" else self._token()
        if self._here == _END:
            raise _wrong(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return _meaning(tag, name, value)

    def _quoted(self) -> str:
        quote, start = self._here, self.at + 1
        end = self.source.find(quote, start)
        end = len(self.source) - 1 if end < 0 else end
        self.at = end + (self.source[end] == quote)
        return _REFERENCE.sub(decode, self.source[start:end])

    def _token(self) -> str:
        start = self.at
        while self._here.isascii() and (self._here.isalnum() or self._here in ".-"):
            self.at += 1
        if self._here not in _SPACE and self._here != ">":
            raise _wrong(f"Unexpected end of name token at byte offset {self._bytes(start)}")
        return self.source[start : self.at].lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _wrong(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self.at += 2
        name = self._until(">").lower()
        self._skip_space()
        if self._here != ">":
            raise _wrong(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            expected = f'expected "</{tag.name}>", found "</{name}>"'
            raise _wrong(f"Unmatched end tag at byte offset {self._bytes(begin)}, {expected}")
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _Tag) -> None:
        entity: Json = {"type": _TYPES[tag.name], "offset": tag.offset, "length": self.offset - tag.offset}
        if tag.name == "a":
            entity = _link(entity, tag.argument or self.text[tag.start :])
        elif tag.name == "tg-emoji":
            if not tag.argument.isdigit():
                raise _wrong("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = tag.argument
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "pre" and self._merges("code", entity):
            entity = {**entity, "language": self.entities.pop()["language"]}
        elif tag.name == "code" and tag.argument:
            entity["language"] = tag.argument
        if entity:
            self.entities.append(entity)
        self._forget_languages(tag)

    def _merges(self, kind: str, entity: Json) -> bool:
        """`<pre><code class="language-x">` is one entity, not two."""
        last = self.entities[-1] if self.entities else {}
        same = last.get("offset") == entity["offset"] and last.get("length") == entity["length"]
        return same and last.get("type") == kind and "language" in last

    def _forget_languages(self, closed: _Tag) -> None:
        """A language means something inside `<pre>` only."""
        if closed.name != "pre" and not any(tag.name == "pre" for tag in self.open):
            self.entities = [
                {key: value for key, value in entity.items() if key != "language" or entity["type"] == "pre"}
                for entity in self.entities
            ]

    @property
    def _here(self) -> str:
        return self.source[self.at]

    def _until(self, stops: str) -> str:
        start = self.at
        while self._here not in _SPACE and self._here not in stops:
            self.at += 1
        return self.source[start : self.at]

    def _skip_space(self) -> None:
        while self._here != _END and self._here in _SPACE:
            self.at += 1

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())


def _meaning(tag: str, attribute: str, value: str) -> str:
    """The attributes that Telegram reads; all others are skipped."""
    if (tag, attribute) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if tag == "code" and attribute == "class" and value.startswith("language-"):
        return value.removeprefix("language-")
    if tag == "span" and attribute == "class" and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return ""


def _link(entity: Json, url: str) -> Json:
    """A link to an address or to a person; an address that is none leaves plain text, as in Telegram."""
    person = _USER_LINK.fullmatch(url)
    if person:
        return {**entity, "type": "text_mention", "user": {"id": int(person[1])}}
    if re.fullmatch(r"(https?|tg|ton|tonsite)://\S+", url):
        return {**entity, "url": url}
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+([/?#:]\S*)?", url):
        return {**entity, "url": f"http://{url}"}
    return {}


def _wrong(text: str) -> Exception:
    return bad_request(f"can't parse entities: {text}")
