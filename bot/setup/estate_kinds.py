"""How an estate's own kinds, its days off and its hotline are written in its file."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bot.setup import estate_values as values
from desk.records import Place, Priority, Terms
from desk.records.kinds import EstateKind
from desk.taxonomy import group_codes, kinds

#: a kind's code becomes part of a button's 64 bytes
LONGEST_CODE: Final = 24
PAYS: Final = ("free", "warranty", "paid")
LONGEST_HOTLINE: Final = 60


def code(value: object) -> str:
    """A kind of the taxonomy, or a short name for one that the estate adds."""
    if not isinstance(value, str) or not re.fullmatch(rf"[a-z0-9_]{{1,{LONGEST_CODE}}}", value):
        raise ValueError(f"a code must have 1 to {LONGEST_CODE} of the characters a-z 0-9 _")
    return value


def group(value: object) -> str:
    """A group of the taxonomy."""
    return _one_of(value, group_codes())


def priority(value: object) -> Priority:
    """How fast it wants to be answered; an emergency is recognised, never ordered."""
    return Priority(_one_of(value, ("normal", "urgent")))


def place(value: object) -> Place:
    """Where it is unless somebody says otherwise."""
    return Place(_one_of(value, ("home", "building", "grounds")))


def terms(value: object) -> str:
    """Who pays."""
    return _one_of(value, PAYS)


def price(value: object) -> Decimal:
    """A sum in the estate's currency."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        raise ValueError('must be a sum such as "120.50"') from None
    if isinstance(value, bool) or not found.is_finite() or not 0 <= found < 10_000_000:
        raise ValueError('must be a sum such as "120.50", not below zero')
    return found


def yes(value: object) -> bool:
    """true or false; a spreadsheet writes it as text."""
    told = str(value).strip().lower()
    if told not in {"true", "false"}:
        raise ValueError("must be true or false")
    return told == "true"


def days(value: object) -> tuple[date, ...]:
    """Days of the calendar: `["2026-10-08", "2027-01-02"]`, in a sheet with commas between them."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list):
        raise ValueError('must be days such as ["2026-10-08"]')
    return tuple(dict.fromkeys(_day(part) for part in parts if part != ""))


def _day(value: object) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError(f'"{value}" is no day such as 2026-10-08') from None


def hotline(value: object) -> str:
    """A number to call, or words with one."""
    found = values.text(value)
    if len(found) > LONGEST_HOTLINE:
        raise ValueError(f"must have at most {LONGEST_HOTLINE} characters")
    return found


def count(value: object) -> int:
    """How often."""
    told = str(value)
    if isinstance(value, bool) or not told.isascii() or not told.isdigit() or not 1 <= int(told) <= 1000:
        raise ValueError("must be a whole number from 1 to 1000")
    return int(told)


def _one_of(value: object, known: Any) -> str:
    if not isinstance(value, str) or value not in known:
        named = ", ".join(sorted(known))
        raise ValueError(f"must be one of {named}{values.guess(str(value), known)}")
    return value


def fault(told: Mapping[str, Any]) -> str | None:
    """What is wrong with a kind as a whole; None is nothing."""
    if "code" not in told or told["code"] in kinds():
        return None
    if "group" not in told:
        near = values.guess(told["code"], kinds())
        return f'"{told["code"]}" is no kind of the taxonomy{near}; a new one needs a group'
    if told["code"] in group_codes():
        return f'"{told["code"]}" is a group of the taxonomy; choose another code'
    return None if told.get("title") else f'"{told["code"]}" is new and needs a title'


def kind(told: Mapping[str, Any]) -> EstateKind:
    """One kind, as its table says."""
    pays = {name: told[name] for name in ("terms", "price", "unit") if name in told}
    rest = {name: value for name, value in told.items() if name not in pays}
    if not pays:
        return EstateKind(estate_id=0, **rest)
    who = pays.get("terms", "paid" if "price" in pays else "free")
    return EstateKind(
        estate_id=0,
        **rest,
        terms=Terms(kind=who, amount=pays.get("price"), unit=pays.get("unit", {})),
    )
