"""In which language somebody's words are: by their script, and in Latin letters by their smallest words."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from locales.languages import HERE
from locales.tables import tables

#: what is no language, though it has letters: addresses, mentions, commands, numbers with letters
_NAMES = re.compile(r"\S*(?:://|@)\S*|(?<!\S)/\w+|[A-Za-z]*\d[A-Za-z\d_.-]*")
_LATIN_WORD = re.compile(r"[^\W\d_]+")
#: as in l'eau, d'ici, c'est, qu'il
_ELIDED = re.compile(r"(?<!\w)(?:[ldjncs]|qu|quelqu|aujourd)['’](?=\w)")
#: how far is read, in characters
_FAR = 400
#: a character of Chinese is about as much as three letters
_SCRIPTS: Mapping[str, tuple[re.Pattern[str], int]] = {
    "zh": (re.compile("[\u3400-\u9fff\uf900-\ufaff]"), 3),
    "ja": (re.compile("[\u3040-\u30ff]"), 5),
    "ko": (re.compile("[\uac00-\ud7af]"), 3),
    "ru": (re.compile("[\u0400-\u052f]"), 1),
    "ar": (re.compile("[\u0620-\u064a\u066e-\u06d5\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"), 1),
    "he": (re.compile("[\u0590-\u05ff]"), 1),
    "el": (re.compile("[\u0370-\u03ff]"), 1),
    "th": (re.compile("[\u0e00-\u0e7f]"), 2),
    "hi": (re.compile("[\u0900-\u097f]"), 1),
    "": (re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]"), 1),
}
#: letters and endings by which a neighbour in the same script is known
_NEIGHBOURS = {
    "ru": ("uk", re.compile("[іїєґ]", re.I)),
    "ar": ("fa", re.compile("[پچژگیک]")),
    "hi": ("mr", re.compile("ळ|आहे|नाही|बाबत|च्या|ण्या|मध्ये|ल्या|णे")),
}
#: what the person's own language has ahead of others, and what it takes to be another one
_AHEAD, _ENOUGH, _CLEARLY = 0.3, 0.9, 0.25
#: a few words take more to be in another language
_FEW, _ENOUGH_OF_FEW = 3, 1.6
_FOLDED = str.maketrans({"ı": "i", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})


def language_of(words: str, otherwise: str) -> str:
    """The language that words are in; what does not tell is in the one that the person speaks otherwise."""
    return told_by(words, otherwise) or otherwise


def foreign(words: str, otherwise: str, reader: str) -> str:
    """The language of words that a reader of another one sees; "" where it is theirs, or nobody knows it."""
    if not words:
        return ""
    found = told_by(words, otherwise)
    if not found and _script(words) == _script_of(otherwise):
        found = otherwise
    return "" if base(found) == base(reader) else found


def base(language: str) -> str:
    """A language without its country: who reads zh_TW reads zh_CN, too."""
    return language.partition("_")[0]


@lru_cache(maxsize=2048)
def told_by(words: str, otherwise: str) -> str:
    """The language that the words themselves tell; "" where they do not."""
    script = _script(words)
    if script is None:
        return ""
    if script == "zh":
        return _chinese(words[:_FAR], otherwise)
    if script in _NEIGHBOURS and base(otherwise) != script:
        neighbour, letters = _NEIGHBOURS[script]
        return neighbour if letters.search(words) else script
    return script or _latin(words, otherwise)


def _script(words: str) -> str | None:
    """The script that most of it is written in, by its best known language; "" for Latin, None for none."""
    bare = _NAMES.sub(" ", words[:_FAR])
    if bare.isascii():
        return "" if len(_LATIN_WORD.findall(bare)) and len(bare.strip()) > 1 else None
    shares = {name: weight * len(found.findall(bare)) for name, (found, weight) in _SCRIPTS.items()}
    most = max(shares, key=lambda name: shares[name])
    # one character alone may be the beginning of a number plate, one letter anything
    return most if shares[most] > max(1, _SCRIPTS[most][1]) else None


def _script_of(language: str) -> str:
    code = base(language)
    return code if code in _SCRIPTS else {"uk": "ru", "fa": "ar"}.get(code, "")


def _chinese(words: str, otherwise: str) -> str:
    """Simplified or traditional, by the characters that only one of them has."""
    simplified, traditional = _characters()
    ahead = sum(sign in traditional for sign in words) - sum(sign in simplified for sign in words)
    if ahead == 0:
        return otherwise if base(otherwise) == "zh" else "zh_CN"
    return "zh_TW" if ahead > 0 else "zh_CN"


def _latin(words: str, otherwise: str) -> str:
    """By small words that few languages share, and by letters that few of them have."""
    text = unicodedata.normalize("NFC", _NAMES.sub(" ", words[:_FAR])).replace("İ", "i").lower()
    known, letters = _small_words(), _letters()
    points: dict[str, float] = {otherwise: _AHEAD} if otherwise in _tongues() else {}
    spelled = _LATIN_WORD.findall(text)
    for word in spelled:
        for language, weight in known.get(word) or known.get(_plain(word), ()):
            points[language] = points.get(language, 0) + weight
    if _ELIDED.search(text):
        points["fr"] = points.get("fr", 0) + _ENOUGH
    for sign in [] if text.isascii() else set(text):
        for language, weight in letters.get(sign, ()):
            points[language] = points.get(language, 0) + weight
    ranked = sorted(points.items(), key=lambda one: -one[1])
    if not ranked or ranked[0][1] < (_ENOUGH_OF_FEW if len(spelled) <= _FEW else _ENOUGH):
        return ""
    clear = len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _CLEARLY
    return ranked[0][0] if clear else ""


def _plain(word: str) -> str:
    """Without accents, which many leave out."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.translate(_FOLDED))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


Weights = Mapping[str, tuple[tuple[str, float], ...]]


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = tables(HERE / "spoken.toml")
    return found


@cache
def _characters() -> tuple[frozenset[str], frozenset[str]]:
    """What only simplified, and what only traditional Chinese writes."""
    found = _data()["characters"]
    simplified, traditional = frozenset(found["zh_CN"]), frozenset(found["zh_TW"])
    return simplified - traditional, traditional - simplified


@cache
def _tongues() -> frozenset[str]:
    return frozenset(_data()["words"])


@cache
def _small_words() -> Weights:
    """Each small word with its languages: the fewer share it, the more it tells; less without its accents."""
    found: dict[str, dict[str, float]] = {}
    for code, words in _data()["words"].items():
        for word in words.split():
            found.setdefault(word, {})[code] = 1
            found.setdefault(_plain(word), {}).setdefault(code, 0.5)
    return _shared(found)


@cache
def _letters() -> Weights:
    found: dict[str, dict[str, float]] = {}
    for code, signs in _data()["letters"].items():
        for sign in signs:
            found.setdefault(sign, {})[code] = 1
    return _shared(found)


def _shared(found: Mapping[str, Mapping[str, float]]) -> Weights:
    """What each of several languages gets of a mark that they share."""
    return {
        mark: tuple((code, weight * weight / sum(codes.values())) for code, weight in codes.items())
        for mark, codes in found.items()
    }
