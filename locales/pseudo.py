"""A made-up language that shows, before any translator starts, what is not marked and what is too narrow."""

import re
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog

from locales.catalogue import path_of
from locales.extract import Found, texts
from locales.update import merged, rendered

#: Babel knows no en_XA; Esperanto has English plurals, and the language menu shows it as what it is not
LANGUAGE = "eo"

_ACCENTED = str.maketrans("aceghijklnorstuwyzACEGHIJKLNORSTUWYZ", "åçéğĥîĵķļñöŕšţûŵýžÅÇÉĞĤÎĴĶĻÑÖŔŠŢÛŴÝŽ")
_KEPT = re.compile(r"(\{[^}]*\}|<[^>]*>|&\w+;)")
_LONGER = 0.4


def pseudo(sentence: str) -> str:
    """A sentence with accents, 40 % longer, in brackets; its placeholders and tags are as they were."""
    parts = _KEPT.split(sentence)
    letters = sum(len(part) for part in parts[::2])
    accented = [part if kept % 2 else part.translate(_ACCENTED) for kept, part in enumerate(parts)]
    return _padded("".join(accented), "~" * round(letters * _LONGER))


def _padded(sentence: str, padding: str) -> str:
    body = sentence.strip()
    return sentence.replace(body, f"[{body}{padding}]", 1) if body else sentence


def catalogue(found: Iterable[Found]) -> Catalog:
    """The made-up catalogue of the texts found."""
    made_up = merged(Catalog(locale=LANGUAGE), found, LANGUAGE)
    for message in made_up:
        if isinstance(message.id, str):
            message.string = pseudo(message.id)
        else:
            message.string = tuple(pseudo(form) for form in message.id)
    return made_up


def write(root: Path, folder: Path) -> Path:
    """Writes the made-up catalogue where a language of that folder has its own."""
    path = path_of(LANGUAGE, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(rendered(catalogue(texts(root))))
    return path
