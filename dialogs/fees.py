"""What fees are called, for pages and conversations alike."""

from collections.abc import Mapping, Sequence

from desk.records.fees import Basis, Charge, FeeType, Tariff
from dialogs.engine.screen import cut
from locales.text import Joined, Month, Text, Titles, Value, _

#: how much of a name or a note is shown
SHOWN = 120

FEES: Mapping[FeeType, Text] = {
    FeeType.PROPERTY: _("Property fee"),
    FeeType.SHARED: _("Shared costs"),
    FeeType.WATER: _("Water charge"),
    FeeType.ELECTRICITY: _("Electricity charge"),
    FeeType.GAS: _("Gas charge"),
    FeeType.HEATING: _("Heating charge"),
    FeeType.PARKING: _("Parking fee"),
    FeeType.REPAIR: _("Repair fee"),
    FeeType.SERVICE: _("Service fee"),
    FeeType.RENT: _("Rent"),
    FeeType.DEPOSIT: _("Deposit"),
    FeeType.OTHER: _("Other"),
}


def month(period: str) -> Month:
    """A bill's month."""
    year, _dash, number = period.partition("-")
    return Month(int(year), int(number))


class Naming:
    """What lines are called: by their own title, else by their tariff's, else by the kind of fee."""

    def __init__(self, tariffs: Sequence[Tariff]) -> None:
        self._titles = {one.code: one.title for one in tariffs if one.title}
        self._fixed = {one.code for one in tariffs if one.basis is Basis.FIXED}

    def line(self, charge: Charge) -> Value:
        """One line; with what tells it from others of the same tariff."""
        title = charge.title or self._titles.get(charge.tariff)
        name = Titles(title) if title else FEES[charge.type]
        return cut(Joined((name, charge.line), " ") if charge.line else name, SHOWN)

    def is_fixed(self, charge: Charge) -> bool:
        """Whether everybody pays the same for it."""
        return charge.tariff in self._fixed

    def tariff(self, tariff: Tariff) -> Value:
        """An entry of the public table."""
        return cut(Titles(tariff.title) if tariff.title else FEES[tariff.type], SHOWN)
