"""How people of each language speak of days and times: `locales/<lang>/moments.toml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from locales.languages import HERE
from locales.tables import checked

_WEEK = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
#: tables of the file whose keys are one of a few names
NAMED: Mapping[str, frozenset[str]] = {
    "words": frozenset({
        "after", "starting", "after_it", "before", "before_it", "from", "from_it", "to", "to_it", "of",
        "and", "between", "between_it", "within", "within_it", "in", "later", "ago", "ago_before", "at",
        "at_it", "oclock", "hour_or_at", "since", "begun", "every", "lasting", "weekend", "not", "one",
        "next", "next_but_one", "coming", "this", "last", "the", "date_before", "date_after",
        "month_before", "month_after", "of_the_day", "past", "nothing", "filler",
    }),
    "weekdays": _WEEK,
    "short_weekdays": _WEEK,
    "dayparts": frozenset({"early", "morning", "noon", "afternoon", "evening", "night", "am", "pm"}),
    "short_dayparts": frozenset({"morning", "evening", "night"}),
    "units": frozenset({"minute", "hour", "hour_or_clock", "day", "week", "month", "year"}),
    "language": frozenset({"common"}),
}  # fmt: skip
#: tables whose keys are numbers, and the least and the most of them
NUMBERED: Mapping[str, tuple[int, int]] = {
    "months": (1, 12),
    "short_months": (1, 12),
    "days": (-3, 7),
    "weeks": (0, 2),
    "weekends": (0, 2),
    "numbers": (0, 99),
    "numbers_at": (0, 24),
    "numbers_from": (0, 24),
    "numbers_to": (0, 24),
    "ordinals": (1, 31),
    "minutes_before": (-59, 59),
    "minutes_after": (-59, 59),
}
#: tables whose keys are written out: "12:00", "18:00-24:00", "2 hour", "1 morning"
WRITTEN = frozenset({"clock", "spans", "durations", "dayparts_of"})

Tables = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Speech:
    """One language's words: table → what is meant → phrases."""

    language: str
    tables: Tables

    def table(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """One table; empty where the language does not need it."""
        return self.tables.get(name, {})


@cache
def speeches(folder: Path = HERE) -> tuple[Speech, ...]:
    """Every language that has such words: a new one is a new file."""
    return tuple(read(path) for path in sorted(folder.glob("*/moments.toml")))


def read(path: Path) -> Speech:
    """One file; raises ValueError, naming it, for what nobody could ever say or mean."""
    kept = checked(path, _faults).items()
    tables = {table: {key: tuple(phrases) for key, phrases in rows.items()} for table, rows in kept}
    return Speech(path.parent.name, tables)


def _faults(kept: Mapping[str, Mapping[str, list[str]]]) -> Iterator[str]:
    for table, key, phrases in ((table, *row) for table, rows in kept.items() for row in rows.items()):
        if not _meant(table, key):
            yield f"[{table}] {key} means nothing"
        yield from (f"{phrase!r} has capitals" for phrase in phrases if phrase != phrase.lower())
        yield from (f"[{table}] {key} has an empty phrase" for phrase in phrases if not phrase.strip(" *"))


def _meant(table: str, key: str) -> bool:
    """Whether the engine knows such a key."""
    if table in NAMED:
        return key in NAMED[table]
    if table in NUMBERED:
        least, most = NUMBERED[table]
        return key.lstrip("-").isdigit() and least <= int(key) <= most
    return table in WRITTEN
