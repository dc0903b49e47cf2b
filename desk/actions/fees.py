"""What people do about fees: dispute a line of a bill, and pay."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from desk.actions.actors import Handler, resident
from desk.actions.filing import file_promised
from desk.errors import Conflict, NotFound, NotPossible
from desk.fees import reminding
from desk.fees.accounts import home_of, in_dispute
from desk.places import building_of
from desk.ports import Work
from desk.records import Change, Details, Estate, Home, Json, Media, Person, Request, Timer, Type
from desk.records.fees import Charge, Payment
from desk.routing import queue_for

#: what a dispute may be about, by the taxonomy
KINDS: Final = ("recalculate", "meter_reading", "bill_query")


#: for how long a home is kept for who is about to pay
PAYING: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeCharge:
    """A resident does not agree with a line of a bill."""

    charge_id: int
    #: one of `KINDS`
    kind: str
    #: which line it is, as the resident saw it
    line: str
    words: str
    media: tuple[Media, ...] = ()
    language: str = ""


def dispute(work: Work, person: Person, order: DisputeCharge, now: datetime) -> Change:
    """Files it with those who make the bills. Until they have decided, nobody is reminded of that bill.
    Raises `NotAllowed` for another home's bill, `NotPossible` for a line that is in dispute already."""
    charge = work.fees.charge(order.charge_id)
    home = home_of(work, person, charge.home_id, now)
    if order.kind not in KINDS:
        raise NotFound
    if in_dispute(work, charge):
        raise NotPossible
    estate = work.estates.get(charge.estate_id)
    request = _request(work, order, charge, home, person, estate, now)
    change = file_promised(work, request, resident(person), estate)
    if not work.fees.dispute(charge, change.request.id):
        raise NotPossible
    return change


def _request(
    work: Work,
    order: DisputeCharge,
    charge: Charge,
    home: Home,
    person: Person,
    estate: Estate,
    now: datetime,
) -> Request:
    form: dict[str, Json] = {
        "charge": charge.id,
        "period": charge.period,
        "tariff": charge.tariff,
        "amount": f"{charge.amount}",
    }
    return Request(
        estate_id=estate.id,
        resident_id=person.id,
        home_id=home.id,
        queue_id=queue_for(order.kind, work.estates.queues(estate.id)).id,
        type=Type.FEES,
        kind=order.kind,
        problem=f"{order.line}\n{order.words}".strip(),
        media=order.media,
        language=order.language,
        building=building_of(home),
        details=Details(form=form),
        opened_at=now,
        respond_by=now + estate.promises.respond,
        solve_by=now + estate.promises.solve,
    )


def may_pay(work: Work, home: Home, person: Person, now: datetime) -> bool:
    """Whether somebody may pay for a home now. Between the question and the money some seconds pass, in which
    nobody else of the home may do the same; who asks twice may."""
    key = f"paying/{home.id}"
    other = work.timers.get(key)
    if other is not None and other.due_at > now and other.payload.get("person") != person.id:
        return False
    payload: dict[str, Json] = {"person": person.id}
    work.timers.set(Timer(key=key, kind="fee_paying", due_at=now + PAYING, payload=payload))
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """Money that moved through Telegram: how much, and its numbers there and at the provider."""

    amount: Decimal
    number: str
    provider: str


def keep_payment(work: Work, home: Home, person: Person, charged: Charged, now: datetime) -> Payment | None:
    """Keeps what came in under the charge's number; None if it is there already."""
    work.timers.cancel(f"paying/{home.id}")
    payment = Payment(
        estate_id=home.estate_id,
        home_id=home.id,
        at=now,
        amount=charged.amount,
        method="telegram",
        reference=charged.number,
        person_id=person.id,
        provider=charged.provider,
    )
    return _kept(work, payment)


def keep_refund(work: Work, home: Home, charged: Charged, now: datetime) -> Payment | None:
    """Keeps that a charge went back, once; its home is reminded again of what is owed now. Raises `NotFound`
    for a charge that never came in."""
    paid = work.fees.by_reference(home.estate_id, charged.number)
    if paid is None:
        raise NotFound
    back = replace(paid, id=0, at=now, amount=-charged.amount, method="refund")
    payment = _kept(work, replace(back, reference=f"refund:{charged.number}"))
    if payment is not None:
        estate = work.estates.get(home.estate_id)
        reminding.set_anew(work, estate, work.fees.charges(home.id), now)
    return payment


def _kept(work: Work, payment: Payment) -> Payment | None:
    """The payment as it is kept; None if its reference is there already."""
    try:
        return work.fees.save_payment(payment)
    except Conflict:
        return None


HANDLERS: Mapping[type, Handler] = {DisputeCharge: dispute}
