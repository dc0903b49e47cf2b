"""Fees: a resident disputes a line of a bill."""

from datetime import date
from decimal import Decimal

from bot.session import Session
from desk.records.fees import Basis, Charge, FeeType, Tariff
from tests.walker.flow import Flow
from tests.walker.world import Setting, World

#: line, kind of fee, quantity, unit, price, what the meter showed
LINES = (
    ("property", FeeType.PROPERTY, "89.50", "m²", "2.80", None),
    ("water", FeeType.WATER, "15", "m³", "3.40", (Decimal(1204), Decimal(1219))),
)


def bills(work: Session, world: World) -> None:
    """The bill of February for Lin's home."""
    for tariff, kind, quantity, measure, price, counted in LINES:
        start, end = counted or (None, None)
        work.fees.save_charge(
            Charge(
                estate_id=world.estate.id,
                home_id=world.homes["1-1-101"].id,
                period="2037-02",
                tariff=tariff,
                type=kind,
                quantity=Decimal(quantity),
                measure=measure,
                price=Decimal(price),
                start=start,
                end=end,
                amount=Decimal(quantity) * Decimal(price),
                due=date(2037, 3, 10),
            )
        )


SETTING = Setting(prepare=bills)
DISPUTE = Flow(
    name="dispute",
    title="Disputing a line of a bill",
    setting=SETTING,
    prelude=("Lin: /fees", "Lin: [📄 February 2037 · CN¥301.60]"),
    begins="[⚖️ Dispute a line]",
    says={"line": ("[Water charge · CN¥51.00]",), "problem": ("I was away all month",)},
    also={"problem": [("(photo)",)]},
    epilogue=("Lin: /fees",),
)


def priced(work: Session, world: World) -> None:
    """The same estate with its public prices."""
    bills(work, world)
    for code, kind, basis, measure, price in (
        ("property", FeeType.PROPERTY, Basis.AREA, "m²", "2.80"),
        ("water", FeeType.WATER, Basis.METER, "m³", "3.40"),
    ):
        work.fees.save_tariff(
            Tariff(
                estate_id=world.estate.id,
                code=code,
                type=kind,
                basis=basis,
                measure=measure,
                price=Decimal(price),
                since=date(2036, 1, 1),
            )
        )


PRICED = Setting(prepare=priced)
IMPORT = Flow(
    name="import_fees",
    title="The office's file of fees is taken in",
    who="Fei",
    setting=PRICED,
    begins="(file fees.csv)",
    epilogue=("Fei: [✅ Apply]", "Fei: (file fees.csv)"),
    situations=("happy_path", "restart"),
)
BAD_FILES = Flow(
    name="bad_files_of_fees",
    title="Files that are no fees",
    who="Fei",
    setting=PRICED,
    begins="(file wrong.csv)",
    epilogue=("Fei: (document)",),
    situations=("happy_path",),
)
PAY = Flow(
    name="pay",
    title="Looking at the bills, and paying",
    setting=PRICED,
    begins="/fees",
    epilogue=("Lin: [📄 February…]", "Lin: [💳…]", "Lin: (pays)", "Lin: /fees", "Lin: /tariffs"),
    hidden={r"RC-\d+": "RC-⟨number⟩", r"tg-charge-\d+": "⟨charge⟩"},
    situations=("happy_path", "restart"),
)

FLOWS = (DISPUTE, IMPORT, BAD_FILES, PAY)
