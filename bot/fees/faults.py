"""What an import would do, and what is wrong with its rows, in words."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.fees.files import TABLES
from desk.fees.plans import Entry, Plan
from desk.fees.rows import Fault, Row, Table, Wrong
from desk.records import Home
from desk.records.fees import Charge, Payment, Reading, Tariff
from dialogs.engine.screen import cut
from locales.text import EMPTY, Joined, Lines, Money, Text, Value, _, _n

#: how many rows and problems a summary shows, and how much of a cell
ROWS, PROBLEMS, SHOWN = 3, 10, 60

#: `given` is what the cell holds, `wanted` what would fit, `column` its header
WHY: Final[Mapping[Wrong, Text]] = {
    Wrong.MISSING: _("{column} is empty"),
    Wrong.TOO_LONG: _("{column} is longer than {wanted} characters"),
    Wrong.BAD_NUMBER: _("{column}: “{given}” is no number such as 1204.50"),
    Wrong.BAD_DATE: _("{column}: “{given}” is no day such as 2026-11-30"),
    Wrong.BAD_PERIOD: _("{column}: “{given}” is no month such as 2026-11"),
    Wrong.BAD_TYPE: _("{column}: “{given}” is no kind of fee; known are: {wanted}"),
    Wrong.BAD_BASIS: _("{column}: “{given}” must be one of: {wanted}"),
    Wrong.BAD_ANSWER: _("{column}: “{given}” must be yes or no"),
    Wrong.NO_HOME: _("there is no home “{given}”"),
    Wrong.NO_TARIFF: _("there is no tariff “{given}” for that time"),
    Wrong.NO_METER: _("this home has no such meter; import its readings first"),
    Wrong.OTHER_HOME: _("the meter “{given}” is in another home"),
    Wrong.SEVERAL_METERS: _("the home has several meters; name one in the column line: {wanted}"),
    Wrong.NO_READINGS: _(
        "the meter {wanted} needs a reading from before this month and one from its end: "
        "import the readings first"
    ),
    Wrong.BACKWARDS: _("{column}: {given} does not go with the reading {wanted}; meters count up"),
    Wrong.NO_AREA: _("the area of home “{given}” is not known"),
    Wrong.NOT_ROUND: _("{column}: {given} is finer than the smallest coin"),
    Wrong.NO_AMOUNT: _("neither an amount, nor a quantity with its price"),
    Wrong.WRONG_AMOUNT: _("{column}: {given} is not what it comes to: {wanted}"),
    Wrong.NOTHING_PAID: _("nothing was paid"),
    Wrong.FUTURE: _("{column}: {given} is still to come"),
    Wrong.BY_TELEGRAM: _("{given} was paid in Telegram and cannot be changed"),
    Wrong.TWICE: _("is there twice, first in row {wanted}"),
}


def why(fault: Fault) -> Value:
    """What is wrong with a row."""
    column = fault.row.headers.get(fault.column, fault.column)
    values = {"column": column, "given": cut(fault.given, SHOWN), "wanted": cut(fault.wanted, 2 * SHOWN)}
    text = WHY[fault.why]
    return Text(text.id, {name: value for name, value in values.items() if "{" + name + "}" in text.id})


def place(row: Row) -> Value:
    """Where a row is."""
    if row.sheet:
        return _("{sheet}, row {row}", sheet=cut(row.sheet, SHOWN), row=row.number)
    return _("row {row}", row=row.number)


def problem(fault: Fault) -> Value:
    """One bad row."""
    return _("{place}: {why}", place=place(fault.row), why=why(fault))


def problems(faults: Sequence[Fault]) -> Value:
    """The first bad rows, and how many there are."""
    rest = len(faults) - PROBLEMS
    return Lines(
        (
            _n(
                "❌ {n} row cannot be taken in. Nothing was changed.",
                "❌ {n} rows cannot be taken in. Nothing was changed.",
                len(faults),
            ),
            *(problem(one) for one in faults[:PROBLEMS]),
            _n("and {n} more", "and {n} more", rest) if rest > 0 else EMPTY,
        )
    )


class Summary:
    """What a plan would change, in an estate's money and by its doors."""

    def __init__(self, plan: Plan, currency: str, homes: Sequence[Home]) -> None:
        self._plan = plan
        self._currency = currency
        self._homes = {home.id: home.code for home in homes}

    def lines(self) -> list[Value]:
        """Counts and sums, the first rows of each table, and every kind of change."""
        told = [line for table in TABLES for line in self._table(table)]
        if self._plan.same:
            told.append(_n("{n} row is known already", "{n} rows are known already", self._plan.same))
        return told

    def _table(self, table: Table) -> list[Value]:
        added, changed = self._plan.added(table), self._plan.changed(table)
        if not added and not changed:
            return []
        head = _(
            "<b>{table}</b>: {added} new, {changed} changed",
            table=TABLES[table],
            added=len(added),
            changed=len(changed),
        )
        rows = [*(self._row(one) for one in changed[:ROWS]), *(self._row(one) for one in added[:ROWS])]
        rest = len(added) + len(changed) - len(rows)
        more = [_n("and {n} more", "and {n} more", rest)] if rest > 0 else []
        return [Joined((head, *self._sum(table)), " · "), *rows, *more]

    def _sum(self, table: Table) -> list[Value]:
        if table not in {Table.CHARGES, Table.PAYMENTS}:
            return []
        return [Money(self._plan.sum(table), self._currency)]

    def _row(self, entry: Entry) -> Value:
        new, old = self._told(entry.new), self._told(entry.old) if entry.old is not None else None
        name = self._name(entry)
        if old is None:
            return _("+ {name}: {new}", name=name, new=new)
        return _("~ {name}: {old} → {new}", name=name, old=old, new=new)

    def _name(self, entry: Entry) -> Value:
        match entry.new:
            case Charge(home_id=home, period=period, tariff=tariff, line=line):
                return (
                    Joined((self._homes[home], period, tariff, line), " ")
                    if line
                    else self._of(home, period, tariff)
                )
            case Payment(home_id=home, reference=reference):
                return self._of(home, reference)
            case Reading(at=at):
                return self._words(entry.meter, at.isoformat())
            case Tariff(code=code, since=since):
                return self._words(code, since.isoformat())
            case _:
                return entry.meter

    def _of(self, home: int, *words: str) -> Value:
        return self._words(self._homes[home], *words)

    @staticmethod
    def _words(*words: str) -> Value:
        return Joined(words, " ")

    def _told(self, record: object) -> Value:
        match record:
            case Charge(amount=amount) | Payment(amount=amount):
                return Money(amount, self._currency)
            case Reading(value=value):
                return value
            case Tariff(price=price):
                return Money(price, self._currency, exact=True)
            case _:
                return EMPTY
