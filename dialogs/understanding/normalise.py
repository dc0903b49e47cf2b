"""Words made comparable: one width, one case, no marks; and one way to write what is written in two."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from opencc import OpenCC

#: letters and digits; the vowels of Devanagari are signs of their own, which are part of a word
_WORD = re.compile(r"(?:[^\W_]+[\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963]*)+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
#: Chinese, Japanese and Korean letters
_RUN_ON = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: accents of Latin and Cyrillic letters, which many leave out, Arabic vowel signs, the dot of Hindi, and
#: what only joins letters or keeps them apart
_ACCENTS = re.compile(r"[\u0300-\u036f\u064b-\u0655\u0670\u0640\u093c\u200c\u200d]")
#: half of what stands for one character, which no encoding takes
_HALVES = re.compile(r"[\ud800-\udfff]")
#: the tones of Vietnamese, each with what is read for it
_TONES = {"\u0300": "\u0300", "\u0301": "\u0301", "\u0303": "\u0309", "\u0309": "\u0309", "\u0323": "\u0323"}
#: what is longer is no word: only so many letters of it are read, and remembered
LONGEST = 64
#: one word in so many has accents, where they are written
_ACCENTED = 3
#: letters that are written for one another: Arabic by most people, the others without their keyboard
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ی": "ي",
        "ک": "ك",
        "ँ": "ं",
        "đ": "d",
        "ı": "i",
    }
)


#: what Arabic writes together with a word: the article, "and", "in", "to", "like", "this"
_ATTACHED = ("وبال", "وال", "بال", "فال", "كال", "عال", "هال", "لل", "ال", "ول", "وب", "و", "ب", "ل", "ف")
#: what is left of a word without them
_LEFT = 3


def normalise(words: str) -> str:
    """Full-width forms folded, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def fold(words: str) -> str:
    """Normalised, without accents and in simplified characters: what people write in two ways is one."""
    text = normalise(words)
    if text.isascii():
        return text
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", _HALVES.sub(" ", text))).translate(_ALIKE)
    text = unicodedata.normalize("NFC", bare)
    return str(_simplified().convert(text)) if is_chinese(text) else text


def tokens(text: str) -> tuple[str, ...]:
    """The words of a normalised text, without punctuation."""
    return tuple(_WORD.findall(text))


def attached(word: str) -> Iterator[str]:
    """A folded word, and without what Arabic attaches to it."""
    yield word
    if "\u0620" <= word[0] <= "\u06ff":
        for one in _ATTACHED:
            if len(word) - len(one) >= _LEFT and word.startswith(one):
                yield word.removeprefix(one)


def toned(word: str) -> str:
    """A normalised word with its accents, the tones of Vietnamese behind it: they are written over one vowel
    or another, and two of them are written for one another."""
    return word if word.isascii() else _toned(word[:LONGEST])


@lru_cache(maxsize=1 << 14)
def _toned(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    letters = "".join(sign for sign in apart if sign not in _TONES)
    tones = "".join(_TONES[sign] for sign in apart if sign in _TONES)
    return unicodedata.normalize("NFC", letters) + tones


def spelt(said: Sequence[str]) -> tuple[str, ...]:
    """Words with their accents; none where they are left out: whoever writes accents writes most of them."""
    written = sum(not word.isascii() for word in said)
    return tuple(map(toned, said)) if written and _ACCENTED * written >= len(said) else ()


def is_chinese(text: str) -> bool:
    """Whether a text holds Chinese characters, which are not separated into words."""
    return _CHINESE.search(text) is not None


def runs_on(text: str) -> bool:
    """Whether a text holds letters without spaces between words, or with endings attached to words."""
    return _RUN_ON.search(text) is not None


@cache
def _simplified() -> OpenCC:
    """Traditional characters one by one: words of Taiwan stay its own words."""
    return OpenCC("t2s")
