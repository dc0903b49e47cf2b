"""Number plates, codes and names in one form, however they are typed."""

import unicodedata

SHORTEST, LONGEST = 2, 12


def ascii_digits(typed: str) -> str:
    """One width, and the digits of any script as ASCII's."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)


def normal(typed: str) -> str:
    """A plate as it is kept and looked for: capital letters and digits alone, `京A·12345` is `京A12345`.

    "" for what is no plate.
    """
    plain = "".join(sign for sign in ascii_digits(typed).upper() if sign.isalnum())
    fits = SHORTEST <= len(plain) <= LONGEST and any(sign.isdigit() for sign in plain)
    return plain if fits else ""


def comparable(typed: str) -> str:
    """A name as it is compared: one width, small letters, single spaces."""
    return " ".join(ascii_digits(typed).casefold().split())
