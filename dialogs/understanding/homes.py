"""Homes in free text: "flat 12, building 3", 3号楼2单元501, 3-502; and what only looks like a time."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from dialogs.understanding.moments.lexer import chinese_number
from dialogs.understanding.spans import Found, either
from locales.naming import every_word

#: how far apart a flat and its building are said
NEAR = 4
_CODE = r"([A-Za-zА-Яа-я]?\d{1,4}[A-Za-zА-Яа-я]?(?:-\d{1,4}){0,2})(?!\w|[-:.,]\d)"
#: 3-502, 1-1-101, B-1203; but no R-1204, 555-0199 and 10-12-2026
_DASHED = re.compile(
    r"(?<![A-Za-zА-Яа-я\d./:-])(?!R-|\d{3}-\d{4}|\d{1,2}-\d{1,2}-20\d\d)"
    r"([A-Za-z]?\d{1,3}|[A-Za-z])-(?:(\d{1,2})-)?(\d{3,4})(?![A-Za-zА-Яа-я\d/-]|[:.]\d)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:(?P<house>\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3})\s*(?:号楼|栋|幢|座|#楼?)\s*)?"
    r"(?:(?P<stair>\d{1,2}|[一二三四五六七八九])\s*单元\s*)?"
    r"(?:\d{1,2}[楼层]\s*)?(?P<flat>\d{2,4})\s*(?P<named>室|号房|房|户)?(?![\d点时:：月年元块路天个号楼.-])"
)
_DIGIT = re.compile(r"\d")
#: of Taiwan's and other addresses, the house in its street; numbers of requests; sums
_OTHERS = (
    re.compile(r"[路街巷弄道里段]\s?\d+(?:-\d+)?号|\d+号(?=[楼门线院]|\d+[栋幢座])"),
    re.compile(r"(?<![\w-])[A-Z]{1,3}-\d{3,6}(?![\w-])|[№#]\s?\d+", re.IGNORECASE),
    re.compile(r"(?:[$€£¥₽]|R\$|\bRp)\s?\d[\d.,]*"),
)


def home_in(text: str, known: Sequence[str] = ()) -> Found | None:
    """The home that a plain text names, its building first; `known` are codes of the person's own."""
    for code in known:
        found = re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text, re.IGNORECASE)
        if found is not None:
            return Found(code, *found.span())
    if not _DIGIT.search(text):
        return None
    return _chinese(text) or _dashed(text) or _named(text)


def numbers_in(text: str) -> Iterator[Found]:
    """Numbers of floors, buses, streets, requests and sums, which are no times."""
    if not _DIGIT.search(text):
        return
    for look in (*_OTHERS, *_numbered()):
        for found in look.finditer(text):
            yield Found("", *found.span())


def _dashed(text: str) -> Found | None:
    found = _DASHED.search(text)
    if found is None:
        return None
    return Found("-".join(part.upper() for part in found.groups() if part), *found.span())


def _chinese(text: str) -> Found | None:
    for found in _CHINESE.finditer(text):
        if found["house"] or found["stair"] or found["named"]:
            house, stair = (_digits(found[name]) for name in ("house", "stair"))
            return Found("-".join(part for part in (house, stair, found["flat"]) if part), *found.span())
    return None


def _digits(said: str | None) -> str:
    if not said or said.isascii():
        return (said or "").upper()
    return str(chinese_number(said))


def _named(text: str) -> Found | None:
    """A flat by its word, with the building where that is said near it."""
    flats, houses = _words()
    flat = flats.search(text)
    if flat is None:
        return None
    start, end = flat.span()
    parts = [(start, flat[1])]
    others = list(houses.finditer(text))
    for house in sorted(others, key=lambda one: _between(one.span(), flat.span())):
        if _between(house.span(), (start, end)) <= NEAR:
            start, end = min(start, house.start()), max(end, house.end())
            parts.insert(len(parts) - 1, (house.start(), house[1] or house[2] or house[3]))
    named = [code for _, code in sorted(parts[:-1])]
    return Found("-".join([*named, parts[-1][1]]).upper(), start, end)


def _between(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(other[0] - one[1], one[0] - other[1])


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    number = rf"(?:\s*(?:{either(every_word('number'))})(?!\w))?[\s.:#№º°]{{0,3}}"
    flat, house = (rf"(?<!\w)(?:{either(every_word(name))}){number}" for name in ("home", "building"))
    letter = r"(?-i:[A-ZА-Я])(?!\w)"
    return (
        re.compile(f"{flat}{_CODE}", re.IGNORECASE),
        # block B, building 3, B blok
        re.compile(
            rf"{house}(?:{_CODE}|({letter}))|(?<!\w)({letter})\s+(?:{either(every_word('building'))})(?!\w)",
            re.IGNORECASE,
        ),
    )


@cache
def _numbered() -> tuple[re.Pattern[str], ...]:
    before = [*every_word("home"), *every_word("building"), *every_word("floor"), *every_word("line")]
    after = [*every_word("floor"), *every_word("numbered")]
    number = rf"(?:\s*(?:{either(every_word('number'))})(?!\w))?[\s.:#№º°]{{0,3}}"
    joined = r"(?:\s?(?:и|,|-|and|y|e|et|und|و)\s?\d{1,3}){0,8}"
    ordinal = r"(?:\s?-?(?:st|nd|rd|th|ый|ой|ий|й|го|ом|м|е|º|ª|\.|er|ème|e|è)(?!\w))?"
    return (
        re.compile(rf"(?<!\w)(?:{either(before)}){number}{_CODE}", re.IGNORECASE),
        re.compile(rf"(?<![\w:])\d{{1,3}}{joined}{ordinal}\s?(?:{either(after)})(?![a-zа-я])", re.IGNORECASE),
        re.compile(
            rf"(?<!\d)\d[\d.,]{{0,15}}\s?(?:{either(every_word('money'))}|[$€£¥₽%°℃])(?![a-zа-я])",
            re.IGNORECASE,
        ),
    )
