"""Rendering: a text said in a reader's language. Everything that a person typed is escaped here."""

from collections.abc import Callable
from functools import cache
from gettext import c2py
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from locales.facts import fact
from locales.text import Joined, Lines, Text, Value

HERE = Path(__file__).parent

#: the language of the message ids
SOURCE = "en"


@cache
def languages() -> tuple[str, ...]:
    """Every language with a catalogue, the source first."""
    found = sorted(path.parent.parent.name for path in HERE.glob("*/LC_MESSAGES/steward.po"))
    return (SOURCE, *(code for code in found if code != SOURCE))


def nearest(tag: str, offered: tuple[str, ...]) -> str:
    """The offered language nearest to an IETF tag such as zh-hans or en-GB; the first one if none is near."""
    wanted = tag.replace("-", "_").lower()
    traditional = wanted in {"zh_hant", "zh_tw", "zh_hk", "zh_mo"}
    ranked = (
        lambda code: code.lower() == wanted,
        lambda code: traditional and code == "zh_TW",
        lambda code: code.lower().split("_")[0] == wanted.split("_")[0],
    )
    for fits in ranked:
        for code in offered:
            if fits(code):
                return code
    return offered[0]


@cache
def catalogue(language: str) -> Catalog:
    """The texts of a language, read once."""
    with (HERE / language / "LC_MESSAGES" / "steward.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _plural_form(language: str) -> Callable[[int], int]:
    choose: Callable[[int], int] = c2py(catalogue(language).plural_expr)
    return choose


@cache
def words(language: str, zone: str) -> "Words":
    """The renderer for a reader's language and an estate's time zone; one for each pair."""
    return Words(language if language in languages() else SOURCE, zone)


class Words:
    """Says texts to one kind of reader: in their language, in the estate's time."""

    def __init__(self, language: str, zone: str) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._zone = ZoneInfo(zone)

    def html(self, value: Value) -> str:
        """For a message: Telegram's HTML, with every value escaped."""
        return self._say(value, lambda words: escape(words, quote=False))

    def plain(self, value: Value) -> str:
        """For a button or a picture: no markup, nothing escaped."""
        return self._say(value, str)

    def _say(self, value: Value, guard: Callable[[str], str]) -> str:
        match value:
            case Text():
                said = {name: self._say(part, guard) for name, part in value.values.items()}
                return self._pattern(value).format_map(said)
            case Lines(parts):
                return "\n".join(self._say(part, guard) for part in parts).strip("\n")
            case Joined(parts, mark):
                return mark.join(said for part in parts if (said := self._say(part, guard)))
            case _:
                return guard(fact(value, self._locale, self._zone))

    def _pattern(self, text: Text) -> str:
        """The sentence in this language; the message id itself where there is no translation."""
        found = self._translation(text.id)
        if text.plural is None:
            return found[0] if found else text.id
        n = text.values["n"]
        if not isinstance(n, int):
            raise TypeError(f"a plural needs a whole number n: {text.id}")
        if not found:
            return text.id if n == 1 else text.plural
        return found[_plural_form(self.language)(n)]

    def _translation(self, id: str) -> tuple[str, ...]:
        message = catalogue(self.language).get(id) if id else None
        if message is None or message.fuzzy or not message.string:
            return ()
        return (message.string,) if isinstance(message.string, str) else tuple(message.string)
