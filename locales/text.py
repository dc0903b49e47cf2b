"""Texts that are not yet in any language: an English message id and the values that go into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence to be said in the reader's language. `id` may hold Telegram's HTML; values are escaped."""

    id: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    #: the plural message id; the value `n` chooses
    plural: str | None = None

    def __str__(self) -> str:
        return self.id.format(**{name: str(value) for name, value in self.values.items()})


@dataclass(frozen=True, slots=True)
class Titles:
    """A name that an estate gave in several languages."""

    by_language: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """A person's own words, which nobody changes. Who reads another language is told which one they are in:
    behind them in brackets, or above a quotation."""

    words: str
    #: what the person speaks otherwise, for words that do not tell
    language: str = ""
    quotation: bool = False

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, said as a day and two times."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in a currency (ISO 4217)."""

    amount: Decimal
    currency: str
    #: with all the digits that it has, as a price may have more than any coin
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Several texts, one a line. `EMPTY` is left out; the empty string leaves a blank line."""

    lines: tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Several texts in a row, with a mark between them that every language uses."""

    parts: tuple["Value", ...]
    mark: str = " · "


Value: TypeAlias = (
    Text
    | Titles
    | Typed
    | Span
    | Money
    | Month
    | Lines
    | Joined
    | str
    | int
    | float
    | Decimal
    | datetime
    | date
    | time
    | timedelta
)

EMPTY = Text("")


def _(id: str, **values: Value) -> Text:
    """Marks a sentence for the catalogues, with its values by name."""
    return Text(id, values)


def _n(one: str, many: str, n: int, **values: Value) -> Text:
    """Marks a sentence that depends on a number `n`."""
    return Text(one, {**values, "n": n}, plural=many)


def verbatim(words: str) -> Text:
    """A person's own words, in no language of ours."""
    return Text("{words}", {"words": words})


def lines(*parts: Value) -> Lines:
    """Texts one below the other."""
    return Lines(parts)
