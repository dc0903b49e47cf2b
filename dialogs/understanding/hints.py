"""What somebody's words hint at, by the lexicons of the languages that they may be in."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from dialogs.understanding.vocabulary import Vocabulary, message
from locales.intents import elsewhere, intents
from locales.languages import SOURCE
from locales.lexicon import lexicon, understood
from locales.spoken import told_by

#: what a hint is for, where it is not the code of a kind, group or subject
INTENT, ELSEWHERE = "?", "!"
#: how much has to be said in a language that neither the person speaks nor the words tell
BELIEVED = 2.0
#: whose phrases of two words are only said in a row: thanks stand behind any request
_IN_A_ROW = (f"{INTENT}praise",)
#: languages that are one for the reader: written alike, or as near as that
_FAMILIES: Mapping[str, str] = {"zh_CN": "zh", "zh_TW": "zh", "mr": "hi"}
#: languages in which other accents make other words: "đèn" is a lamp, "đến" comes, and "rất" is no rat
_BY_ACCENTS = frozenset({"en", "vi"})


@lru_cache(maxsize=512)
def hints(words: str, language: str = "") -> Mapping[str, float]:
    """How much was said for each code. `language` is the person's own, where it is known; what they write
    in is what their smallest words tell, else their own, else the one that knows most of the words."""
    said = message(words)
    found = [_vocabularies()[family].said(said) for family in _families(words, language)]
    if any(found) or told_by(words, language or SOURCE):
        return _together(found)
    everything = (vocabulary.said(said) for vocabulary in _vocabularies().values())
    best = max(everything, key=lambda one: sum(one.values()), default={})
    return best if sum(best.values()) >= BELIEVED else {}


def _families(words: str, language: str) -> list[str]:
    """The languages whose words are looked for. Latin words stand in messages of every other script."""
    own = family_of(language)
    told = family_of(told_by(words, language or SOURCE))
    latin = not told or not words.isascii()
    wanted = (told or own, SOURCE if latin else "")
    return [family for family in dict.fromkeys(wanted) if family in _vocabularies()]


def spoken_in(words: str, language: str) -> str:
    """The languages that words are in, as they tell, else their person's own; "" where neither does."""
    return family_of(told_by(words, language or SOURCE)) or family_of(language)


def family_of(language: str) -> str:
    """The languages that are read together with one."""
    tag = language.replace("-", "_")
    return _FAMILIES.get(tag) or tag.partition("_")[0].lower()


def _together(several: Iterable[Mapping[str, float]]) -> Mapping[str, float]:
    """The strongest of what several languages hear: "gas" is one word in many."""
    found: dict[str, float] = {}
    for heard in several:
        for code, weight in heard.items():
            found[code] = max(found.get(code, 0), weight)
    return found


@cache
def _vocabularies() -> Mapping[str, Vocabulary]:
    entries: dict[str, list[tuple[str, str]]] = {}
    for language in understood():
        entries.setdefault(family_of(language), []).extend(_entries(language))
    return {
        family: Vocabulary(found, accents=family in _BY_ACCENTS, strict=(ELSEWHERE,), strictest=_IN_A_ROW)
        for family, found in entries.items()
    }


def _entries(language: str) -> Iterator[tuple[str, str]]:
    tables = (("", lexicon(language)), (INTENT, intents(language)), ("", {ELSEWHERE: elsewhere(language)}))
    for prefix, table in tables:
        yield from ((f"{prefix}{code}", phrase) for code, phrases in table.items() for phrase in phrases)
