"""Statements whose words and converters are worked out once for each database, not at every run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from storage.link import Link, Row

R = TypeVar("R")
Convert = Callable[[Any], Any]
Values = Mapping[str, Any]

#: how many rows of one query are remembered with their records
REMEMBERED = 256
#: Who lives and works where: an update asks for it again and again, and hardly ever changes it. So within a
#: transaction the same question is put once, until one of these tables is written.
STANDING = frozenset({"estates", "homes", "queues", "estate_kinds", "people", "occupancies", "staff"})


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
    #: whether it reads standing tables only, and whether it writes one
    standing: bool
    unsettles: bool
    #: records by the driver's row
    records: dict[Row, Any] = field(default_factory=dict)

    def parameters(self, values: Values) -> Any:
        """The values as the driver wants them."""
        known = {**self.fixed, **values} if self.fixed else values
        if self.by_name:
            return {name: known[name] if to is None else to(known[name]) for name, to in self.places}
        return tuple([known[name] if to is None else to(known[name]) for name, to in self.places])

    def read(self, row: Row) -> Row:
        """A row of the driver's as one of ours."""
        return tuple(
            [value if back is None else back(value) for back, value in zip(self.columns, row, strict=True)]
        )


class Prepared:
    """A statement that is run often, always with the same names of values."""

    def __init__(self, statement: Executable | Callable[[Any], Executable]) -> None:
        """A function is given `insert` of SQLite or PostgreSQL, as each has its own ON CONFLICT."""
        self._statement = statement
        self._plans: dict[str, Plan] = {}

    def rows(self, link: Link, values: Values) -> list[Row]:
        """Runs it; all rows of the answer."""
        plan = self._plan(link.dialect, values)
        return [plan.read(row) for row in _run(link, plan, values)[0]]

    def row(self, link: Link, values: Values) -> Row | None:
        """Runs it; the first row, if there is one."""
        rows = self.rows(link, values)
        return rows[0] if rows else None

    def value(self, link: Link, values: Values) -> Any:
        """Runs it; the one value of its one row."""
        return self.rows(link, values)[0][0]

    def change(self, link: Link, values: Values) -> int:
        """Runs it; how many rows it changed."""
        plan = self._plan(link.dialect, values)
        return _run(link, plan, values)[1]

    def many(self, link: Link, batch: Sequence[Values]) -> None:
        """Runs it once for each of a batch."""
        if batch:
            plan = self._plan(link.dialect, batch[0])
            _unsettle(link, plan)
            link.run(plan.text, [plan.parameters(values) for values in batch], many=True)

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


class Query(Prepared, Generic[R]):
    """A query that is run often, and what makes a record of a row.

    The same row makes the same record, which is frozen: an estate or a person is read at every update and
    hardly ever changes, so the last few hundred are remembered by their rows. The database is asked all the
    same, so nothing here can be out of date.
    """

    def __init__(self, statement: Executable | Callable[[Any], Executable], read: Callable[[Row], R]) -> None:
        super().__init__(statement)
        self._read = read

    def all(self, link: Link, values: Values) -> tuple[R, ...]:
        """Runs it; the records of all rows."""
        plan = self._plan(link.dialect, values)
        if not plan.standing:
            return self._found(link, plan, values)
        asked = (self, *values.values())
        found: tuple[R, ...] | None = link.found.get(asked)
        if found is None:
            found = link.found[asked] = self._found(link, plan, values)
        return found

    def first(self, link: Link, values: Values) -> R | None:
        """Runs it; the record of the first row, if there is one."""
        found = self.all(link, values)
        return found[0] if found else None

    def _found(self, link: Link, plan: Plan, values: Values) -> tuple[R, ...]:
        return tuple([self._record(plan, row) for row in _run(link, plan, values)[0]])

    def _record(self, plan: Plan, row: Row) -> R:
        try:
            record: R | None = plan.records.get(row)
        except TypeError:  # PostgreSQL's driver hands JSON over taken apart
            return self._read(plan.read(row))
        if record is None:
            record = self._read(plan.read(row))
            if len(plan.records) >= REMEMBERED:
                plan.records.clear()
            plan.records[row] = record
        return record


def _run(link: Link, plan: Plan, values: Values) -> tuple[list[Row], int]:
    _unsettle(link, plan)
    return link.run(plan.text, plan.parameters(values))


def _unsettle(link: Link, plan: Plan) -> None:
    if plan.unsettles:
        link.found.clear()


def _planned(statement: Any, dialect: Dialect, values: Values) -> Plan:
    names = None if statement.is_select else list(values)
    compiled = statement.compile(dialect=dialect, column_keys=names)
    order = compiled.positiontup if compiled.positional else list(compiled.binds)
    answer = statement.column_descriptions if statement.is_select else statement.returning_column_descriptions
    tables = {
        table.name for table in (statement.get_final_froms() if statement.is_select else [statement.table])
    }
    return Plan(
        text=str(compiled),
        places=tuple((name, _to(compiled, name, dialect)) for name in order),
        fixed={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        columns=tuple(
            column["type"].dialect_impl(dialect).result_processor(dialect, None) for column in answer
        ),
        by_name=not compiled.positional,
        standing=statement.is_select and tables <= STANDING,
        unsettles=not statement.is_select and bool(tables & STANDING),
    )


def _to(compiled: SQLCompiler, name: str, dialect: Dialect) -> Convert | None:
    to: Convert | None = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
    return to
