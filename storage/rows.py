"""From rows to records and back, and the few statements that every repository needs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from desk.errors import Conflict, NotFound
from storage.link import Link
from storage.prepared import Prepared, Query

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


class Keeper(Shape[N]):
    """The shape of a record with an id, and the statements that read and keep one."""

    def __init__(self, record: type[N], table: Table) -> None:
        super().__init__(record, table)
        self._select = Query(select(*self.columns).where(table.c.id == bindparam("sought")), self.read)
        self._insert = Prepared(insert(table).returning(table.c.id))
        self._update = Prepared(update(table).where(table.c.id == bindparam("sought")))

    def get(self, link: Link, sought: int) -> N:
        """The record; raises `NotFound`."""
        found = self._select.first(link, {"sought": sought})
        if found is None:
            raise NotFound
        return found

    def save(self, link: Link, record: N) -> N:
        """Adds it (id 0) or replaces it; raises `Conflict` if something unique of it is taken."""
        with once_only(link):
            if record.id:
                return self._replace(link, record)
            return replace(record, id=self._insert.value(link, self.values(record)))

    def _replace(self, link: Link, record: N) -> N:
        values = {**self.values(record), "sought": record.id}
        if self._update.change(link, values) == 0:
            raise NotFound
        return record


@contextmanager
def savepoint(link: Link) -> Iterator[None]:
    """Undoes what happens inside, and only that, if it raises.

    Plain statements instead of `begin_nested`, since every update is wrapped in one: 2 µs instead of 60.
    """
    link.run("SAVEPOINT steward", ())
    try:
        yield
    except BaseException:
        if not link.lost:  # with the session, all of it is undone already
            _undo(link)
        raise
    link.run("RELEASE SAVEPOINT steward", ())


def _undo(link: Link) -> None:
    """Back to the savepoint. Where it is gone, so is the transaction around it: SQLite gives up all of one on
    a full disk, and would keep what follows without what came before."""
    try:
        link.run("ROLLBACK TO SAVEPOINT steward", ())
        link.run("RELEASE SAVEPOINT steward", ())
        link.found.clear()  # it may have been what is undone now
        link.undone = True
    except Exception:
        link.cut()


@contextmanager
def once_only(link: Link) -> Iterator[None]:
    """Turns "this key exists already" into `Conflict`, and leaves the transaction usable."""
    try:
        with savepoint(link):
            yield
    except IntegrityError as error:
        name = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
        if name in TAKEN:
            raise Conflict from error
        raise
