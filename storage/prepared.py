"""Statements whose words and converters are worked out once for each database, not at every run.

`Connection.execute` looks a statement up in its cache, sets up a context and a result object: about 20 µs,
40 with many columns, against 2 to 10 of SQLite's own. An update runs some fifteen statements in the one
thread that writes, so they go straight to the driver's cursor, in the very words that SQLAlchemy compiles,
with its types' converters and its errors. Rejected: `exec_driver_sql`, which saves only half of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]
Values = Mapping[str, Any]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement as one database takes it."""

    text: str
    #: parameters in their order, with what turns a value into the driver's
    places: tuple[tuple[str, Convert | None], ...]
    #: values that are part of the statement
    fixed: Values
    #: what turns the driver's value of a column back
    columns: tuple[Convert | None, ...]
    by_name: bool

    def parameters(self, values: Values) -> Any:
        """The values as the driver wants them."""
        known = {**self.fixed, **values}
        if self.by_name:
            return {name: known[name] if to is None else to(known[name]) for name, to in self.places}
        return tuple([known[name] if to is None else to(known[name]) for name, to in self.places])

    def read(self, row: Row) -> Row:
        """A row of the driver's as one of ours."""
        return tuple(
            value if back is None else back(value) for back, value in zip(self.columns, row, strict=True)
        )


class Prepared:
    """A statement that is run often, always with the same names of values."""

    def __init__(self, statement: Executable | Callable[[Any], Executable]) -> None:
        """A function is given `insert` of SQLite or PostgreSQL, as each has its own ON CONFLICT."""
        self._statement = statement
        self._plans: dict[str, Plan] = {}

    def rows(self, connection: Connection, values: Values) -> list[Row]:
        """Runs it; all rows of the answer."""
        plan = self._plan(connection.dialect, values)
        return [plan.read(row) for row in run(connection, plan.text, plan.parameters(values))[0]]

    def row(self, connection: Connection, values: Values) -> Row | None:
        """Runs it; the first row, if there is one."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None

    def value(self, connection: Connection, values: Values) -> Any:
        """Runs it; the one value of its one row."""
        return self.rows(connection, values)[0][0]

    def change(self, connection: Connection, values: Values) -> int:
        """Runs it; how many rows it changed."""
        plan = self._plan(connection.dialect, values)
        return run(connection, plan.text, plan.parameters(values))[1]

    def many(self, connection: Connection, batch: Sequence[Values]) -> None:
        """Runs it once for each of a batch."""
        if batch:
            plan = self._plan(connection.dialect, batch[0])
            run(connection, plan.text, [plan.parameters(values) for values in batch], many=True)

    def _plan(self, dialect: Dialect, values: Values) -> Plan:
        """Two threads may both work it out at first; they come to the same."""
        plan = self._plans.get(dialect.name)
        if plan is None:
            plan = self._plans[dialect.name] = _planned(self._built(dialect), dialect, values)
        return plan

    def _built(self, dialect: Dialect) -> Any:
        if isinstance(self._statement, Executable):
            return self._statement
        return self._statement(sqlite.insert if dialect.name == "sqlite" else postgresql.insert)


def run(connection: Connection, text: str, parameters: Any, *, many: bool = False) -> tuple[list[Row], int]:
    """Runs text on the driver's cursor: its rows, and how many it changed."""
    cursor = connection.connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(text, parameters)
        rows: list[Row] = list(cursor.fetchall()) if cursor.description else []
        return rows, cursor.rowcount
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, text, error) from error
    finally:
        cursor.close()


def _told(connection: Connection, text: str, error: Any) -> BaseException:
    """The driver's error as SQLAlchemy tells it; a connection that is lost does not go back to the pool."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection, None)
    _keep_quiet(error)
    if lost:
        connection.invalidate(error)
    told: BaseException = DBAPIError.instance(
        text, None, error, dialect.loaded_dbapi.Error, True, connection_invalidated=lost, dialect=dialect
    )
    return told


def _keep_quiet(error: Any) -> None:
    """PostgreSQL quotes the row that broke a rule, and with it what people wrote: only the rule is told."""
    rule = getattr(getattr(error, "diag", None), "message_primary", None)
    if rule:
        error.args = (rule,)


def _planned(statement: Any, dialect: Dialect, values: Values) -> Plan:
    names = None if statement.is_select else list(values)
    compiled = statement.compile(dialect=dialect, column_keys=names)
    order = compiled.positiontup if compiled.positional else list(compiled.binds)
    answer = statement.column_descriptions if statement.is_select else statement.returning_column_descriptions
    return Plan(
        text=str(compiled),
        places=tuple((name, _to(compiled, name, dialect)) for name in order),
        fixed={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        columns=tuple(
            column["type"].dialect_impl(dialect).result_processor(dialect, None) for column in answer
        ),
        by_name=not compiled.positional,
    )


def _to(compiled: SQLCompiler, name: str, dialect: Dialect) -> Convert | None:
    to: Convert | None = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
    return to
