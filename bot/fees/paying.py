"""Paying in Telegram: an invoice for what is open, a last look before the money moves, one record of it.

An invoice may be forwarded, kept for weeks, or paid by two at once; so all that it says is compared with the
desk when somebody is about to pay. The money is kept under Telegram's own number of the charge, once.
"""

import re
from dataclasses import dataclass
from typing import Final

import structlog

from bot.doings import changed
from bot.faces.base import Invoice
from bot.fees import pages, reading
from bot.flows.base import Pays
from bot.said import Paid, PreCheckout, Refunded
from bot.scene import Scene
from desk.actions import fees
from desk.actions.fees import Charged
from desk.errors import DeskError, NotFound
from desk.fees import accounts
from desk.fees.accounts import Account
from desk.fees.money import major, minor
from desk.records import Home, Person
from desk.records.fees import Payment
from dialogs.fees import month
from locales.text import EMPTY, Joined, Value, _

log = structlog.get_logger()

PURPOSE: Final = "fees"
#: what Telegram takes as an invoice's title and description, and as its lines beside a sum of them
TITLE, DESCRIPTION, LINES = 32, 255, 12

CHANGED = _(
    "What is to be paid has changed meanwhile, and nothing was charged. Please open your fees and pay again."
)
NOT_YOURS = _("Only those who own or rent the home can pay this here. Nothing was charged.")
SOMEBODY_ELSE = _("Somebody of your home is just paying this. Nothing was charged; please look again soon.")


@dataclass(frozen=True, slots=True)
class Bill:
    """What an invoice is for: everything of a home that is open up to a month."""

    home_id: int
    period: str
    #: in the smallest coins
    amount: int

    @property
    def payload(self) -> str:
        """What comes back with the payment."""
        return f"{PURPOSE}:{self.home_id}/{self.period}/{self.amount}"


def named(payload: str) -> Bill | None:
    """Reads it back; None for what was never ours."""
    found = re.fullmatch(r"fees:([0-9]{1,18})/(20[0-9]{2}-[0-9]{2})/([0-9]{1,15})", payload, re.ASCII)
    return Bill(int(found[1]), found[2], int(found[3])) if found else None


def pay(scene: Scene, person: Person, about: str) -> Value:
    """Somebody tapped Pay: the invoice comes."""
    bill = reading.bill(scene, person, about)
    found = bill.account
    scene = reading.at(scene, found)
    amount = found.open_through(bill.period)
    if not amount or not pages.can_be_paid(scene, found):
        return _("✅ Nothing is to be paid.") if not amount else _("This cannot be paid here at present.")
    wanted = Bill(found.home.id, bill.period, minor(amount, found.currency))
    scene.invoice(person, _invoice(scene, person, found, wanted))
    return EMPTY


def _invoice(scene: Scene, person: Person, found: Account, wanted: Bill) -> Invoice:
    reader = scene.reader(person)
    title = reader.plain(_("Fees of {home}", home=found.home.code))[:TITLE]
    due = [one for one in found.bills if one.period <= wanted.period and one.open]
    months = reader.plain(Joined(tuple(month(one.period) for one in due), ", "))
    prices = [(reader.plain(month(one.period)), minor(one.open, found.currency)) for one in due]
    if len(prices) > LINES:
        prices = [(title, wanted.amount)]
    return Invoice(title, months[:DESCRIPTION], wanted.payload, found.currency, tuple(prices))


def check(scene: Scene, person: Person, query: PreCheckout) -> Value:
    """Why it may not be paid: another sum is owed by now, or somebody else is at it."""
    bill = named(query.payload)
    try:
        home = accounts.home_of(scene.session, person, bill.home_id if bill else 0, scene.now)
    except DeskError:
        return NOT_YOURS
    found = accounts.account(scene.session, home)
    owed = minor(found.open_through(bill.period), found.currency) if bill else 0
    if bill is None or not owed or {bill.amount, query.amount} != {owed} or query.currency != found.currency:
        return CHANGED
    if not fees.may_pay(scene.session, home, person, scene.now):
        return SOMEBODY_ELSE
    return EMPTY


def paid(scene: Scene, person: Person, told: Paid) -> None:
    """The money came: kept once, whatever is told how often."""
    home = _home(scene, told.payload)
    scene = scene.at(scene.session.estates.get(home.estate_id)) if home else scene
    if home is None or told.currency != scene.estate.currency:
        return _unknown(scene, person, told)
    payment = fees.keep_payment(scene.session, home, person, _charged(told), scene.now)
    if payment is not None:
        _tell(scene, person, home, payment, "fees.paid")
    return None


def refunded(scene: Scene, person: Person, told: Refunded) -> None:
    """The money went back: what it paid is owed again."""
    home = _home(scene, told.payload)
    scene = scene.at(scene.session.estates.get(home.estate_id)) if home else scene
    if home is None or told.currency != scene.estate.currency:
        return _unknown(scene, person, told)
    try:
        payment = fees.keep_refund(scene.session, home, _charged(told), scene.now)
    except NotFound:
        return _unknown(scene, person, told)
    if payment is not None:
        _tell(scene, person, home, payment, "fees.refunded")
    return None


def _charged(told: Paid | Refunded) -> Charged:
    amount = major(told.amount, told.currency)
    return Charged(amount=amount, number=told.telegram_charge, provider=told.provider_charge)


def _tell(scene: Scene, person: Person, home: Home, payment: Payment, event: str) -> None:
    changed(event, home=home.id, estate=home.estate_id, payment=payment.id)
    text, rows = pages.receipt(scene, payment, home.code)
    scene.tell(person, text, rows)


def _home(scene: Scene, payload: str) -> Home | None:
    bill = named(payload)
    try:
        return scene.session.estates.home(bill.home_id) if bill else None
    except NotFound:
        return None


def _unknown(scene: Scene, person: Person, told: Paid | Refunded) -> None:
    """Money that belongs to no home of ours: somebody of the office has to look, and the payer knows."""
    log.error("payment.unknown", payload=told.payload, charge=told.telegram_charge)
    scene.tell(person, _("Telegram tells me of a payment that I know no bill for. Please ask the office."))


PAYMENTS = {PURPOSE: Pays(check=check, paid=paid, refunded=refunded)}
