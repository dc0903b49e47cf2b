"""What is wrong with the texts, one line a fault: `python -m locales check`."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from locales.catalogue import forms, read
from locales.extract import Found, texts
from locales.languages import HERE, SOURCE, languages
from locales.markup import refused, tags

#: the id of a text: one form, or the singular and the plural
Id = tuple[str, ...]


class Report(NamedTuple):
    """What a check found, and how much it looked at."""

    faults: tuple[str, ...]
    texts: int
    languages: tuple[str, ...]

    def __str__(self) -> str:
        if self.faults:
            return "\n".join(self.faults)
        return f"{self.texts} texts in {len(self.languages)} languages: complete"


def check(root: Path, folder: Path = HERE) -> Report:
    """Looks at every text of the code below the root, and at every language's words for it."""
    found, offered = texts(root), languages(folder)
    faults = [f"{text.place}: {fault}" for text in found for fault in in_id(text)]
    ids = dict.fromkeys(_id(text) for text in found)
    for language in offered:
        wanted: Iterable[Id] = () if language == SOURCE else ids
        faults += [f"{language}: {fault}" for fault in in_language(language, folder, wanted)]
    return Report(tuple(dict.fromkeys(faults)), len(ids), offered)


def _id(found: Found) -> Id:
    return (found.id,) if found.plural is None else (found.id, found.plural)


def in_id(found: Found) -> Iterator[str]:
    """Faults of a text as the code says it."""
    id = _id(found)
    for fault in (fault for form in id for fault in in_sentence(form)):
        yield _fault(fault, id)
    if found.plural is not None:
        yield from (_fault(fault, id) for fault in differences(found.id, found.plural, counted=True))


def in_language(language: str, folder: Path, wanted: Iterable[Id]) -> Iterator[str]:
    """Faults of a language's catalogue on the disk."""
    try:
        catalogue = read(language, folder)
    except PoFileError as error:
        yield f"cannot be read: {error}"
    else:
        yield from in_catalogue(catalogue, wanted)


def in_catalogue(catalogue: Catalog, wanted: Iterable[Id]) -> Iterator[str]:
    """Faults of a language's catalogue against the ids that the code says."""
    listed = {forms(message.id): message for message in catalogue if message.id}
    ids = set(wanted)
    yield from (_fault("stale", id) for id in listed if id not in ids)
    for id in wanted:
        if id in listed:
            yield from in_message(listed[id], catalogue.num_plurals)
        else:
            yield _fault("not in the catalogue yet, run `make texts`", id)


def in_message(message: Message, plurals: int) -> Iterator[str]:
    """Faults of one text's translation."""
    id, said = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield _fault("fuzzy", id)
    if not all(said) or len(said) != (plurals if message.pluralizable else 1):
        yield _fault("missing", id)
        return
    for form in said:
        faults = [*in_sentence(form), *differences(form, id[-1], counted=message.pluralizable)]
        yield from (_fault(fault, id) for fault in faults)


def in_sentence(sentence: str) -> Iterator[str]:
    """Faults that a sentence has by itself: what str.format or Telegram would refuse."""
    try:
        placeholders(sentence)
    except ValueError as error:
        yield str(error)
    yield from refused(sentence)


def placeholders(sentence: str) -> frozenset[str]:
    """The names in braces; raises ValueError for braces that are no plain {name}."""
    names = set()
    for _literal, name, spec, conversion in Formatter().parse(sentence):
        if name is None:
            continue
        if spec or conversion or not name.isidentifier():
            raise ValueError(f"{{{name}…}} is no plain {{name}}" if name else "{} has no name")
        names.add(name)
    return frozenset(names)


def differences(sentence: str, id: str, *, counted: bool) -> Iterator[str]:
    """In what a translation, or one plural form, departs from the id."""
    try:
        given, wanted = placeholders(sentence), placeholders(id)
    except ValueError:
        return
    yield from (f"unknown {{{name}}}" for name in sorted(given - wanted))
    left_out = wanted - given - ({"n"} if counted else set())
    yield from (f"{{{name}}} is left out" for name in sorted(left_out))
    if tags(sentence) != tags(id):
        yield f"other tags than {' '.join(sorted(tags(id))) or 'none'}"
    if _edges(sentence) != _edges(id) or sentence.count("\n") != id.count("\n"):
        yield "other spaces or line breaks around or between the words"


def _edges(sentence: str) -> tuple[str, str]:
    return sentence[: -len(sentence.lstrip()) or None], sentence[len(sentence.rstrip()) :]


def _fault(fault: str, id: Id) -> str:
    return f"{fault}: {json.dumps(id[0], ensure_ascii=False)}"
