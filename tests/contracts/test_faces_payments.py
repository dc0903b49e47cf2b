"""Payments through both libraries: the invoice goes out, the bot is asked, the money comes and goes."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from bot.faces.base import AnswerPreCheckout, Denied, Face, Me, Ok, Sent
from bot.said import Act, Chat, Paid, PreCheckout, Refunded
from sandbox.client import Sandbox
from tests.faces.telegram import FACES, Telegram, bill, drain, serving, speaking

PROVIDER = "284685063:TEST:OThjMTk"
SUM: dict[str, Any] = {"currency": "CNY", "amount": 17000, "payload": "fees:17"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with serving() as found:
        yield found


@pytest.fixture
def telegram(sandbox: Sandbox) -> Telegram:
    return Telegram(sandbox)


@pytest.fixture(params=FACES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def face(name: str, telegram: Telegram) -> AsyncIterator[Face]:
    async with speaking(name, telegram.sandbox.base, payment_token=PROVIDER) as found:
        await drain(found)
        yield found


async def acts(face: Face) -> list[Act]:
    return [incoming.said.act for incoming in await drain(face) if incoming.said]


async def asked(face: Face) -> PreCheckout:
    (incoming,) = await drain(face)
    assert incoming.said
    assert isinstance(incoming.said.act, PreCheckout)
    return incoming.said.act


async def test_an_invoice_says_what_is_to_be_paid(face: Face, telegram: Telegram):
    sent = await face.call(bill(telegram.ada.id))
    seen = telegram.ada.last()
    assert (sent, seen.kinds, seen.labels) == (Sent(seen.id), ["invoice"], ["Pay 170.00 CNY"])
    (call,) = telegram.sent("sendInvoice")
    assert call["provider_token"] == PROVIDER


async def test_who_agrees_is_paid_and_told_so(face: Face, telegram: Telegram):
    await face.call(bill(telegram.ada.id))
    payment = telegram.ada.pay()
    (incoming,) = await drain(face)
    assert incoming.said
    query = incoming.said.act
    assert isinstance(query, PreCheckout)
    assert query == PreCheckout(id=payment.id, **SUM)
    assert incoming.said.chat == Chat(id=telegram.ada.id, private=True)
    assert await face.call(AnswerPreCheckout(query=query.id)) == Ok()
    charges = {
        "telegram_charge": payment.outcome()["charge"],
        "provider_charge": f"provider-charge-{payment.id}",
    }
    assert await acts(face) == [Paid(**SUM, **charges)]
    payment.refund()
    assert await acts(face) == [Refunded(**SUM, **charges)]


async def test_who_does_not_agree_says_why(face: Face, telegram: Telegram):
    await face.call(bill(telegram.ada.id))
    payment = telegram.ada.pay()
    answer = AnswerPreCheckout(query=(await asked(face)).id, error="Paid already")
    assert await face.call(answer) == Ok()
    assert payment.outcome() | {"paid": False, "error": "Paid already"} == payment.outcome()
    assert isinstance(await face.call(answer), Denied)


async def test_an_answer_may_go_with_the_webhooks(face: Face, telegram: Telegram):
    assert face.as_reply(AnswerPreCheckout(query="7", error="No")) == (
        b'{"method":"answerPreCheckoutQuery","pre_checkout_query_id":"7","ok":false,"error_message":"No"}'
    )


async def test_a_bot_knows_whether_it_is_paid_in_telegram(name: str, telegram: Telegram):
    for token, takes in ((PROVIDER, True), ("", False)):
        async with speaking(name, telegram.sandbox.base, payment_token=token) as found:
            me: Me = await found.start()
            assert me.takes_payments is takes
            outcome = await found.call(bill(telegram.ada.id))
            assert isinstance(outcome, Sent if takes else Denied)
