"""Whether words say that something is outside of somebody's home: in the corridor, in the garage."""

from functools import cache

from desk.records import Place
from dialogs.understanding.normalise import fold, is_chinese, tokens
from locales.lexicon import place_words
from locales.words import languages

#: of a long story the beginning says where it is
HEARD = 400


def place_in(words: str) -> Place | None:
    """Where it is, as far as a place is named in any language; None where none is."""
    text = fold(words[:HEARD])
    said = f" {' '.join(tokens(text))} "
    for place, phrase in _phrases():
        if (phrase in text) if is_chinese(phrase) else (f" {phrase} " in said):
            return place
    return None


@cache
def _phrases() -> tuple[tuple[Place, str], ...]:
    """Longer ones first: the stairs of the garage are in the garage."""
    found = [
        (Place(code), fold(phrase))
        for language in languages()
        for code, phrases in place_words(language).items()
        for phrase in phrases
    ]
    return tuple(sorted(found, key=lambda one: -len(one[1])))
