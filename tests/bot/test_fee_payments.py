"""Paying in Telegram: the right sum, by the right people, once."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.fees.paying import named
from bot.said import Paid, PreCheckout, Refunded, Said
from bot.turns import handle
from desk.fees import reminding
from desk.records import Home
from desk.records.fees import Payment
from storage.memory import MemoryDatabase
from tests.bot.counter import ME, MINUTE, Counter, Guest
from tests.bot.till import Till, seen

OWED = 56615
CHARGE = {"telegram_charge": "tg-1", "provider_charge": "p-1"}


@pytest.fixture(autouse=True)
def _with_a_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bot.counter.ME", replace(ME, takes_payments=True))


@pytest.fixture
def till(any_counter: Counter) -> Till:
    till = Till(any_counter)
    till.two_months()
    return till


def payload(till: Till, amount: int = OWED, period: str = "2026-02") -> str:
    return f"fees:{till.counter.home.id}/{period}/{amount}"


def query(till: Till, **changes: Any) -> PreCheckout:
    known: dict[str, Any] = {"id": "q", "currency": "CNY", "amount": OWED, "payload": payload(till)}
    return PreCheckout(**(known | changes))


def money(till: Till, kind: type[Paid] | type[Refunded] = Paid, **changes: Any) -> Paid | Refunded:
    known: dict[str, Any] = {"currency": "CNY", "amount": OWED, "payload": payload(till), **CHARGE}
    return kind(**(known | changes))


def payments(till: Till) -> tuple[Payment, ...]:
    return till.counter.read(lambda work: work.fees.payments(till.counter.home.id))


def test_the_button_brings_an_invoice_of_what_is_open(till: Till):
    till.pay("64.55")
    lin = till.counter.resident()
    lin.says("/fees")
    lin.taps("💳 Pay CN¥501.60")
    invoice = lin.last().invoice
    assert invoice is not None
    assert (invoice.title, invoice.currency) == ("Fees of 1-1-101", "CNY")
    assert invoice.prices == (("January 2026", 20000), ("February 2026", 30160))
    assert invoice.payload == payload(till, 50160)


def test_the_bill_of_a_month_is_paid_with_all_before_it(till: Till):
    lin = till.counter.resident()
    lin.says("/fees")
    lin.taps("January", "💳 Pay CN¥264.55")
    assert lin.last().invoice is not None
    assert lin.last().invoice.payload == payload(till, 26455, "2026-01")  # type: ignore[union-attr]


def test_without_a_provider_there_is_no_button(till: Till, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.bot.counter.ME", ME)
    lin = till.counter.resident()
    lin.says("/fees")
    assert "Pay" not in "".join(lin.last().labels)
    assert "At the office, 9 to 17." in lin.last().text
    assert "cannot be paid here" in seen(lin, f"f:fee_pay:{till.counter.home.id}/2026-02")


def test_who_pays_gets_a_receipt_and_owes_nothing(till: Till):
    lin = till.counter.resident()
    assert lin.does(query(till)) == ""
    lin.does(money(till))
    assert "Receipt RC-000001" in lin.last().text
    assert "Amount: CN¥566.15" in lin.last().text
    lin.says("/fees")
    assert "Nothing is to be paid" in lin.last().text
    (kept,) = payments(till)
    assert (kept.amount, kept.person_id) == (Decimal("566.15"), lin.id)
    assert (kept.reference, kept.provider) == ("tg-1", "p-1")


def test_the_same_payment_told_twice_is_kept_once(till: Till):
    lin = till.counter.resident()
    lin.does(query(till))
    lin.does(money(till))
    lin.news()
    lin.does(money(till))
    assert lin.news() == ""
    assert len(payments(till)) == 1


def test_the_same_update_twice_is_kept_once(till: Till):
    lin = till.counter.resident()
    lin.does(money(till), update=900)
    lin.does(money(till), update=900)
    assert len(payments(till)) == 1


def test_an_update_that_is_undone_and_played_again_is_kept_once(till: Till):
    lin = till.counter.resident()

    class Killed(Exception):
        """Between the payment and its commit."""

    said = Said(update_id=901, speaker=lin.speaker, chat=lin.chat, act=money(till))
    with pytest.raises(Killed), till.counter.opened() as work:  # noqa: PT012 - that is the point
        handle(work, ME, said, till.counter.now)
        raise Killed
    assert payments(till) == ()
    lin.does(money(till), update=901)
    assert len(payments(till)) == 1


Changes = Callable[[Till], dict[str, Any]]


@pytest.mark.parametrize(
    "changes",
    [
        lambda till: {"amount": OWED - 1},
        lambda till: {"currency": "USD"},
        lambda till: {"payload": payload(till, OWED - 1)},
        lambda till: {"payload": payload(till, OWED, "2026-01")},
        lambda till: {"payload": "fees:1"},
        lambda till: {"payload": "fees:"},
        lambda till: {"payload": f"fees:999/2026-02/{OWED}"},
    ],
)
def test_what_is_not_exactly_owed_is_not_taken(till: Till, changes: Changes):
    assert "othing was charged" in till.counter.resident().does(query(till, **changes(till)))


def test_what_was_paid_or_disputed_meanwhile_is_not_taken_again(till: Till):
    lin = till.counter.resident()
    till.pay("1")
    assert "changed meanwhile" in lin.does(query(till))


def test_only_who_owns_or_rents_the_home_pays(till: Till):
    counter = till.counter
    other = counter.write(
        lambda work: work.estates.save_home(Home(estate_id=counter.estate.id, code="1-1-102"))
    )
    for guest in (counter.guest("Sun"), counter.resident("Neighbour", home=other)):
        assert "Only those who own or rent" in guest.does(query(till))


def test_two_of_a_home_do_not_pay_at_once(till: Till):
    lin, wife = till.counter.resident(), till.counter.resident("Mei")
    assert lin.does(query(till)) == ""
    assert "just paying" in wife.does(query(till))
    assert lin.does(query(till)) == ""
    till.counter.later(11 * MINUTE)
    assert wife.does(query(till)) == ""


def test_what_two_paid_nevertheless_is_all_kept(till: Till):
    lin, wife = till.counter.resident(), till.counter.resident("Mei")
    lin.does(money(till))
    wife.does(money(till, telegram_charge="tg-2"))
    wife.says("/fees")
    assert "Paid in advance: CN¥566.15" in wife.last().text


def test_a_refund_is_kept_once_and_the_bill_is_owed_and_reminded_of_again(till: Till):
    lin = till.counter.resident()
    lin.does(money(till))
    for _time in range(2):
        lin.does(money(till, Refunded))
    assert [one.amount for one in payments(till)] == [Decimal("566.15"), Decimal("-566.15")]
    assert "Refund RC-000002" in lin.last().text
    lin.says("/fees")
    assert "To pay: CN¥566.15" in lin.last().text
    key = reminding.key(till.counter.home.id, "2026-02")
    assert till.counter.read(lambda work: work.timers.get(key)) is not None


@pytest.mark.parametrize(
    "changes", [{"payload": "fees:x"}, {"payload": "fees:999/2026-02/1"}, {"currency": "USD"}]
)
def test_money_for_no_bill_of_ours_is_told_and_not_lost_silently(till: Till, changes: dict[str, Any]):
    lin = till.counter.resident()
    lin.does(money(till, **changes))
    assert "know no bill for" in lin.last().text
    assert payments(till) == ()


@given(st.text(max_size=60))
def test_any_payload_is_read_or_not_ours(text: str):
    for one in (text, f"fees:{text}"):
        found = named(one)
        assert found is None or found.payload == one or found.amount >= 0


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["query", "paid", "refund", "again", "later"]), max_size=12))
def test_whatever_comes_in_whatever_order_the_books_agree(steps: list[str]):
    till = Till(Counter(MemoryDatabase()))
    till.two_months()
    lin: Guest = till.counter.resident()
    number = 0
    for step in steps:
        match step:
            case "query":
                lin.does(query(till))
            case "paid":
                number += 1
                lin.does(money(till, telegram_charge=f"tg-{number}"))
            case "again":
                lin.does(money(till, telegram_charge=f"tg-{number}"))
            case "refund":
                lin.does(money(till, Refunded, telegram_charge=f"tg-{number}"))
            case "later":
                till.counter.later(MINUTE)
    found = payments(till)
    assert len({one.reference for one in found}) == len(found)
    assert sum(one.amount for one in found) in {times * Decimal("566.15") for times in range(len(steps) + 1)}
