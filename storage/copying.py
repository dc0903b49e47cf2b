"""Everything of one database into another, empty one: from a SQLite file to PostgreSQL, when one machine is
not enough any more."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, insert, select, text

from storage.engines import open_engine, read_url, shown
from storage.errors import NotEmpty, explained
from storage.migrate import migrate, require_head
from storage.tables import metadata

#: rows read and written at once
PIECE = 500


def copy_database(source: str, target: str) -> list[str]:
    """Copies all or nothing; a line for each table that has rows. The source must not be at work meanwhile.
    Raises `NotEmpty`."""
    old, new = open_engine(read_url(source), pool_size=1), open_engine(read_url(target), pool_size=1)
    migrate(target)
    try:
        with explained(shown(old.url)), old.begin() as there, explained(shown(new.url)), new.begin() as here:
            require_head(there, shown(old.url))
            _must_be_empty(here, shown(new.url))
            return [line for table in metadata.sorted_tables for line in _table(table, there, here)]
    finally:
        old.dispose()
        new.dispose()


def _must_be_empty(here: Connection, database: str) -> None:
    for table in metadata.sorted_tables:
        if here.execute(select(func.count()).select_from(table)).scalar_one():
            raise NotEmpty(database, f"There are rows in {table.name}.")


def _table(table: Table, there: Connection, here: Connection) -> Iterator[str]:
    count = 0
    for piece in there.execute(select(table)).mappings().partitions(PIECE):
        count += _write(table, here, piece)
    if count:
        _go_on_counting(table, here)
        yield f"{table.name}: {count}"


def _write(table: Table, here: Connection, piece: Sequence[RowMapping]) -> int:
    rows: list[dict[str, Any]] = [dict(row) for row in piece]
    here.execute(insert(table), rows)
    return len(rows)


def _go_on_counting(table: Table, here: Connection) -> None:
    """PostgreSQL numbers rows by a sequence, which does not see numbers that were given."""
    if here.dialect.name != "postgresql" or "id" not in table.c:
        return
    if sequence := here.execute(SEQUENCE, {"table": table.name}).scalar():
        highest = here.execute(select(func.max(table.c.id))).scalar_one()
        here.execute(SET, {"sequence": sequence, "highest": highest})


SEQUENCE = text("SELECT pg_get_serial_sequence(:table, 'id')")
SET = text("SELECT setval(CAST(:sequence AS regclass), :highest)")
