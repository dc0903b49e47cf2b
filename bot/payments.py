"""Payments in Telegram: each goes to the flow whose invoice it is for."""

import structlog

from bot import flows
from bot.flows.base import Pays
from bot.said import Paid, Payment, PreCheckout, Refunded
from bot.scene import Scene
from desk.records import Person
from locales.text import EMPTY, Value, _

log = structlog.get_logger()

#: what somebody who is about to pay is told where it cannot be
NOT_PAYABLE = _("This cannot be paid at the moment, and nothing was charged. Please look at your bill again.")


def react(scene: Scene, person: Person, payment: Payment) -> Value:
    """Why somebody who is about to pay may not; nothing to what is done already."""
    flow = flows.PAYMENTS.get(payment.payload.partition(":")[0])
    if flow is not None:
        return _handed_on(flow, scene, person, payment)
    if isinstance(payment, PreCheckout):
        return NOT_PAYABLE
    log.error("payment.unknown", payload=payment.payload, charge=payment.telegram_charge)
    scene.tell(person, _("Telegram tells me of a payment that I know no bill for. Please ask the office."))
    return EMPTY


def _handed_on(flow: Pays, scene: Scene, person: Person, payment: Payment) -> Value:
    match payment:
        case PreCheckout():
            return flow.check(scene, person, payment)
        case Paid():
            flow.paid(scene, person, payment)
        case Refunded():
            flow.refunded(scene, person, payment)
    return EMPTY
