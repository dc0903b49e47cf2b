"""Fees: what residents owe and why, disputes, payments, and what the office sees and sends in."""

from bot import layout
from bot.fees import pages
from bot.flows.base import Flow
from bot.scene import Scene, Tap
from desk.records import Person
from locales.text import _


def _menu(scene: Scene, person: Person) -> list[list[Tap]]:
    """For everybody who lives somewhere."""
    if not scene.session.people.occupancies(person.id, scene.now):
        return []
    return [[layout.page(_("💰 My fees"), "fees")]]


def _more(scene: Scene, person: Person) -> list[list[Tap]]:
    """The public table, where there is one."""
    known = scene.session.fees.tariffs(scene.estate.id) if scene.estate.id else ()
    return [[layout.page(_("📊 Tariffs"), "tariffs")]] if known else []


FLOW = Flow(
    pages={
        "fees": pages.show_fees,
        "fee_bill": pages.show_bill,
        "tariffs": pages.show_tariffs,
        "receipts": pages.show_receipts,
        "receipt": pages.show_receipt,
    },
    menu=_menu,
    more=_more,
)
