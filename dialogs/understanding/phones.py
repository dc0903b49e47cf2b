"""Whether what somebody typed is a telephone number that can be called, from whatever country."""

import re
from functools import lru_cache

import phonenumbers

from dialogs.understanding.spans import Found

#: digits and what stands between them; nothing else may be in a line that is a number
_LOOKS_LIKE = re.compile(r"^[+(\d٠-٩۰-۹０-９][\d٠-٩۰-۹０-９\s().\-/–]{4,24}$")


@lru_cache(maxsize=256)
def phone(words: str, country: str) -> str | None:
    """The number as it is dialled from anywhere; None for what cannot be called. `country` (ISO 3166) is
    where a number without a country code is from."""
    line = words.strip()
    if not _LOOKS_LIKE.match(line):
        return None
    try:
        number = phonenumbers.parse(line, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def looks_like_phone(words: str) -> bool:
    """Whether somebody meant a number, valid or not."""
    return _LOOKS_LIKE.match(words.strip()) is not None and sum(map(str.isdigit, words)) >= 5


#: digits in a sentence that may be a number, and a day or time that only looks like one
_IN_A_SENTENCE = re.compile(r"(?<![A-Za-zА-Яа-я\d.:-])\+?\(?\d[\d\s().\-/]{5,18}\d(?![A-Za-zА-Яа-я\d:])")
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
#: with so many digits it is one; with fewer only if it can be called
SURELY, PERHAPS = 9, 7


def phone_in(text: str, country: str) -> Found | None:
    """The first number in a plain text, in its digits as they were written."""
    for found in _IN_A_SENTENCE.finditer(text):
        digits = "".join(sign for sign in found[0] if sign.isdigit() or sign == "+")
        count = len(digits.lstrip("+"))
        if count > 15 or _DAY.match(found[0]):
            continue
        if count >= SURELY or (count >= PERHAPS and phone(found[0], country) is not None):
            return Found(digits, *found.span())
    return None
