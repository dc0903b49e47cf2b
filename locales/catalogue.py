"""The sentences of a language, read from its catalogue and kept in the form in which they are said."""

from collections.abc import Callable
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from locales.languages import HERE

Choose = Callable[[int], int]


def path_of(language: str, folder: Path = HERE) -> Path:
    """Where a language's catalogue lies."""
    return folder / language / "LC_MESSAGES" / "steward.po"


def read(language: str, folder: Path = HERE) -> Catalog:
    """A language's catalogue from the disk; an empty one where there is none yet."""
    path = path_of(language, folder)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


#: the same catalogue for every renderer of a language
kept = cache(read)


def forms(one_or_many: object) -> tuple[str, ...]:
    """The strings of a message or of an id, of which Babel gives one as itself and several as a list."""
    match one_or_many:
        case str():
            return (one_or_many,)
        case list() | tuple():
            return tuple(str(form or "") for form in one_or_many)
        case _:
            return ()


def strings(catalogue: Catalog, id: str) -> tuple[str, ...]:
    """The translation of an id, one string a plural form; nothing if there is none that may be shown."""
    message = catalogue.get(id) if id else None
    found = forms(message.string) if message and not message.fuzzy else ()
    return found if all(found) else ()


def _english(n: int) -> int:
    return int(n != 1)


class Sentences:
    """A language's sentences in one shape, as HTML or plain; each is looked up and shaped only once."""

    def __init__(self, catalogue: Catalog, shape: Callable[[str], str]) -> None:
        self._catalogue = catalogue
        self._shape = shape
        self._choose: Choose = c2py(catalogue.plural_expr)
        self._known: dict[tuple[str, str | None], tuple[tuple[str, ...], Choose]] = {}

    def one(self, id: str) -> str:
        """The sentence with this id; the id itself where there is no translation."""
        forms, _choose = self._known.get((id, None)) or self._learn(id, None)
        return forms[0]

    def counted(self, one: str, many: str, n: int) -> str:
        """The form of a sentence that this language uses for `n`."""
        forms, choose = self._known.get((one, many)) or self._learn(one, many)
        return forms[choose(n)]

    def _learn(self, id: str, plural: str | None) -> tuple[tuple[str, ...], Choose]:
        found, choose = strings(self._catalogue, id), self._choose
        if not found:
            found, choose = (id,) if plural is None else (id, plural), _english
        learnt = tuple(self._shape(form) for form in found), choose
        self._known[id, plural] = learnt
        return learnt
