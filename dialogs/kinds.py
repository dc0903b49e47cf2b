"""What a kind of request is called: by the estate, else by the taxonomy in the reader's language."""

from desk.catalogue import catalogue
from desk.ports import Work
from desk.records import Request
from desk.taxonomy import Kind, kinds
from locales.text import Text, Titles, Value, verbatim


def title(kind: Kind) -> Value:
    """What a kind is called."""
    return Titles(kind.names) if kind.names else Text(kind.title)


def kind_in_words(work: Work, estate_id: int, code: str) -> Value:
    """What an estate calls the kind of this code; the code itself once nobody knows it."""
    known = catalogue(work, estate_id).kinds.get(code) or kinds().get(code)
    return title(known) if known else verbatim(code)


def about(request: Request) -> Value:
    """What a request is about, as the estate called that when it was filed."""
    if request.details.title:
        return Titles(request.details.title)
    known = kinds().get(request.kind)
    return Text(known.title) if known else verbatim(request.kind)
