"""Column types: what a record's value looks like in SQLite and in PostgreSQL."""

import json
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, SmallInteger, String, Text
from sqlalchemy.dialects.postgresql import JSON, TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.codec import MICROSECOND, codec

#: set up once; everything beyond ASCII is escaped, so that half a surrogate pair is no error
encode = json.JSONEncoder(separators=(",", ":")).encode

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: SQLite numbers rows by itself only in a column that is called INTEGER
Id = BigInteger().with_variant(Integer(), "sqlite")


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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        return value if dialect.name == "postgresql" else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return EPOCH + timedelta(microseconds=value)


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

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        packed = codec(self.hint).pack(value)
        return packed if dialect.name == "postgresql" else encode(packed)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        return codec(self.hint).unpack(value if dialect.name == "postgresql" else json.loads(value))


class Word(TypeDecorator[Any]):
    """A member of a `StrEnum`, as its word."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


class Rank(TypeDecorator[Any]):
    """A member of an `IntEnum`, as its number."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, kind: type[IntEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> IntEnum | None:
        return None if value is None else self.kind(value)


class Exact(TypeDecorator[Decimal]):
    """A decimal number as text, since SQLite would keep a float of it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Clock(TypeDecorator[time]):
    """A time of day as `08:30:00`, the same on both."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> time | None:
        return None if value is None else time.fromisoformat(value)
