"""Invoices, and paying them."""

import pytest

from sandbox.client import SandboxError

INVOICE = {
    "title": "May",
    "description": "Fees of 1-1-101",
    "payload": "fees:17",
    "provider_token": "1:TEST:x",
    "currency": "CNY",
    "prices": [{"label": "Area", "amount": 17900}, {"label": "Credit", "amount": -900}],
}


def bill(estate, **changes):
    return estate.bot("sendInvoice", chat_id=estate.ada.id, **(INVOICE | changes))


def asked(estate):
    (update,) = estate.bot.updates()
    return update["pre_checkout_query"]


def test_an_invoice_is_paid_after_the_bot_agreed(opened):
    sent = bill(opened)
    assert sent["invoice"] | {"x": 1} == {
        "title": "May", "description": "Fees of 1-1-101", "start_parameter": "",
        "currency": "CNY", "total_amount": 17000, "x": 1,
    }  # fmt: skip
    assert sent["reply_markup"]["inline_keyboard"][0][0]["pay"] is True
    payment = opened.ada.pay()
    query = asked(opened)
    assert (query["from"]["id"], query["total_amount"]) == (opened.ada.id, 17000)
    assert (query["currency"], query["invoice_payload"]) == ("CNY", "fees:17")
    opened.bot("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    (update,) = opened.bot.updates()
    paid = update["message"]["successful_payment"]
    assert payment.outcome()["charge"] == paid["telegram_payment_charge_id"]
    assert (paid["total_amount"], paid["invoice_payload"]) == (17000, "fees:17")
    assert opened.ada.chat()[-1].text == "Ada paid 170.00 CNY"
    with pytest.raises(SandboxError, match="paid already"):
        opened.ada.pay()


def test_a_payment_that_the_bot_does_not_want_is_not_made(opened, refused):
    bill(opened)
    payment = opened.ada.pay()
    query = {"pre_checkout_query_id": asked(opened)["id"]}
    with pytest.raises(refused, match="error message must be non-empty"):
        opened.bot("answerPreCheckoutQuery", **query, ok=False)
    opened.bot("answerPreCheckoutQuery", **query, ok=False, error_message="Paid by your wife")
    assert payment.outcome() | {"paid": False, "error": "Paid by your wife"} == payment.outcome()
    assert opened.bot.updates() == []
    with pytest.raises(refused, match="query is too old"):
        opened.bot("answerPreCheckoutQuery", **query, ok=True)


def test_ten_seconds_are_all_there_is(opened, refused):
    bill(opened)
    payment = opened.ada.pay()
    query = asked(opened)
    opened.sandbox.move_clock(11)
    with pytest.raises(refused, match="query is too old"):
        opened.bot("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    assert (
        payment.outcome() | {"paid": False, "error": "The bot did not answer in time."} == payment.outcome()
    )


def test_a_payment_is_given_back_once(opened):
    bill(opened)
    payment = opened.ada.pay()
    opened.bot("answerPreCheckoutQuery", pre_checkout_query_id=asked(opened)["id"], ok=True)
    (paid,) = opened.bot.updates()
    payment.refund()
    (update,) = opened.bot.updates()
    assert update["message"]["refunded_payment"] == paid["message"]["successful_payment"]
    with pytest.raises(SandboxError, match="given back already"):
        payment.refund()


@pytest.mark.parametrize(
    "changes, complaint",
    [
        ({"currency": "RMB!"}, "CURRENCY_INVALID"),
        ({"currency": None}, 'parameter "currency" is required'),
        ({"provider_token": ""}, "PAYMENT_PROVIDER_INVALID"),
        ({"payload": "x" * 129}, "INVOICE_PAYLOAD_INVALID"),
        ({"title": "x" * 33}, "INVOICE_TITLE_INVALID"),
        ({"prices": []}, "prices are not specified"),
        ({"prices": [{"label": "x", "amount": 1.5}]}, "can't parse labeled price"),
        ({"prices": [{"label": "x", "amount": 1}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "No", "callback_data": "x"}]]}},
            "must be a Pay button",
        ),
    ],
)
def test_what_telegram_does_not_take_for_an_invoice(opened, refused, changes, complaint):
    with pytest.raises(refused, match=complaint):
        bill(opened, **changes)
