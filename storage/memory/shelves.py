"""Tables in memory: JSON text by key, with transactions that can be undone."""

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from storage.codec import codec
from storage.errors import DatabaseUnwritable

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


class Row(NamedTuple):
    """A record as text, and the values it is looked up by."""

    text: str
    marks: tuple[Any, ...]


Rows = dict[Hashable, Row]


class Room:
    """What one transaction sees. A table is copied before its first change, so going back is one step."""

    def __init__(self, tables: dict[str, Rows], *, writable: bool) -> None:
        self.tables = dict(tables)
        self._own: set[str] = set()
        self._writable = writable
        #: whether something of it was undone
        self.undone = False

    def seen(self, name: str) -> Rows:
        """A table to read."""
        return self.tables.get(name, {})

    def changed(self, name: str) -> Rows:
        """A table to write."""
        if not self._writable:
            raise DatabaseUnwritable("memory", "This transaction only reads.")
        if name not in self._own:
            self.tables[name] = dict(self.seen(name))
            self._own.add(name)
        return self.tables[name]

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undoes what happens inside, and only that, if it raises."""
        before, own = dict(self.tables), self._own
        self._own = set()
        try:
            yield
        except BaseException:
            self.tables, self._own, self.undone = before, own, True
            raise
        self._own |= own


class Shelf(Generic[R]):
    """One table of one kind of record."""

    def __init__(self, room: Room, name: str, record: type[R], marks: Sequence[str] = ()) -> None:
        self._room = room
        self._name = name
        self._codec = codec(record)
        self._marks = tuple(marks)
        self._marked = [attrgetter(mark) for mark in marks]

    def get(self, key: Hashable) -> R | None:
        """The record with this key."""
        row = self._room.seen(self._name).get(key)
        return None if row is None else self._read(row)

    def put(self, key: Hashable, record: R) -> None:
        """Adds or replaces."""
        text = json.dumps(self._codec.pack(record))
        row = Row(text, tuple(get(record) for get in self._marked))
        self._room.changed(self._name)[key] = row

    def remove(self, key: Hashable) -> None:
        """Drops it if it is there."""
        if key in self._room.seen(self._name):
            del self._room.changed(self._name)[key]

    def all(self) -> list[R]:
        """Every record, in the order they were added."""
        return [self._read(row) for row in self._room.seen(self._name).values()]

    def where(self, **wanted: Any) -> list[R]:
        """The records whose marks are these, in the order they were added."""
        places = [(self._marks.index(mark), value) for mark, value in wanted.items()]
        rows = self._room.seen(self._name).values()
        return [self._read(row) for row in rows if all(row.marks[at] == value for at, value in places)]

    def sweep(self, old: Callable[[R], bool], limit: int) -> int:
        """Drops at most so many records that are old; how many it were."""
        rows = self._room.seen(self._name)
        keys = [key for key, row in rows.items() if old(self._read(row))][:limit]
        for key in keys:
            self.remove(key)
        return len(keys)

    def next_id(self) -> int:
        """A number that no record of this table had before."""
        ids = self._room.changed("ids")
        number: int = (ids[self._name].marks[0] if self._name in ids else 0) + 1
        ids[self._name] = Row("", (number,))
        return number

    def _read(self, row: Row) -> R:
        record: R = self._codec.unpack(json.loads(row.text))
        return record
