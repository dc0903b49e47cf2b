"""Visitors: what an estate allows, what its office says, and when they are forgotten."""

from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from desk import passes, plates
from desk.actions import finding
from desk.actions.gate import LetArrive
from desk.actions.visitors import (
    ApproveVisitor,
    RefuseVisitor,
    RevokeVisitor,
    ended,
    purge,
)
from desk.errors import NotAllowed, NotFound, NotPossible, Rejected
from desk.records.rules import Approval
from desk.records.visitors import Mode, Stay
from desk.visitors import Verdict
from tests.desk.office import DAY, HOUR, MINUTE, MONDAY, Office
from tests.desk.visits import allows, guest, register, seen, steps, told

# ── registering ──


def test_a_pass_is_made_at_once_where_nobody_needs_to_be_asked(office: Office):
    number = register(office)
    visitor = seen(office, number)
    assert (visitor.state, visitor.host_id, visitor.issue) == (Stay.ACTIVE, office.person("Lin").id, 1)
    assert steps(office, number) == ["registered", "approved", "issued"]
    with office.database.read() as work:
        key = work.visitors.key(office.lotus.id)
        code = passes.code(key, number, visitor.issue)
        found = finding.by_link(work, passes.token(key, number, visitor.issue))
    assert visitor.code_hash == passes.code_hash(key, code)
    assert code not in repr(visitor)
    assert found == visitor


@pytest.mark.parametrize(
    "approval, hours, asked",
    [
        (Approval.NEVER, 100, False),
        (Approval.ALWAYS, 1, True),
        (Approval.LONG, 24, False),
        (Approval.LONG, 25, True),
    ],
)
def test_the_office_is_asked_as_the_estate_says(office: Office, approval: Approval, hours: int, asked: bool):
    allows(office, approval=approval)
    number = register(office, end=office.now + hours * HOUR)
    assert (seen(office, number).state is Stay.REQUESTED) is asked
    assert told(office, number) is (Verdict.WAITING if asked else Verdict.VALID)


@pytest.mark.parametrize(
    "changes, question",
    [
        ({"start": MONDAY - HOUR}, "from"),
        ({"start": MONDAY + 31 * DAY, "end": MONDAY + 31 * DAY + HOUR}, "from"),
        ({"end": MONDAY}, "from"),
        ({"start": MONDAY + HOUR, "end": MONDAY + HOUR}, "until"),
        ({"start": MONDAY + 2 * HOUR, "end": MONDAY + HOUR}, "until"),
        ({"end": MONDAY + 7 * DAY + MINUTE}, "until"),
        ({"people": 0}, "people"),
        ({"people": 11}, "people"),
        ({"gate": "Back door"}, "gate"),
        ({"start": MONDAY + 14 * HOUR, "end": MONDAY + 16 * HOUR}, "from"),  # at midnight
    ],
)
def test_what_the_estate_does_not_allow_is_asked_again(
    office: Office, changes: dict[str, Any], question: str
):
    allows(office, hours=(time(6), time(23)), gates=("North",))
    refused = office.tried("Lin", guest(office, **changes))
    assert isinstance(refused, Rejected)
    assert refused.question == question


@pytest.mark.parametrize("name", ["Rosa", "Stranger", "Guard", "Mei"])
def test_only_who_lives_there_registers(office: Office, name: str):
    assert isinstance(office.tried(name, guest(office)), NotAllowed)


def test_who_moved_out_registers_nobody_and_has_no_guests_there_any_more(office: Office):
    number = register(office)
    office.move_out("Lin")
    assert isinstance(office.tried("Lin", guest(office)), NotAllowed)
    assert told(office, number) is Verdict.REVOKED
    assert isinstance(office.tried("Guard", LetArrive(visitor_id=number)), NotPossible)


def test_a_home_has_so_many_passes_at_once_whoever_made_them(office: Office):
    allows(office, passes=2)
    number = register(office)
    register(office, "Neighbour")
    assert isinstance(office.tried("Lin", guest(office)), NotPossible)
    office.order("Lin", RevokeVisitor(visitor_id=number))
    register(office)


def test_passes_of_people_who_moved_out_take_no_place(office: Office):
    allows(office, passes=1)
    register(office)
    assert isinstance(office.tried("Neighbour", guest(office)), NotPossible)
    office.move_out("Lin")
    register(office, "Neighbour")


@pytest.mark.parametrize(
    "changes",
    [{"name": " "}, {"mode": Mode.WALK_UP}, {"mode": Mode.REGULAR}, {"reason": "spying"}],
)
def test_nonsense_makes_no_pass(office: Office, changes: dict[str, Any]):
    assert isinstance(office.tried("Lin", guest(office, **changes)), NotPossible | NotFound)


def test_hours_may_reach_over_midnight(office: Office):
    allows(office, hours=(time(22), time(11)))
    register(office)
    assert isinstance(office.tried("Lin", guest(office, start=office.now + 2 * HOUR)), Rejected)


