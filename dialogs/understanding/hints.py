"""What somebody's words hint at, by the lexicons of the languages that they may be in."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from dialogs.understanding.vocabulary import Vocabulary, message
from locales.intents import elsewhere, intents
from locales.lexicon import lexicon, understood

#: what a hint is for, where it is not the code of a kind, group or subject
INTENT, ELSEWHERE = "?", "!"
#: languages that are one for the reader: written alike, or as near as that
_FAMILIES: Mapping[str, str] = {"zh_CN": "zh", "zh_TW": "zh"}
#: languages in which other accents make other words: "đèn" is a lamp, "đến" comes, and "rất" is no rat
_BY_ACCENTS = frozenset({"en", "vi"})
#: Latin words stand in messages of every language
_ALWAYS = "en"


@lru_cache(maxsize=512)
def hints(words: str, language: str = "") -> Mapping[str, float]:
    """How much was said for each code. `language` is the person's own, where it is known; what they write
    in is the one that knows most of their words."""
    said = message(words)
    by_family = {family: vocabulary.said(said) for family, vocabulary in _vocabularies().items()}
    known = {family: sum(found.values()) for family, found in by_family.items() if found}
    if not known:
        return {}
    chosen = {max(known, key=lambda one: known[one] * _near(one, language)), family_of(language), _ALWAYS}
    return _together(by_family[family] for family in sorted(chosen) if family in by_family)


def family_of(language: str) -> str:
    """The languages that are read together with one."""
    tag = language.replace("-", "_")
    return _FAMILIES.get(tag) or tag.partition("_")[0].lower()


def _near(family: str, language: str) -> float:
    """A person's own language is believed before others that share words with it."""
    return 1.5 if family == family_of(language) else 1.0


def _together(several: Iterator[Mapping[str, float]]) -> Mapping[str, float]:
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
    return {family: Vocabulary(found, accents=family in _BY_ACCENTS) for family, found in entries.items()}


def _entries(language: str) -> Iterator[tuple[str, str]]:
    tables = (("", lexicon(language)), (INTENT, intents(language)), ("", {ELSEWHERE: elsewhere(language)}))
    for prefix, table in tables:
        yield from ((f"{prefix}{code}", phrase) for code, phrases in table.items() for phrase in phrases)
