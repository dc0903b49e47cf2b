"""Fees: what residents owe and why, disputes, payments, and what the office sees and sends in."""

from collections.abc import Mapping
from datetime import datetime

from bot import layout
from bot.faces.base import Me
from bot.fees import arrears, exporting, imports, pages, paying, reading, reminders
from bot.flows.base import Flow, Subject
from bot.scene import Scene, Tap
from bot.session import Session
from desk.fees import accounts
from desk.records import Json, Person
from locales.text import _


def _menu(scene: Scene, person: Person) -> list[list[Tap]]:
    """For everybody who owns or rents a home here."""
    if not accounts.homes_of(scene.session, person, scene.now):
        return []
    return [[layout.page(_("💰 My fees"), "fees")]]


def _more(scene: Scene, person: Person) -> list[list[Tap]]:
    """The public table, where there is one; who is behind, for those who look after that."""
    known = scene.session.fees.tariffs(scene.estate.id) if scene.estate.id else ()
    rows = [[layout.page(_("📊 Tariffs"), "tariffs")]] if known else []
    if arrears.desk_of(scene, person) is not None:
        rows.append([layout.page(_("📉 Overdue fees"), "arrears")])
    return rows


def _forgotten(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """Whoever was about to pay, or to apply a file, has not: the mark of it went with its timer."""


def _disputing(scene: Scene, person: Person, about: str) -> Subject:
    """About a bill of the person's own home."""
    named = reading.bill(scene, person, about)
    home = named.account.home
    return {"estate": home.estate_id, "home": home.id, "period": named.period}


FLOW = Flow(
    begins={"dispute": _disputing},
    endings={"dispute": _("📨 Sent.")},
    files=imports.FILES,
    hears=imports.hears,
    acts={
        "fee_pay": paying.pay,
        "arrears_file": arrears.send_file,
        "fees_apply": imports.apply,
        "fees_drop": imports.drop,
    },
    payments=paying.PAYMENTS,
    timers={"fee_reminder": reminders.remind, "fee_paying": _forgotten, "fee_import": _forgotten},
    pages={
        "fees": pages.show_fees,
        "fee_bill": pages.show_bill,
        "tariffs": pages.show_tariffs,
        "receipts": pages.show_receipts,
        "receipt": pages.show_receipt,
        "arrears": arrears.show_arrears,
    },
    exports={"fees": exporting.of_person},
    menu=_menu,
    more=_more,
)
