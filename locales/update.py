"""Brings the catalogues in step with the code: `python -m locales update`."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from locales.catalogue import forms, path_of, read
from locales.extract import Found, texts
from locales.facts import own_name
from locales.languages import HERE, SOURCE

#: the language whose names the taxonomy already gives
_CHINESE = "zh_CN"
_WIDTH = 100
_HEADER = """\
# Steward in {name}. `make texts` keeps the ids in step with the code; the words are the translators'.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def update(root: Path, folder: Path = HERE) -> list[str]:
    """Merges the code's texts into the catalogue of every language with a folder; names the changed ones."""
    found = texts(root)
    languages = sorted(path.parent.name for path in folder.glob("*/LC_MESSAGES"))
    return [language for language in languages if _write(language, folder, found)]


def _write(language: str, folder: Path, found: list[Found]) -> bool:
    path = path_of(language, folder)
    # English says the ids themselves: a copy of each would only be a second place to forget.
    wanted = [] if language == SOURCE else found
    content = rendered(merged(read(language, folder), wanted, language))
    if path.exists() and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True


def merged(old: Catalog, found: Iterable[Found], language: str) -> Catalog:
    """The catalogue of exactly the texts found, in their order; an old string stays only with its own id."""
    new = Catalog(locale=language)
    for text in found:
        id = text.id if text.plural is None else (text.id, text.plural)
        message = new.add(id, locations=[(text.place, 0)], auto_comments=text.remarks)
        message.flags.discard("python-format")  # "50 % done" is no %-format, and we use none
        message.string = message.string or (text.chinese if language == _CHINESE else "")
        _keep(old.get(text.id), message)
    return new


def _keep(old: Message | None, new: Message) -> None:
    """Carries over what translators did, if it was done to the same text; nothing is guessed."""
    if old and old.id == new.id:
        new.string = old.string if any(forms(old.string)) else new.string
        new.user_comments = old.user_comments
        new.flags |= old.flags & {"fuzzy"}


def rendered(catalogue: Catalog) -> bytes:
    """The same bytes for the same texts: no dates, no line numbers, one width."""
    body = BytesIO()
    write_po(body, catalogue, width=_WIDTH, omit_header=True, include_lineno=False)
    language = str(catalogue.locale_identifier)
    header = _HEADER.format(name=own_name(language), language=language, plural=catalogue.plural_forms)
    return (header.encode() + body.getvalue()).rstrip(b"\n") + b"\n"
