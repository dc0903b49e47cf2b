"""What an estate and its gates are called, in the reader's language where the estate's file says so."""

from desk.records import Estate
from desk.records.rules import VisitorRules
from locales.languages import SOURCE
from locales.text import Titles, Value, verbatim


def estate_name(estate: Estate) -> Value:
    """The estate's name for this reader; the one that it is known by for whom it has none."""
    titles = estate.rules.title
    return Titles({SOURCE: estate.name, **titles}) if titles else estate.name


def names(estate: Estate) -> frozenset[str]:
    """Everything that an estate is called, to find it by."""
    return frozenset(name.casefold() for name in (estate.name, *estate.rules.title.values()))


def gate_name(rules: VisitorRules, gate: str) -> Value:
    """A gate's name for this reader; a gate that is no more goes by the name that it had."""
    titles = rules.gate_titles.get(gate)
    return Titles(titles) if titles else verbatim(gate)
