"""Invoices, and whether a payment is in order. Telegram Stars are not done."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox import payments
from sandbox.errors import bad_request
from sandbox.markup import Markup
from sandbox.methods.call import Call
from sandbox.methods.sending import deliver, shown
from sandbox.records import Attachment, Invoice, Json

_CURRENCY = re.compile(r"[A-Z]{3}")
#: Telegram takes about one to ten thousand US dollars; of other currencies this is a rough idea.
_LEAST = {"JPY": 150, "KRW": 1400, "VND": 25_000, "CNY": 700, "RUB": 8000, "INR": 8500}
_MOST_TIMES = 10_000


def send_invoice(call: Call) -> Json:
    """An invoice with a Pay button."""
    call.place()
    invoice = _invoice(call)
    value = {
        "title": invoice.title,
        "description": invoice.description,
        "start_parameter": call.params.text("start_parameter"),
        "currency": invoice.currency,
        "total_amount": invoice.total,
    }
    markup = call.markup()
    if markup.buttons and not markup.buttons[0][0].get("pay"):
        raise bad_request("the first button of an invoice must be a Pay button")
    message = deliver(call, attachment=Attachment(kind="invoice", value=value))
    if not markup.buttons:
        message = call.home.change(message, buttons=_pay_button(invoice).buttons)
    call.home.world.invoices[message.place, message.id] = invoice
    return shown(call, message)


def answer(call: Call) -> bool:
    """Yes, or no with a reason; once, and within ten seconds."""
    checkout = call.home.world.checkouts.get(call.params.text("pre_checkout_query_id"))
    mine = checkout is not None and checkout.invoice.bot == call.bot.id
    if checkout is None or not mine or checkout.answered or payments.late(call.home, checkout):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    ok, error = call.params.flag("ok"), call.params.text("error_message")
    if not ok and not error:
        raise bad_request("error message must be non-empty")
    payments.answer(call.home, checkout, ok, error)
    return True


def _invoice(call: Call) -> Invoice:
    prices = _prices(call)
    invoice = Invoice(
        bot=call.bot.id,
        title=_within(call, "title", 32),
        description=_within(call, "description", 255),
        payload=_required(call, "payload"),
        currency=_required(call, "currency"),
        total=sum(price["amount"] for price in prices),
    )
    if not 1 <= len(invoice.payload.encode()) <= 128:
        raise bad_request("INVOICE_PAYLOAD_INVALID")
    if not _CURRENCY.fullmatch(invoice.currency) or invoice.currency == "XTR":
        raise bad_request("CURRENCY_INVALID")
    least = _LEAST.get(invoice.currency, 100)
    if not least <= invoice.total <= least * _MOST_TIMES:
        raise bad_request("CURRENCY_TOTAL_AMOUNT_INVALID")
    if not call.params.text("provider_token"):
        raise bad_request("PAYMENT_PROVIDER_INVALID")
    return invoice


def _prices(call: Call) -> list[Json]:
    prices = call.params.listed("prices")
    if not prices:
        raise bad_request("prices are not specified")
    for price in prices:
        if not isinstance(price, dict) or not isinstance(price.get("amount"), int) or not price.get("label"):
            raise bad_request("can't parse labeled price: label and a whole amount must be given")
    return prices


def _required(call: Call, name: str) -> str:
    given = call.params.text(name)
    if not given:
        raise bad_request(f'parameter "{name}" is required')
    return given


def _within(call: Call, name: str, most: int) -> str:
    given = _required(call, name)
    if len(given) > most:
        raise bad_request(f"INVOICE_{name.upper()}_INVALID")
    return given


def _pay_button(invoice: Invoice) -> Markup:
    label = f"Pay {invoice.total / 100:.2f} {invoice.currency}"
    return Markup(buttons=(({"text": label, "pay": True},),))


METHODS: Mapping[str, Callable[[Call], Any]] = {
    "sendInvoice": send_invoice,
    "answerPreCheckoutQuery": answer,
}
