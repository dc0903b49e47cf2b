"""Fees: a resident disputes a line of a bill."""

from datetime import date
from decimal import Decimal

from bot.session import Session
from desk.records.fees import Charge, FeeType
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
    says={"line": ("[Water · CN¥51.00]",), "problem": ("I was away all month",)},
    also={"problem": [("(photo)",)]},
    epilogue=("Lin: /fees",),
)

FLOWS = (DISPUTE,)
