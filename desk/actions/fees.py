"""What people do about fees: dispute a line of a bill."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desk.actions.actors import Handler
from desk.actions.filing import file_request
from desk.errors import NotFound, NotPossible
from desk.fees.accounts import home_of, in_dispute
from desk.places import building_of
from desk.ports import Work
from desk.records import Change, Details, Estate, Home, Json, Media, Person, Request, Type
from desk.records.fees import Charge
from desk.routing import queue_for

#: what a dispute may be about, by the taxonomy
KINDS: Final = ("recalculate", "meter_reading", "bill_query")


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
    change = file_request(work, _request(work, order, charge, home, person, estate, now), person, estate, now)
    work.fees.save_charge(replace(charge, dispute_id=change.request.id))
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


HANDLERS: Mapping[type, Handler] = {DisputeCharge: dispute}