# ── the office ──


def test_the_office_says_yes_and_the_pass_is_made(office: Office):
    allows(office, approval=Approval.ALWAYS)
    number = register(office)
    office.order("Dai", ApproveVisitor(visitor_id=number))
    assert seen(office, number).state is Stay.ACTIVE
    assert isinstance(office.tried("Mei", RefuseVisitor(visitor_id=number, why="late")), NotPossible)


def test_the_office_says_no_with_a_reason(office: Office):
    allows(office, approval=Approval.ALWAYS)
    number = register(office)
    assert isinstance(office.tried("Dai", RefuseVisitor(visitor_id=number, why=" ")), NotPossible)
    office.order("Dai", RefuseVisitor(visitor_id=number, why="No builders on Sundays"))
    assert (seen(office, number).state, told(office, number)) == (Stay.REFUSED, Verdict.REFUSED)


@pytest.mark.parametrize("name", ["Lin", "Wang", "Fees", "Manager of Rose", "Stranger", "Guard"])
def test_nobody_else_says_yes_or_no(office: Office, name: str):
    allows(office, approval=Approval.ALWAYS)
    number = register(office)
    assert isinstance(office.tried(name, ApproveVisitor(visitor_id=number)), NotAllowed)
    assert isinstance(office.tried(name, RefuseVisitor(visitor_id=number, why="x")), NotAllowed)


def test_a_guard_says_yes_where_the_estate_says_so(office: Office):
    allows(office, approval=Approval.ALWAYS, guards_approve=True)
    number = register(office)
    office.order("Guard", ApproveVisitor(visitor_id=number))
    assert seen(office, number).state is Stay.ACTIVE


def test_too_late_to_say_yes(office: Office):
    allows(office, approval=Approval.ALWAYS)
    number = register(office)
    office.later(5 * HOUR)
    assert isinstance(office.tried("Dai", ApproveVisitor(visitor_id=number)), NotPossible)


# ── forgetting ──


def test_names_and_plates_are_forgotten_and_the_visit_still_counts(office: Office):
    allows(office, approval=Approval.ALWAYS, keep=timedelta(days=3))
    number = register(office, plate="A1")
    office.order("Dai", RefuseVisitor(visitor_id=number, why="Grandma drives A1 badly"))
    timer = office.timer("visit_purge", number)
    assert timer is not None
    assert timer.due_at == office.now + timedelta(days=3)
    assert office.timer("visit", number) is None
    office.later(3 * DAY)
    office.write(lambda work: purge(work, number, office.now))
    visitor = seen(office, number)
    assert (visitor.name, visitor.plate, visitor.code_hash, visitor.purged_at) == ("", "", None, office.now)
    events = office.read(lambda work: work.visitors.events(number))
    assert [one.name for one in events] == ["registered", "refused", "purged"]
    assert "Grandma" not in repr(events)
    assert office.write(lambda work: purge(work, number, office.now)) is None


def test_somebody_still_inside_at_the_end_stays_and_is_forgotten_in_time(office: Office):
    number = register(office)
    office.order("Guard", LetArrive(visitor_id=number))
    office.later(4 * HOUR)
    assert office.write(lambda work: ended(work, number, office.now)) is None
    assert seen(office, number).state is Stay.ARRIVED
    assert office.due_in("visit_purge", number) == 30 * DAY


# ── plates ──


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("京A·12345", "京A12345"),
        ("京a 12345", "京A12345"),
        ("粤BD12345", "粤BD12345"),
        ("沪A12345D", "沪A12345D"),
        ("m-ab 1234", "MAB1234"),
        ("١٢٣٤ ABC", "1234ABC"),
        ("\uff21\uff22\uff11\uff12", "AB12"),
        ("12 أ ب", "12أب"),
        ("none", ""),
        ("", ""),
        ("1", ""),
        ("1234567890123", ""),
    ],
)
def test_a_plate_has_one_form(typed: str, kept: str):
    assert plates.normal(typed) == kept


@given(st.text(max_size=30))
def test_a_plate_in_its_form_stays(typed: str):
    assert plates.normal(plates.normal(typed)) == plates.normal(typed)


@given(st.binary(min_size=32, max_size=32), st.integers(1, 10**18 - 1), st.integers(1, 9))
def test_links_fit_telegram_and_are_good_for_one_visitor_alone(key: bytes, number: int, issue: int):
    token = passes.token(key, number, issue)
    assert len(f"pass-{token}") <= 64
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
    assert passes.visitor_of(token) == number
    assert passes.genuine(key, token, number, issue)
    assert not passes.genuine(key, token, number, issue + 1)
    assert not passes.genuine(bytes(reversed(key)) + b"x", token, number, issue)
    assert len(passes.code(key, number, issue)) == passes.DIGITS
