"""Records as JSON and back, by the types that their fields are declared with.

One codec serves the JSON columns of the SQL side and all of the in-memory twin, so both forget the same
things: object identity, and nothing else.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin

from desk import records

MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Codec:
    """The two directions of one type."""

    pack: Callable[[Any], Any]
    unpack: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


SAME = Codec(_same, _same)

#: `records.Json` is a recursive alias, which reads as its own text at run time
PLAIN: tuple[Any, ...] = (str, int, bool, float, type(None), records.Json)

SCALARS: dict[Any, Codec] = {
    datetime: Codec(datetime.isoformat, datetime.fromisoformat),
    date: Codec(date.isoformat, date.fromisoformat),
    time: Codec(time.isoformat, time.fromisoformat),
    timedelta: Codec(lambda span: span // MICROSECOND, lambda count: count * MICROSECOND),
    Decimal: Codec(str, Decimal),
}


def codec(hint: Any) -> Codec:
    """The codec of a type; raises `TypeError` for one that no record should have."""
    return _codec(hint)


@cache
def _codec(hint: Any) -> Codec:
    if hint in PLAIN:
        return SAME
    if hint in SCALARS:
        return SCALARS[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Codec(lambda member: member.value, hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    return _composite(hint)


def _composite(hint: Any) -> Codec:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        return _optional([kind for kind in inner if kind is not type(None)])
    if origin is tuple:
        return _list(codec(inner[0])) if inner[1:] == (...,) else _tuple([codec(kind) for kind in inner])
    if origin in (Mapping, dict):
        return _mapping(codec(inner[1]))
    raise TypeError(f"no JSON form for {hint!r}")


def _optional(kinds: list[Any]) -> Codec:
    if len(kinds) != 1:
        raise TypeError(f"only `… | None` can be told apart in JSON, not {kinds!r}")
    inside = codec(kinds[0])
    return Codec(
        lambda value: None if value is None else inside.pack(value),
        lambda value: None if value is None else inside.unpack(value),
    )


def _list(inside: Codec) -> Codec:
    return Codec(
        lambda items: [inside.pack(item) for item in items],
        lambda items: tuple(inside.unpack(item) for item in items),
    )


def _tuple(places: list[Codec]) -> Codec:
    return Codec(
        lambda items: [place.pack(item) for place, item in zip(places, items, strict=True)],
        lambda items: tuple(place.unpack(item) for place, item in zip(places, items, strict=True)),
    )


def _mapping(inside: Codec) -> Codec:
    return Codec(
        lambda items: {key: inside.pack(value) for key, value in items.items()},
        lambda items: {key: inside.unpack(value) for key, value in items.items()},
    )


def _record(kind: type[Any]) -> Codec:
    """Fields by name. Kept JSON may lack a field that is newer than it: then the default holds."""
    parts: dict[str, Codec] = {field.name: codec(field.type) for field in fields(kind)}
    needed = {field.name for field in fields(kind) if _required(field)}

    def unpack(kept: Mapping[str, Any]) -> Any:
        if missing := needed - kept.keys():
            raise ValueError(f"{kind.__name__} lacks {sorted(missing)}")
        return kind(**{name: part.unpack(kept[name]) for name, part in parts.items() if name in kept})

    return Codec(
        lambda record: {name: part.pack(getattr(record, name)) for name, part in parts.items()},
        unpack,
    )


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
