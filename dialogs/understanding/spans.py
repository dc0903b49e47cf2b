"""Pieces of a text that name something, and the text without them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

#: what stands where something was named: no letter, no digit, no blank
GONE = "■"


class Found(NamedTuple):
    """What is named, and from where to where in the text."""

    value: str
    start: int
    end: int


def without(text: str, found: Iterable[Found]) -> str:
    """The text with something else where these stood; every other character keeps its place."""
    for one in found:
        gap = GONE + " " * (one.end - one.start - 1)
        text = f"{text[: one.start]}{gap}{text[one.end :]}"
    return text


def either(words: Iterable[str]) -> str:
    """A pattern for any of these words; a star stands for any ending."""
    return "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
