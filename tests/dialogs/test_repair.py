"""Reporting a repair: what is plain is not asked, and everything can be changed before it is sent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desk.actions.reporting import ReportRepair
from desk.records import Change, Place, Priority, Terms, Type
from desk.records.kinds import EstateKind
from dialogs.engine.heard import Contacted, Tapped
from dialogs.engine.play import Asked
from dialogs.engine.screen import AGAIN
from tests.desk.office import HOUR, Office
from tests.dialogs.test_scripts import Chat


@pytest.fixture
def office() -> Office:
    """Two estates with their people, on a Monday morning."""
    return Office()


def told(chat: Chat) -> str:
    """What the open screen says."""
    return str(chat.screen().text)


def ordered(chat: Chat) -> ReportRepair:
    """What it ended in."""
    order = chat.order()
    assert isinstance(order, ReportRepair)
    return order


def at_review(office: Office, words: str = "the tap is leaking") -> Chat:
    """Everything is answered."""
    return Chat(office, "Lin", "repair").say(words, "=~done", "=leak", "=soon", "=yes")


def test_a_leak_at_home_asks_neither_where_nor_for_pets(office: Office):
    chat = at_review(office)
    assert "At home" in told(chat)
    order = ordered(chat.say("=~send"))
    assert (order.place, order.where, order.pets, order.phone) == (Place.HOME, "", None, "")


def test_something_shared_is_asked_for_neither_visit_nor_entry(office: Office):
    chat = Chat(office, "Lin", "repair").say(
        "the hallway light on the 3rd floor is dead", "=~done", "=corridor_light"
    )
    assert "shared part" in told(chat)
    order = ordered(chat.say("=~send"))
    assert (order.place, order.visit, order.entry) == (Place.BUILDING, None, False)


def test_where_is_asked_if_the_words_speak_of_something_shared(office: Office):
    chat = Chat(office, "Lin", "repair").say(
        "water drips in the stairwell", "=~done", "=leak", "=building", "=stairs"
    )
    order = ordered(chat.say("=~send"))
    assert (order.place, order.where) == (Place.BUILDING, "Stairs")
    home = Chat(office, "Lin", "repair").say(
        "leak in the stairwell", "=~done", "=leak", "=home", "=soon", "=no"
    )
    assert ordered(home.say("=~send")).place is Place.HOME


def test_a_place_that_was_taken_as_plain_can_be_changed(office: Office):
    chat = at_review(office).say("=~change", "==place", "=grounds", "at the fountain")
    order = ordered(chat.say("=~send"))
    assert (order.place, order.where, order.visit, order.entry) == (
        Place.GROUNDS,
        "at the fountain",
        None,
        False,
    )


def test_what_helps_to_get_in_is_one_screen_that_nobody_has_to_see(office: Office):
    chat = at_review(office).say("==access", "door code 1234#", "+44 20 7946 0958", "=pets", "=~done")
    assert "door code 1234#" in told(chat)
    order = ordered(chat.say("=~send"))
    assert (order.access, order.phone, order.pets) == ("door code 1234#", "+44 20 7946 0958", True)


def test_the_tap_itself_opens_what_was_never_asked(office: Office):
    turn = at_review(office).hear(Tapped("review", "=access"))
    assert isinstance(turn, Asked)
    assert turn.screen.question == "access"


def test_a_number_that_cannot_be_called_is_said_so_and_another_ones_contact_is_not_taken(office: Office):
    chat = at_review(office).say("==access")
    chat.hear(Contacted("+8613800138000", own=False))
    chat.hear(Contacted("8613800138000", own=True))
    assert "+86 138 0013 8000" in told(chat)
    chat.say(f"={AGAIN}")
    assert "138" not in told(chat)


def test_a_paid_job_shows_its_price_before_it_is_sent(office: Office):
    office.lotus = office.write(lambda work: work.estates.save(replace(office.lotus, currency="CNY")))
    paid = EstateKind(
        estate_id=office.lotus.id,
        code="piano",
        group="paid",
        title={"en": "Move a piano"},
        terms=Terms(kind="paid", amount=Decimal("120.50"), unit={"en": "per floor"}),
        priority=Priority.URGENT,
        solve=4 * HOUR,
    )
    office.write(lambda work: work.kinds.save(paid))
    chat = Chat(office, "Lin", "repair").say("please move our old piano", "=~done", "=piano", "=soon", "=yes")
    assert "120.50" in told(chat)
    order = ordered(chat.say("=~send"))
    change = office.order("Lin", order)
    assert isinstance(change, Change)
    request = change.request
    assert (request.details.terms, request.details.title) == (paid.terms, paid.title)
    assert (request.priority, request.solve_by) == (Priority.URGENT, office.now + 4 * HOUR)


def test_what_is_switched_off_is_never_offered(office: Office):
    office.write(lambda work: work.kinds.save(EstateKind(estate_id=office.lotus.id, code="leak", off=True)))
    chat = Chat(office, "Lin", "repair").say("the tap is leaking", "=~done")
    assert "leak" not in chat.buttons()
    assert isinstance(office.tried("Lin", office.repair(kind="leak")), Exception)


def test_warranty_and_paid_work_without_a_price_say_who_pays(office: Office):
    for group, kind, words in (("warranty", "w_meter", "warranty"), ("paid", "moving", "the worker tells")):
        chat = Chat(office, "Lin", "repair").say(
            "qqq zzz", "=~done", f"={group}", f"={kind}", "=soon", "=yes"
        )
        assert words in told(chat)


def test_a_bill_question_is_no_visit(office: Office):
    chat = Chat(office, "Lin", "repair").say(
        "please explain my bill, why so much", "=~done", "=bill_query", "=~send"
    )
    change = office.order("Lin", ordered(chat))
    assert isinstance(change, Change)
    assert change.request.type is Type.FEES
