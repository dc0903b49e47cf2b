"""Whether what somebody typed is a telephone number that can be called, from whatever country."""

import re
from functools import lru_cache

import phonenumbers

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
