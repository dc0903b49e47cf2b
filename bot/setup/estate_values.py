"""How each value of an estate's file is written; a wrong one raises ValueError that says how it should be."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from desk.taxonomy import group_codes, kinds
from locales.languages import languages as known_languages

#: what Telegram allows a topic to be called
LONGEST_TITLE: Final = 128
LONGEST_CODE: Final = 32
#: what fits into a message beside everything else
LONGEST_WORDS: Final = 600


def guess(word: str, known: Iterable[str]) -> str:
    """`; did you mean "homes"?`, or nothing where no known word is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def text(value: object) -> str:
    """Words on one line."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("must be some words on one line")
    return value.strip()


def home_code(value: object) -> str:
    """The code on a door, in any script; a number is taken as it is written."""
    code = text(str(value) if type(value) is int else value)
    if len(code) > LONGEST_CODE:
        raise ValueError(f"must have at most {LONGEST_CODE} characters")
    return code


def queue_code(value: object) -> str:
    """A short name for the command line."""
    if not isinstance(value, str) or not re.fullmatch(rf"[A-Za-z0-9_.-]{{1,{LONGEST_CODE}}}", value):
        raise ValueError(f"must have 1 to {LONGEST_CODE} of the characters A-Z a-z 0-9 _ . -")
    return value


def zone(value: object) -> str:
    """An IANA time zone."""
    name = text(value)
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        near = guess(name, available_timezones())
        raise ValueError(f'"{name}" is no IANA time zone such as Asia/Shanghai{near}') from None
    return name


def languages(value: object) -> tuple[str, ...]:
    """Languages that Steward speaks, the estate's first one first."""
    named = listed(value)
    for name in named:
        _language(name)
    if not named:
        raise ValueError("must name at least one language")
    return tuple(dict.fromkeys(named))


def _language(name: str) -> str:
    known = known_languages()
    if name not in known:
        raise ValueError(f'"{name}" is not spoken here, only {", ".join(known)}{guess(name, known)}')
    return name


def country(value: object) -> str:
    """ISO 3166, two letters."""
    return _letters(value, 2, "CN")


def currency(value: object) -> str:
    """ISO 4217, three letters."""
    return _letters(value, 3, "CNY")


def _letters(value: object, count: int, example: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(rf"[A-Z]{{{count}}}", value):
        raise ValueError(f'must be {count} capital letters such as "{example}"')
    return value


def listed(value: object) -> tuple[str, ...]:
    """A list of words, or one text with commas."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError('must be a list of texts such as ["plumbing", "leak"]')
    return tuple(part.strip() for part in parts if part.strip())


def request_kinds(value: object) -> tuple[str, ...]:
    """Groups or kinds of the taxonomy."""
    named, known = listed(value), {*kinds(), *group_codes()}
    for name in named:
        if name not in known:
            raise ValueError(f'"{name}" is no group or kind of the taxonomy{guess(name, known)}')
    return tuple(dict.fromkeys(named))


def by_language(value: object) -> dict[str, str]:
    """Words for each language."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError('must give a name for each language, such as { en = "Plumbing" }')
    return {_language(str(language)): text(name) for language, name in value.items()}


def title(value: object) -> dict[str, str]:
    """A queue's name by language."""
    names = by_language(value)
    if any(len(name) > LONGEST_TITLE for name in names.values()):
        raise ValueError(f"must have at most {LONGEST_TITLE} characters, as a topic in Telegram")
    return names


def paragraph(value: object) -> dict[str, str]:
    """Words of several lines, by language."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError('must say it in each language, such as { en = "At the office, 9 to 17." }')
    if not all(isinstance(one, str) and 0 < len(one.strip()) <= LONGEST_WORDS for one in value.values()):
        raise ValueError(f"must be words, at most {LONGEST_WORDS} characters in each language")
    return {_language(str(language)): words.strip() for language, words in value.items()}


def day_counts(value: object) -> tuple[int, ...]:
    """Numbers of days, such as [1, 7, 14]; from a sheet `1, 7, 14`."""
    parts = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
    if not isinstance(parts, list):
        raise ValueError("must be a list of days such as [1, 7, 14]")
    return tuple(sorted({count(part) for part in parts}))


def count(value: object) -> int:
    """A whole number, none up to 99."""
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,2}", text):
        raise ValueError("must be a whole number from 0 to 99")
    return int(text)


def area(value: object) -> Decimal:
    """Square metres."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        raise ValueError('must be square metres such as "89.50"') from None
    if isinstance(value, bool) or not found.is_finite() or not 0 < found < 1_000_000:
        raise ValueError('must be square metres such as "89.50", more than none')
    return found


def floor(value: object) -> int:
    """A storey; those below the ground are less than nought."""
    found = re.fullmatch(r"-?\d{1,3}", str(value).strip())
    if not found or isinstance(value, bool):
        raise ValueError("must be a floor such as 5")
    return int(found[0])
