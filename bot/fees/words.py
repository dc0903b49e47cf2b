"""Fees in words: what a line is for, how it is computed, why a bill differs."""

from collections.abc import Mapping
from decimal import Decimal

from desk.fees.bills import Difference, Why
from desk.records.fees import Charge, Payment
from dialogs.engine.screen import cut
from dialogs.fees import SHOWN, Naming
from locales.text import EMPTY, Joined, Lines, Money, Text, Value, _

METHODS: Mapping[str, Text] = {
    "cash": _("cash"),
    "transfer": _("bank transfer"),
    "card": _("card"),
    "telegram": _("Telegram"),
    "refund": _("refund"),
}


def method(code: str) -> Value:
    """How something was paid; a word of the office's own stays as it is."""
    return METHODS.get(code.lower(), cut(code, SHOWN))


def receipt_number(payment: Payment) -> str:
    """What a resident quotes of a payment."""
    return f"RC-{payment.id:06d}"


def computed(charge: Charge, currency: str) -> Value:
    """How a line comes to its amount: `89.5 m² × ¥2.80`; nothing where the sum alone is known."""
    if charge.quantity is None or charge.price is None:
        return EMPTY
    product = Joined(
        (_many(charge.quantity, charge.measure), Money(charge.price, currency, exact=True)), " × "
    )
    if charge.start is None or charge.end is None:
        return product
    return _("reading {start} → {end} = {product}", start=charge.start, end=charge.end, product=product)


def _many(quantity: Decimal, measure: str) -> Value:
    return Joined((quantity, measure), " ") if measure else quantity


def entry(charge: Charge, naming: Naming, currency: str, *, disputed: bool) -> Value:
    """A line of a bill with all that explains it."""
    head = _("{line}: <b>{amount}</b>", line=naming.line(charge), amount=Money(charge.amount, currency))
    how = computed(charge, currency)
    if how == EMPTY and naming.is_fixed(charge):
        how = _("the same for everybody")
    return Lines(
        (
            Joined(("⚖️", head), " ") if disputed else head,
            _("<i>{how}</i>", how=how) if how != EMPTY else EMPTY,
            _("<i>{how}</i>", how=cut(charge.note, SHOWN)) if charge.note else EMPTY,
        )
    )


def signed(amount: Decimal, currency: str) -> Value:
    """A difference, which says that it is one."""
    return Joined(("+" if amount > 0 else "", Money(amount, currency)), "")


def reason(one: Difference, naming: Naming, currency: str) -> Value:
    """One reason for a difference."""
    why = _why(one, naming.line(one.line), currency)
    return _("{why}: <b>{amount}</b>", why=why, amount=signed(one.amount, currency))


def _why(one: Difference, line: Value, currency: str) -> Value:
    before = one.before or one.line
    prices = [
        Money(each.price, currency, exact=True) for each in (one.line, before) if each.price is not None
    ]
    amounts = [_many(each.quantity, each.measure) for each in (one.line, before) if each.quantity is not None]
    match one.why:
        case Why.PRICE:
            return _("{line}, {now} each instead of {before}", line=line, now=prices[0], before=prices[-1])
        case Why.MORE:
            return _(
                "{line}, more used: {now} instead of {before}", line=line, now=amounts[0], before=amounts[-1]
            )
        case Why.LESS:
            return _(
                "{line}, less used: {now} instead of {before}", line=line, now=amounts[0], before=amounts[-1]
            )
        case Why.NEW:
            return _("{line}, new on the bill", line=line)
        case Why.ONCE:
            return _("{line}, this month only", line=line)
        case Why.GONE:
            return _("{line}, not on the bill any more", line=line)
        case Why.AMOUNT:
            return line
