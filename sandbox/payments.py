"""What happens about money: somebody is about to pay, may or may not, has paid, gets it back."""

from collections.abc import Mapping

from sandbox import acts
from sandbox.emulator import Emulator
from sandbox.errors import Problem, missing
from sandbox.records import Checkout, Json, Place
from sandbox.views import checkout_view

#: A bot must answer so soon, in seconds, or the payment fails.
PATIENCE = 10.0


def pay(home: Emulator, place: Place, person: int, message_id: int) -> Checkout:
    """Tap Pay and confirm: the bot is asked whether the payment is in order."""
    acts.enter(home, place, person)
    message = acts.known_message(home, place, message_id)
    invoice = home.world.invoices.get((place, message_id))
    if invoice is None:
        raise Problem(f"Message {message_id} is no invoice.")
    if any(one.paid and one.invoice is invoice for one in home.world.checkouts.values()):
        raise Problem("This invoice is paid already: its button became a receipt.")
    number = str(9_000_000 + home.world.number("checkout"))
    begun = Checkout(
        id=number, place=place, message_id=message_id, payer=person, invoice=invoice, at=home.clock.now()
    )
    home.world.checkouts[number] = begun
    query = {"id": number, "from": home.wire.user(person), **_sum(begun)}
    home.tell(message.sender, "pre_checkout_query", query, place.chat, ("checkout", person, 0))
    return begun


def late(home: Emulator, checkout: Checkout) -> bool:
    """Whether the bot's time to answer is over."""
    return home.clock.now() - checkout.at > PATIENCE


def answer(home: Emulator, checkout: Checkout, ok: bool, error: str) -> None:
    """The bot says yes or no; a yes is paid at once, and told in the payer's private chat with the bot."""
    checkout.answered, checkout.error = True, error
    if ok:
        checkout.charge = f"tg-charge-{checkout.id}"
        invoice = home.world.message(checkout.place, checkout.message_id)
        if invoice:
            home.change(invoice, buttons=())
        home.post(_chat(home, checkout), checkout.payer, service={"successful_payment": _charged(checkout)})
    home.events.publish("payment", checkout_view(checkout, late=False))


def refund(home: Emulator, charge: str) -> None:
    """The provider gives the money back; the bot hears of it."""
    found = next((one for one in home.world.checkouts.values() if one.charge == charge), None)
    if found is None:
        raise missing(f"There is no payment {charge}.")
    if found.refunded:
        raise Problem("That payment was given back already.")
    found.refunded = True
    home.post(_chat(home, found), found.payer, service={"refunded_payment": _charged(found)})


def _chat(home: Emulator, checkout: Checkout) -> Place:
    return Place(checkout.payer, checkout.invoice.bot)


def _charged(checkout: Checkout) -> Json:
    provider = f"provider-charge-{checkout.id}"
    charges: Mapping[str, str] = {
        "telegram_payment_charge_id": checkout.charge,
        "provider_payment_charge_id": provider,
    }
    return {**_sum(checkout), **charges}


def _sum(checkout: Checkout) -> Json:
    invoice = checkout.invoice
    return {
        "currency": invoice.currency,
        "total_amount": invoice.total,
        "invoice_payload": invoice.payload,
    }
