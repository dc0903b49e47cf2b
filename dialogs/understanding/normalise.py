"""Words made comparable: one width, one case, no marks."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def normalise(words: str) -> str:
    """Full-width forms folded, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def tokens(text: str) -> tuple[str, ...]:
    """The words of a normalised text, without punctuation."""
    return tuple(_WORD.findall(text))


def is_chinese(text: str) -> bool:
    """Whether a text holds Chinese characters, which are not separated into words."""
    return _CHINESE.search(text) is not None
