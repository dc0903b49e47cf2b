"""From rows to records and back, and the few statements that every repository needs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from sqlalchemy import Connection, Executable, Insert, Table, Update, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from desk.errors import Conflict, NotFound

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    class Numbered(DataclassInstance, Protocol):
        """A record with an id, which is 0 until it is kept."""

        @property
        def id(self) -> int: ...


R = TypeVar("R", bound="DataclassInstance")
N = TypeVar("N", bound="Numbered")
Values = dict[str, Any]

#: SQLite's name and PostgreSQL's number for "this key exists already"
TAKEN = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}


class Shape(Generic[R]):
    """Which columns of a table make a record; all fields but those in `apart` have one of the same name."""

    def __init__(self, record: type[R], table: Table, apart: Sequence[str] = ()) -> None:
        self.record = record
        self.table = table
        self.names = tuple(field.name for field in fields(record) if field.name not in apart)
        self.columns = [table.c[name] for name in self.names]
        self._values = attrgetter(*self.names)

    def read(self, row: Sequence[Any]) -> R:
        """The record in a row that begins with this shape's columns."""
        return self.record(**dict(zip(self.names, row, strict=False)))

    def maybe(self, row: Sequence[Any] | None) -> R | None:
        """The record, if there is a row."""
        return None if row is None else self.read(row)

    def all(self, rows: Sequence[Sequence[Any]]) -> tuple[R, ...]:
        """The records of all rows."""
        return tuple(self.read(row) for row in rows)

    def values(self, record: R) -> Values:
        """What to write; an id of 0 is left out, since the database gives it."""
        values = dict(zip(self.names, self._values(record), strict=True))
        if values.get("id") == 0:
            del values["id"]
        return values


def added(connection: Connection, statement: Insert, values: Values) -> int:
    """Runs an insert; the id that the database gave."""
    key = connection.execute(statement, values).inserted_primary_key
    number: int = key[0] if key else 0
    return number


class Keeper(Shape[N]):
    """The shape of a record with an id, and the statements that read and keep one."""

    def __init__(self, record: type[N], table: Table) -> None:
        super().__init__(record, table)
        self._select = select(*self.columns).where(table.c.id == bindparam("sought"))
        self._insert: Insert = insert(table)
        self._update: Update = update(table).where(table.c.id == bindparam("sought"))

    def get(self, connection: Connection, sought: int) -> N:
        """The record; raises `NotFound`."""
        row = connection.execute(self._select, {"sought": sought}).first()
        if row is None:
            raise NotFound
        return self.read(row)

    def save(self, connection: Connection, record: N) -> N:
        """Adds it (id 0) or replaces it; raises `Conflict` if something unique of it is taken."""
        with once_only(connection):
            if record.id:
                return self._replace(connection, record)
            return replace(record, id=added(connection, self._insert, self.values(record)))

    def _replace(self, connection: Connection, record: N) -> N:
        values = {**self.values(record), "sought": record.id}
        if connection.execute(self._update, values).rowcount == 0:
            raise NotFound
        return record


class Upsert:
    """An insert with ON CONFLICT, built once for each database, as each has its own construct for it."""

    def __init__(self, build: Callable[[Any], Executable]) -> None:
        self._built: Mapping[str, Executable] = {
            "sqlite": build(sqlite.insert),
            "postgresql": build(postgresql.insert),
        }

    def on(self, connection: Connection) -> Executable:
        """The statement in the words of this connection's database."""
        return self._built[connection.dialect.name]


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Undoes what happens inside, and only that, if it raises.

    Plain statements instead of `begin_nested`: they cost a third, and every update is wrapped in one.
    """
    connection.exec_driver_sql("SAVEPOINT steward")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT steward")
        connection.exec_driver_sql("RELEASE SAVEPOINT steward")
        raise
    connection.exec_driver_sql("RELEASE SAVEPOINT steward")


@contextmanager
def once_only(connection: Connection) -> Iterator[None]:
    """Turns "this key exists already" into `Conflict`, and leaves the transaction usable."""
    try:
        with savepoint(connection):
            yield
    except IntegrityError as error:
        name = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
        if name in TAKEN:
            raise Conflict from error
        raise
