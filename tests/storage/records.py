"""Any record the desk could keep, for properties that hold for all of them."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin

from hypothesis import strategies as st

from desk import records
from desk.mail import Delivery, Outgoing
from desk.records import Code, Estate, Event, Home, Occupancy, Person, Queue, Request, Staff, Survey, Timer
from dialogs.engine.runs import Run

START = datetime(1990, 1, 1)  # noqa: DTZ001 - Hypothesis wants bounds without zone
END = datetime(2200, 1, 1)  # noqa: DTZ001

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
NUMBERS = st.integers(-(2**31), 2**31 - 1)
MOMENTS = st.datetimes(START, END, timezones=st.just(UTC))
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: NUMBERS,
    bool: st.booleans(),
    datetime: MOMENTS,
    date: st.dates(),
    time: st.times(),
    timedelta: st.timedeltas(timedelta(-9999), timedelta(9999)),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=2),
    records.Json: JSON,
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that records have."""
    inner = get_args(hint)
    if hint in SIMPLE:
        return SIMPLE[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if is_dataclass(hint):
        return any_of(hint)
    if isinstance(hint, types.UnionType):
        return st.none() | values(inner[0])
    if get_origin(hint) is Mapping:
        return st.dictionaries(WORDS, values(inner[1]), max_size=3)
    if inner[1:] == (...,):
        return st.lists(values(inner[0]), max_size=3).map(tuple)
    return st.tuples(*map(values, inner))


def any_of(kind: Any, **known: Any) -> st.SearchStrategy[Any]:
    """Any record of a kind, with some fields known."""
    unknown = {field.name: values(field.type) for field in fields(kind) if field.name not in known}
    return st.builds(kind, **unknown, **{name: st.just(value) for name, value in known.items()})


KINDS = (
    *(Code, Delivery, Estate, Event, Home, Occupancy, Outgoing, Person),
    *(Queue, Request, Run, Staff, Survey, Timer),
)
ANY = st.sampled_from(KINDS).flatmap(any_of)
