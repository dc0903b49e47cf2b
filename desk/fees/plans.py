"""What an import would change, before anything is: every record as it is and as it would be."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from desk.fees.money import ZERO
from desk.fees.rows import Fault, Row, Table
from desk.ports import Work
from desk.records.fees import Charge, Meter, Payment, Reading, Tariff

Kept: TypeAlias = Tariff | Meter | Reading | Charge | Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record that an import adds or changes."""

    row: Row
    new: Kept
    #: as it is kept; None if it is not there yet
    old: Kept | None = None
    #: the meter's number, of readings: a new meter has no id before it is kept
    meter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    #: rows that say what is known already
    same: int

    @property
    def ready(self) -> bool:
        """Whether it may be carried out, and there is something to do."""
        return bool(self.entries) and not self.faults

    @property
    def fingerprint(self) -> str:
        """The same for the same changes to the same records: what was shown is what is done, or nothing."""
        words = "\n".join(repr((one.new, one.old, one.meter)) for one in self.entries)
        return hashlib.sha256(words.encode()).hexdigest()[:32]

    def added(self, table: Table) -> tuple[Entry, ...]:
        """What is new in a table."""
        return tuple(one for one in self._of(table) if one.old is None)

    def changed(self, table: Table) -> tuple[Entry, ...]:
        """What changes in a table."""
        return tuple(one for one in self._of(table) if one.old is not None)

    def sum(self, table: Table) -> Decimal:
        """By how much the charges or payments of an estate grow."""
        entries = self._of(table)
        return _amounts(one.new for one in entries) - _amounts(one.old for one in entries)

    def bills(self) -> tuple[Charge, ...]:
        """A charge of each bill that is touched: of each home and month one."""
        charges = [one.new for one in self._of(Table.CHARGES) if isinstance(one.new, Charge)]
        return tuple({(one.home_id, one.period): one for one in charges}.values())

    def _of(self, table: Table) -> tuple[Entry, ...]:
        return tuple(one for one in self.entries if one.row.table is table and not isinstance(one.new, Meter))


def _amounts(records: Iterable[Kept | None]) -> Decimal:
    known = [one for one in records if isinstance(one, Charge | Payment)]
    return sum((one.amount for one in known), ZERO)


def carry_out(work: Work, plan: Plan) -> None:
    """Keeps everything that a plan says, in the one transaction given."""
    meters: dict[str, int] = {}
    for one in plan.entries:
        match one.new:
            case Tariff():
                work.fees.save_tariff(one.new)
            case Meter():
                meters[one.new.code] = work.fees.save_meter(one.new).id
            case Reading():
                meter = one.new.meter_id or meters[one.meter]
                work.fees.save_reading(replace(one.new, meter_id=meter))
            case Charge():
                work.fees.save_charge(one.new)
            case Payment():
                work.fees.save_payment(one.new)
