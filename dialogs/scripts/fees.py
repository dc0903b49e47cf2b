"""Disputing a line of a bill: which one, what is wrong with it, and how so."""

from desk.actions.fees import DisputeCharge
from desk.errors import NotAllowed, NotPossible
from desk.fees.accounts import account, home_of, in_dispute
from desk.records import Estate
from desk.records.fees import Charge
from desk.view import DeskView
from dialogs.fees import Naming, month
from dialogs.questions.choices import Option
from dialogs.questions.describing import Description
from dialogs.questions.reviewing import Line
from dialogs.scripts.repair import attached
from dialogs.talk import Talk
from locales.text import Joined, Money, Text, Value, _

WHY: dict[str, Text] = {
    "recalculate": _("The amount is wrong"),
    "meter_reading": _("The meter reading is wrong"),
    "bill_query": _("I do not understand it"),
}


def dispute(talk: Talk, desk: DeskView) -> DisputeCharge:
    """The order that a resident confirmed."""
    home, period = talk.subject.get("home"), talk.subject.get("period")
    if not isinstance(home, int) or not isinstance(period, str):
        raise NotAllowed
    found = account(desk.work, home_of(desk.work, desk.person, home, desk.now))
    here = desk.at(found.home)
    free = [one for one in found.bill(period).lines if not in_dispute(desk.work, one)]
    if not free:
        raise NotPossible
    naming = Naming(desk.work.fees.tariffs(here.estate.id))
    options = [Option(f"{one.id}", _line(one, naming, here.estate), one) for one in free]
    charge = talk.choose("line", _("Which line of the bill for {month}?", month=month(period)), options)
    kind = talk.choose("why", _("What is wrong with it?"), _reasons(charge))
    told = talk.describe(
        "problem", _("Tell us in words, or with a photo, for example of the meter or a receipt.")
    )
    line = Joined((month(period), _line(charge, naming, here.estate)), " · ")
    lines = [Line(_("Home"), found.home.code), Line(_("Line"), line, "line"), *_objection(kind, told)]
    talk.review("review", _("<b>Please check your objection</b>"), lines)
    return DisputeCharge(
        charge_id=charge.id,
        kind=kind,
        line=talk.plain(line),
        words=told.words,
        media=told.media,
        language=desk.person.language or "",
    )


def _objection(kind: str, told: Description) -> list[Line]:
    files = [Line(_("Attached"), attached(len(told.media)))] if told.media else []
    what = Line(_("What is wrong"), told.words or "—", "problem")
    return [Line(_("Reason"), WHY[kind], "why"), what, *files]


def _line(charge: Charge, naming: Naming, estate: Estate) -> Value:
    return Joined((naming.line(charge), Money(charge.amount, estate.currency)), " · ")


def _reasons(charge: Charge) -> list[Option[str]]:
    """A reading can be wrong only where there is one."""
    metered = charge.start is not None
    return [Option(kind, label, kind) for kind, label in WHY.items() if metered or kind != "meter_reading"]
