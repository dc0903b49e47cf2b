"""Column types: what a record's value looks like in SQLite and in PostgreSQL.

Each hands out its converters itself: SQLAlchemy's own wrapper around a `process_bind_param` would cost as
much as the conversion, some hundred times an update.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Dialect, Integer, SmallInteger, String, Text
from sqlalchemy.dialects.postgresql import JSON, TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.codec import MICROSECOND, codec

#: escapes everything beyond ASCII, so that half a surrogate pair is no error
_escaped = json.JSONEncoder(separators=(",", ":")).encode
_encoder = msgspec.json.Encoder()

#: turns a value of ours into the driver's, or back; None stays None
Convert = Callable[[Any], Any]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def encode(value: Any) -> str:
    """JSON text of plain values."""
    try:
        return _encoder.encode(value).decode()
    except UnicodeEncodeError:
        return _escaped(value)


def decode(text: str) -> Any:
    """Plain values out of JSON text."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:  # as above
        return json.loads(text)


#: SQLite numbers rows by itself only in a column that is called INTEGER
Id = BigInteger().with_variant(Integer(), "sqlite")


def _aware(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be kept")
    return value


def _microseconds(value: datetime | None) -> int | None:
    value = _aware(value)
    return None if value is None else (value - EPOCH) // MICROSECOND


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def _moment(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + timedelta(microseconds=value)


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC: `timestamptz` in PostgreSQL, whole microseconds since 1970 in SQLite.

    Integers rather than ISO text there: they compare and index exactly as the moments do, take eight bytes
    instead of 32, and no writer can spoil the order with another offset or fewer digits. To read them by eye:
    `datetime(opened_at / 1000000, 'unixepoch')`.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = TIMESTAMP(timezone=True) if dialect.name == "postgresql" else BigInteger()
        return dialect.type_descriptor(kind)

    def bind_processor(self, dialect: Dialect) -> Convert:
        return _aware if dialect.name == "postgresql" else _microseconds

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return _in_utc if dialect.name == "postgresql" else _moment


class Packed(TypeDecorator[Any]):
    """A value of any type the codec knows, as JSON text.

    In PostgreSQL it is JSON and not JSONB: JSONB sorts the keys, and the order of a run's answers is what
    "back" goes by.
    """

    impl = Text
    cache_ok = True

    def __init__(self, hint: Any) -> None:
        super().__init__()
        self.hint = hint

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = JSON(none_as_null=True) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)

    def bind_processor(self, dialect: Dialect) -> Convert:
        # the driver of PostgreSQL wants its own wrapper around JSON
        wrapped = super().bind_processor(dialect) if dialect.name == "postgresql" else encode
        pack, to = codec(self.hint).pack, wrapped or _same
        return lambda value: None if value is None else to(pack(value))

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        unpack, back = codec(self.hint).unpack, _same if dialect.name == "postgresql" else decode
        return lambda value: None if value is None else unpack(back(value))


def _same(value: Any) -> Any:
    return value


class Word(TypeDecorator[Any]):
    """A member of a `StrEnum`, as its word."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def bind_processor(self, dialect: Dialect) -> Convert:
        return lambda value: None if value is None else str(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return lambda value: None if value is None else self.kind(value)


class Rank(TypeDecorator[Any]):
    """A member of an `IntEnum`, as its number."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, kind: type[IntEnum]) -> None:
        super().__init__()
        self.kind = kind

    def bind_processor(self, dialect: Dialect) -> Convert:
        return lambda value: None if value is None else int(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return lambda value: None if value is None else self.kind(value)


class Exact(TypeDecorator[Decimal]):
    """A decimal number as text, since SQLite would keep a float of it."""

    impl = String
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:
        return lambda value: None if value is None else str(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return lambda value: None if value is None else Decimal(value)


class Clock(TypeDecorator[time]):
    """A time of day as `08:30:00`, the same on both."""

    impl = String
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:
        return lambda value: None if value is None else value.isoformat()

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return lambda value: None if value is None else time.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A day as `2026-11-30`, which sorts as days do, the same on both."""

    impl = String
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:
        return lambda value: None if value is None else value.isoformat()

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return lambda value: None if value is None else date.fromisoformat(value)


class Sum(TypeDecorator[Decimal]):
    """A sum of money in ten-thousandths, finer than any currency's coins: both add whole numbers up
    exactly."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:
        return _ten_thousandths

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return _sum


def _ten_thousandths(value: Decimal | None) -> int | None:
    if value is None:
        return None
    scaled = value.scaleb(4)
    if scaled != scaled.to_integral_value():
        raise ValueError("a sum of money finer than a ten-thousandth cannot be kept")
    return int(scaled)


def _sum(value: int | Decimal | None) -> Decimal | None:
    """Written with two digits where that says it all. PostgreSQL adds whole numbers up to a decimal."""
    if value is None:
        return None
    rough, rest = divmod(int(value), 100)
    return Decimal(int(value)).scaleb(-4) if rest else Decimal(rough).scaleb(-2)
