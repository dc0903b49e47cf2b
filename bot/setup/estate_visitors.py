"""How the rules for visitors are written in an estate's file."""

from collections.abc import Mapping
from datetime import time
from typing import Any, Final

from bot.setup import estate_times as times, estate_values as values
from desk.records.rules import Approval, VisitorRules

#: what fits into a button beside its mark
LONGEST_GATE: Final = 32
MOST_GATES: Final = 12


def approval(value: object) -> Approval:
    """Which visits the office is asked about."""
    if value not in {*Approval}:
        known = ", ".join(f'"{one}"' for one in Approval)
        raise ValueError(f"must be one of {known}{values.guess(str(value), Approval)}")
    return Approval(str(value))


def hours(value: object) -> tuple[time, time] | None:
    """Between which times of day visits begin; "" is any."""
    return times.quiet(value)


def gates(value: object) -> dict[str, dict[str, str]]:
    """What the gates are called, each by one name or by one a language, of which the first is the one it is
    known by; with two or more gates, a pass may be for one of them."""
    given = values.listed(value) if isinstance(value, str) else value
    if not isinstance(given, list):
        raise ValueError('must be a list of names such as ["North gate", { en = "West gate", fr = "Ouest" }]')
    named = dict(map(_gate, given))
    written = [*named, *(title for titles in named.values() for title in titles.values())]
    if len(named) > MOST_GATES or any(len(one) > LONGEST_GATE for one in written):
        raise ValueError(f"must be at most {MOST_GATES} names of at most {LONGEST_GATE} characters")
    return named


def _gate(value: object) -> tuple[str, dict[str, str]]:
    if not isinstance(value, Mapping):
        return values.text(value), {}
    titles = values.title(value)
    return next(iter(titles.values())), titles


def rules(told: Mapping[str, Any]) -> VisitorRules:
    """The table as a record."""
    named: dict[str, dict[str, str]] = told.get("gates", {})
    titles = {gate: titles for gate, titles in named.items() if titles}
    return VisitorRules(**{**told, "gates": tuple(named), "gate_titles": titles})


def most(value: object) -> int:
    """A whole number, from 1 to 99."""
    found = values.count(value)
    if not found:
        raise ValueError("must be a whole number from 1 to 99")
    return found
