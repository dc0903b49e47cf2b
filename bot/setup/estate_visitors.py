"""How the rules for visitors are written in an estate's file."""

from datetime import time
from typing import Final

from bot.setup import estate_times as times, estate_values as values
from desk.records.rules import Approval

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


def gates(value: object) -> tuple[str, ...]:
    """What the gates are called; with two or more, a pass may be for one of them."""
    named = tuple(dict.fromkeys(values.text(one) for one in values.listed(value)))
    if len(named) > MOST_GATES or any(len(one) > LONGEST_GATE for one in named):
        raise ValueError(f"must be at most {MOST_GATES} names of at most {LONGEST_GATE} characters")
    return named


def most(value: object) -> int:
    """A whole number, from 1 to 99."""
    found = values.count(value)
    if not found:
        raise ValueError("must be a whole number from 1 to 99")
    return found
