"""Reminders of bills: fired by timers, told in the lane that lets every answer go first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot import layout
from bot.faces.base import Me
from bot.fees.pages import how_to_pay, pay_row, with_earlier
from bot.scene import Scene
from bot.session import Session
from desk.disturbing import decent_for, wants
from desk.errors import NotFound
from desk.fees import accounts, reminding
from desk.fees.accounts import Account, today_at
from desk.fees.bills import Bill
from desk.mail import Lane
from desk.records import Json, Notice, Person, Timer
from dialogs.fees import month
from locales.text import Lines, Money, Value, _


def remind(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """Tells a home of a bill that is open, and sets the next reminder; `person` is one for whom it waited."""
    home_id, period, person = payload.get("home"), payload.get("period"), payload.get("person")
    if not isinstance(home_id, int) or not isinstance(period, str):
        return
    try:
        home = session.estates.home(home_id)
    except NotFound:
        return
    scene = Scene(session, bot, session.estates.get(home.estate_id), now)
    found = accounts.account(session, home)
    bill = reminding.wanted(found, period)
    for payer in reminding.payers(session, home.id, now):
        if bill is not None and wants(payer, Notice.FEES) and person in (None, payer.id):
            _tell(scene, payer, found, bill)
    if person is None:
        _set_next(scene, found, period)


def _set_next(scene: Scene, found: Account, period: str) -> None:
    bill = next((one for one in found.bills if one.period == period), None)
    if bill is None or bill.settled:
        return
    later = reminding.timer(found.home.id, period, bill.due, scene.estate, scene.now)
    if later is not None:
        scene.session.timers.set(later)


def _tell(scene: Scene, person: Person, found: Account, bill: Bill) -> None:
    """Now, or when the person's own quiet hours end."""
    decent = decent_for(person, scene.estate, scene.now)
    if decent > scene.now:
        payload: dict[str, Json] = {"home": found.home.id, "period": bill.period, "person": person.id}
        waiting = Timer(key="", kind="fee_reminder", due_at=decent, payload=payload)
        own = f"{reminding.key(found.home.id, bill.period)}/{person.id}"
        return scene.session.timers.set(replace(waiting, key=own))
    about = f"{found.home.id}/{bill.period}"
    values: dict[str, Value] = {"home": found.home.code, "month": month(bill.period), "day": bill.due}
    amount = Money(bill.open, found.currency)
    head = _(
        "💰 The bill for {month} of {home} is due on {day}. To pay: <b>{amount}</b>", **values, amount=amount
    )
    if bill.due < today_at(scene.estate, scene.now):
        head = _(
            "⏰ The bill for {month} of {home} was due on {day}. Still to pay: <b>{amount}</b>",
            **values,
            amount=amount,
        )
    tail = _("If it is paid already, it has not reached us yet: then there is nothing to do.")
    rows = [*pay_row(scene, found, bill), [layout.page(_("📄 See the bill"), "fee_bill", about)]]
    return scene.tell(
        person,
        Lines((head, with_earlier(found, bill), "", how_to_pay(scene, found), "", tail)),
        rows,
        lane=Lane.BROADCAST,
    )
