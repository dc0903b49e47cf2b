"""From rows of the office's files to a plan: what they say is checked against what is kept."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from desk.fees import rows
from desk.fees.computing import Counted, counted, in_force, line_amount
from desk.fees.money import is_round
from desk.fees.periods import is_period, last_day
from desk.fees.plans import Entry, Kept, Plan
from desk.fees.rows import Fault, Row, Table, Unfit, Wrong
from desk.ports import Work
from desk.records import Estate, Home
from desk.records.fees import Basis, Charge, FeeType, Meter, Payment, Reading, Tariff

#: the order in which tables are gone through: charges are computed from tariffs and readings of the same file
ORDER = (Table.TARIFFS, Table.READINGS, Table.CHARGES, Table.PAYMENTS)


def plan(work: Work, estate: Estate, given: Sequence[Row], now: datetime) -> Plan:
    """What these rows would change in an estate, and which of them cannot be taken in."""
    known = _Known(work, estate, now)
    takes: dict[Table, Callable[[Row], None]] = {
        Table.TARIFFS: lambda row: _tariff(known, row),
        Table.READINGS: lambda row: _reading(known, row),
        Table.CHARGES: lambda row: _charge(known, row),
        Table.PAYMENTS: lambda row: _payment(known, row),
    }
    for row in sorted(given, key=lambda one: ORDER.index(one.table)):
        try:
            takes[row.table](row)
        except Unfit as unfit:
            known.faults.append(unfit.fault)
    return Plan(entries=tuple(known.entries), faults=tuple(known.faults), same=known.same)


@dataclass(slots=True)
class _Known:
    """What is kept, with what the rows so far would make of it."""

    work: Work
    estate: Estate
    now: datetime
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0
    homes: dict[str, Home] = field(init=False)
    tariffs: list[Tariff] = field(init=False)
    meters: dict[str, Meter] = field(init=False)
    #: by home and tariff
    counting: dict[tuple[int, str], list[Meter]] = field(init=False)
    _readings: dict[str, list[Reading]] = field(default_factory=dict)
    _charges: dict[str, dict[tuple[int, str, str], Charge]] = field(default_factory=dict)
    _rows: dict[Hashable, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fees, estate = self.work.fees, self.estate.id
        self.homes = {home.code: home for home in self.work.estates.homes(estate)}
        self.tariffs = list(fees.tariffs(estate))
        self.meters = {}
        self.counting = {}
        for meter in fees.meters(estate):
            self.hang(meter)

    def hang(self, meter: Meter) -> None:
        """One more meter is known."""
        self.meters[meter.code] = meter
        self.counting.setdefault((meter.home_id, meter.tariff), []).append(meter)

    def readings(self, meter: Meter) -> list[Reading]:
        """What a meter showed."""
        if meter.code not in self._readings:
            self._readings[meter.code] = list(self.work.fees.readings(meter.id)) if meter.id else []
        return self._readings[meter.code]

    def charge(self, home: int, period: str, tariff: str, line: str) -> Charge | None:
        """The charge of this name."""
        if period not in self._charges:
            found = self.work.fees.charges_in(self.estate.id, period)
            self._charges[period] = {(one.home_id, one.tariff, one.line): one for one in found}
        return self._charges[period].get((home, tariff, line))

    def home(self, row: Row) -> Home:
        """The home that a row names."""
        found = self.homes.get(rows.needed(row, "home"))
        if found is None:
            raise Unfit(row, Wrong.NO_HOME, "home")
        return found

    def once(self, row: Row, *name: Hashable) -> None:
        """What names a record may be in a file once only."""
        first = self._rows.setdefault((row.table, *name), row)
        if first is not row:
            raise Unfit(row, Wrong.TWICE, wanted=f"{first.number}")

    def keep(self, row: Row, new: Kept, old: Kept | None, meter: str = "") -> None:
        """Notes what a row would change."""
        if new == old:
            self.same += 1
        else:
            self.entries.append(Entry(row=row, new=new, old=old, meter=meter))


def _tariff(known: _Known, row: Row) -> None:
    code, since = rows.needed(row, "code"), rows.day(row, "since")
    known.once(row, code, since)
    old = next((one for one in known.tariffs if (one.code, one.since) == (code, since)), None)
    new = Tariff(
        id=old.id if old else 0,
        estate_id=known.estate.id,
        code=code,
        title=rows.titles(row),
        type=rows.fee_type(row),
        basis=rows.basis(row),
        measure=rows.text(row, "measure"),
        price=rows.needed_number(row, "price"),
        since=since,
    )
    known.keep(row, new, old)
    known.tariffs = [one for one in known.tariffs if one is not old] + [new]


def _reading(known: _Known, row: Row) -> None:
    home, at, value = known.home(row), rows.day(row, "date"), rows.needed_number(row, "value")
    meter = _meter(known, row, home)
    known.once(row, meter.code, at)
    others = [one for one in known.readings(meter) if one.at != at]
    old = next((one for one in known.readings(meter) if one.at == at), None)
    _forwards(row, others, at, value)
    new = Reading(id=old.id if old else 0, meter_id=meter.id, at=at, value=value)
    known.keep(row, new, old, meter.code)
    known.readings(meter)[:] = [*others, new]


def _meter(known: _Known, row: Row, home: Home) -> Meter:
    """The meter that a row names; one that nobody knows is new, if the row says what it counts for."""
    code = rows.needed(row, "meter")
    found = known.meters.get(code)
    if found is not None and found.home_id != home.id:
        raise Unfit(row, Wrong.OTHER_HOME, "meter")
    if found is None:
        tariff = rows.needed(row, "tariff")
        if all(one.code != tariff for one in known.tariffs):
            raise Unfit(row, Wrong.NO_TARIFF, "tariff")
        found = Meter(estate_id=known.estate.id, home_id=home.id, code=code, tariff=tariff)
        known.hang(found)
        known.entries.append(Entry(row=row, new=found))
    return found


def _forwards(row: Row, others: Sequence[Reading], at: date, value: Decimal) -> None:
    """A meter only counts up; one that was exchanged has another number."""
    before = max((one for one in others if one.at < at), key=lambda one: one.at, default=None)
    after = min((one for one in others if one.at > at), key=lambda one: one.at, default=None)
    for other, backwards in (
        (before, before and before.value > value),
        (after, after and after.value < value),
    ):
        if other is not None and backwards:
            raise Unfit(row, Wrong.BACKWARDS, "value", f"{other.value} ({other.at})")


def _payment(known: _Known, row: Row) -> None:
    home, reference = known.home(row), rows.needed(row, "reference", 64)
    known.once(row, reference)
    old = known.work.fees.by_reference(known.estate.id, reference)
    new = Payment(
        id=old.id if old else 0,
        estate_id=known.estate.id,
        home_id=home.id,
        at=rows.at(row, "date", known.estate.time_zone).astimezone(known.now.tzinfo),
        amount=_sum(known, row),
        method=rows.text(row, "method") or "transfer",
        reference=reference,
        person_id=old.person_id if old else None,
        provider=old.provider if old else "",
    )
    if old is not None and old.method in {"telegram", "refund"} and new != old:
        raise Unfit(row, Wrong.BY_TELEGRAM, "reference")
    if new.at.date() > known.now.date():
        raise Unfit(row, Wrong.FUTURE, "date")
    known.keep(row, new, old)


def _sum(known: _Known, row: Row) -> Decimal:
    """What was paid."""
    amount = rows.needed_number(row, "amount")
    if not is_round(amount, known.estate.currency):
        raise Unfit(row, Wrong.NOT_ROUND, "amount")
    if not amount:
        raise Unfit(row, Wrong.NOTHING_PAID, "amount")
    return amount


def _charge(known: _Known, row: Row) -> None:
    home, period = known.home(row), rows.needed(row, "period")
    if not is_period(period):
        raise Unfit(row, Wrong.BAD_PERIOD, "period")
    code, line = rows.text(row, "tariff"), rows.text(row, "line")
    tariff = in_force(known.tariffs, code, last_day(period)) if code else None
    if code and tariff is None:
        raise Unfit(row, Wrong.NO_TARIFF, "tariff")
    kind = tariff.type if tariff else rows.fee_type(row)
    known.once(row, home.id, period, code or kind, line)
    old = known.charge(home.id, period, code or kind, line)
    new = _line(known, row, home, tariff, kind)
    if old is not None:
        new = replace(new, id=old.id, dispute_id=old.dispute_id)
    known.keep(row, new, old)


def _line(known: _Known, row: Row, home: Home, tariff: Tariff | None, kind: FeeType) -> Charge:
    """A charge that is not there yet, with everything that its row leaves to be computed."""
    meter = _counts(known, row, home, tariff)
    start, end = (meter.start, meter.end) if meter else (None, None)
    quantity, price = _quantity(row, home, tariff, meter), rows.number(row, "price")
    if price is None and tariff is not None and quantity is not None:
        price = tariff.price
    return Charge(
        estate_id=known.estate.id,
        home_id=home.id,
        period=rows.needed(row, "period"),
        tariff=tariff.code if tariff else kind,
        line=rows.text(row, "line"),
        type=kind,
        title=rows.titles(row),
        quantity=quantity,
        measure=rows.text(row, "measure") or (tariff.measure if tariff else ""),
        price=price,
        start=start,
        end=end,
        amount=_amount(known, row, quantity, price, tariff),
        due=rows.day(row, "due"),
        once=rows.answer(row, "once") if "once" in row.cells else tariff is None,
        note=rows.text(row, "note", rows.LONGEST_NOTE),
    )


def _counts(known: _Known, row: Row, home: Home, tariff: Tariff | None) -> Counted | None:
    """What the meter counted: as the row says it, else as the readings do."""
    start, end = rows.number(row, "start"), rows.number(row, "end")
    if start is not None and end is not None:
        if end < start:
            raise Unfit(row, Wrong.BACKWARDS, "end", f"{start}")
        return Counted(start, end)
    given = any(rows.number(row, one) is not None for one in ("quantity", "amount"))
    if tariff is None or tariff.basis is not Basis.METER or given:
        return None
    meter = _only_meter(known, row, home, tariff)
    found = counted(known.readings(meter), rows.needed(row, "period"))
    if found is None:
        raise Unfit(row, Wrong.NO_READINGS, "period", meter.code)
    return found


def _only_meter(known: _Known, row: Row, home: Home, tariff: Tariff) -> Meter:
    line = rows.text(row, "line")
    meters = known.counting.get((home.id, tariff.code), [])
    named = [one for one in meters if one.code == line] if line else meters
    if not named:
        raise Unfit(row, Wrong.NO_METER, "line" if line else "tariff")
    if len(named) > 1:
        raise Unfit(row, Wrong.SEVERAL_METERS, "line", ", ".join(one.code for one in named))
    return named[0]


def _quantity(row: Row, home: Home, tariff: Tariff | None, meter: Counted | None) -> Decimal | None:
    """How much of it: as the row says it, as the meter counted, or the home's area."""
    given = rows.number(row, "quantity")
    if given is not None and meter is not None and given != meter.used:
        raise Unfit(row, Wrong.WRONG_AMOUNT, "quantity", f"{meter.used}")
    if given is not None or meter is not None:
        return given if meter is None else meter.used
    if tariff is None or tariff.basis is not Basis.AREA or rows.number(row, "amount") is not None:
        return None
    if home.area is None:
        raise Unfit(row, Wrong.NO_AREA, "home")
    return home.area


def _amount(
    known: _Known, row: Row, quantity: Decimal | None, price: Decimal | None, tariff: Tariff | None
) -> Decimal:
    """The sum: quantity times price, or as the row says it. Where both are known, they must agree."""
    given, currency = rows.number(row, "amount"), known.estate.currency
    if given is not None and not is_round(given, currency):
        raise Unfit(row, Wrong.NOT_ROUND, "amount")
    if quantity is not None and price is not None:
        found = line_amount(quantity, price, currency)
        if given is not None and given != found:
            raise Unfit(row, Wrong.WRONG_AMOUNT, "amount", f"{quantity} × {price} = {found}")
        return found
    if given is None and tariff is not None and tariff.basis is Basis.FIXED:
        given = line_amount(Decimal(1), tariff.price, currency)
    if given is None:
        raise Unfit(row, Wrong.NO_AMOUNT, "amount")
    return given
