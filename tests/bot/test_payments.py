"""Payments at the counter: each goes to the flow whose invoice it is for."""

from collections.abc import Callable
from typing import Any

import pytest

from bot import flows
from bot.faces.base import Invoice
from bot.flows.base import Pays
from bot.mail import Letter, letter
from bot.said import Paid, PreCheckout, Refunded
from bot.scene import Scene
from desk.records import Person
from locales.text import Value, verbatim
from tests.bot.counter import Counter

SUM: dict[str, Any] = {"currency": "CNY", "amount": 17000}
CHARGE: dict[str, Any] = {"telegram_charge": "t1", "provider_charge": "p1"}


def says(word: str) -> Callable[..., None]:
    def told(scene: Scene, person: Person, payment: Paid | Refunded) -> None:
        scene.tell(person, verbatim(f"{word} {payment.payload} {payment.amount} {payment.telegram_charge}"))

    return told


def check(scene: Scene, person: Person, query: PreCheckout) -> Value:
    return "" if query.payload == "fees:17" else verbatim("This bill is paid already.")


@pytest.fixture
def fees(monkeypatch: pytest.MonkeyPatch) -> None:
    pays = Pays(check=check, paid=says("paid"), refunded=says("back"))
    monkeypatch.setitem(flows.PAYMENTS, "fees", pays)


@pytest.mark.usefixtures("fees")
def test_a_payment_goes_to_its_flow(any_counter: Counter):
    lin = any_counter.resident()
    assert lin.does(PreCheckout(id="q", payload="fees:17", **SUM)) == ""
    assert lin.does(PreCheckout(id="q", payload="fees:18", **SUM)) == "This bill is paid already."
    lin.does(Paid(payload="fees:17", **SUM, **CHARGE))
    lin.does(Refunded(payload="fees:17", **SUM, **CHARGE))
    assert [post.text for post in lin.posts()] == ["paid fees:17 17000 t1", "back fees:17 17000 t1"]


@pytest.mark.parametrize("payload", ["", "fees", "fees:17", ":", "other:1"])
def test_what_belongs_to_no_flow_is_not_paid(
    any_counter: Counter, payload: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(flows, "PAYMENTS", {})
    lin = any_counter.resident()
    assert "cannot be paid" in lin.does(PreCheckout(id="q", payload=payload, **SUM))
    lin.does(Paid(payload=payload, **SUM, **CHARGE))
    assert "know no bill for" in lin.last().text


def test_an_invoice_is_kept_as_it_was_written():
    bill = Invoice("May", "Fees", "fees:17", "CNY", (("Area", 17900), ("Credit", -900)))
    assert letter(Letter(invoice=bill).payload()).invoice == bill
