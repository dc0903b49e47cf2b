"""Number plates in one form, however they are typed."""

import unicodedata

SHORTEST, LONGEST = 2, 12


def normal(typed: str) -> str:
    """A plate as it is kept and looked for: capital letters and digits alone, `京A·12345` is `京A12345`.

    Digits of any script become those of ASCII, full-width letters become plain. "" for what is no plate.
    """
    plain = "".join(_plain(sign) for sign in unicodedata.normalize("NFKC", typed).upper())
    fits = SHORTEST <= len(plain) <= LONGEST and any(sign.isdigit() for sign in plain)
    return plain if fits else ""


def _plain(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    return sign if sign.isalpha() else ""
