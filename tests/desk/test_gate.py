"""The gate: whom it lets in, how it finds them, and who comes without a pass."""

from datetime import time

import pytest

from desk import passes, plates
from desk.actions import finding
from desk.actions.gate import AskHome, LetArrive, LetIn, LetLeave, StandAt, TurnAway
from desk.actions.visitors import (
    ApproveVisitor,
    RevokeVisitor,
    ended,
)
from desk.errors import NotAllowed, NotFound, NotPossible
from desk.records.visitors import Days, Mode, Stay
from desk.visitors import Verdict
from tests.desk.office import DAY, HOUR, Office
from tests.desk.visits import allows, asked, register, seen, told

# ── the gate ──


def test_once_in_and_out_and_never_again(office: Office):
    number = register(office)
    office.order("Guard", LetArrive(visitor_id=number))
    assert told(office, number) is Verdict.INSIDE
    assert isinstance(office.tried("Mei", LetArrive(visitor_id=number)), NotPossible)
    office.order("Guard", LetLeave(visitor_id=number))
    assert (told(office, number), seen(office, number).entries) == (Verdict.USED, 1)
    assert isinstance(office.tried("Guard", LetArrive(visitor_id=number)), NotPossible)


def test_several_times_until_it_is_over(office: Office):
    number = register(office, mode=Mode.SEVERAL, end=office.now + 2 * DAY)
    for _time in range(3):
        office.order("Guard", LetArrive(visitor_id=number))
        office.order("Guard", LetLeave(visitor_id=number))
    assert (seen(office, number).entries, told(office, number)) == (3, Verdict.VALID)
    office.order("Guard", LetArrive(visitor_id=number))
    office.later(3 * DAY)
    office.order("Guard", LetLeave(visitor_id=number))
    assert seen(office, number).state is Stay.EXPIRED


def test_a_regular_visitor_comes_on_their_days_at_their_hours(office: Office):
    days = Days(weekdays=(0, 2), opens=time(9), closes=time(12))
    until = office.now + 30 * DAY
    number = register(office, mode=Mode.REGULAR, days=days, start=office.now - 2 * HOUR, end=until)
    assert told(office, number) is Verdict.VALID  # Monday, 10:00
    for later, verdict in [(2, Verdict.NOT_NOW), (22, Verdict.NOT_NOW), (24, Verdict.VALID)]:
        office.later(later * HOUR)  # noon; Tuesday; Wednesday, 10:00
        assert told(office, number) is verdict


@pytest.mark.parametrize("name", ["Lin", "Wang", "Dai", "Fees", "Manager of Rose", "Stranger", "Rosa"])
def test_only_the_gate_lets_in(office: Office, name: str):
    number = register(office)
    assert isinstance(office.tried(name, LetArrive(visitor_id=number)), NotAllowed)
    office.order("Guard", LetArrive(visitor_id=number))
    assert isinstance(office.tried(name, LetLeave(visitor_id=number)), NotAllowed)


def test_another_gate_is_the_wrong_one_and_an_unknown_one_is_not(office: Office):
    allows(office, gates=("North", "South"))
    number = register(office, gate="North")
    assert isinstance(office.tried("Guard", StandAt(estate_id=office.lotus.id, gate="East")), NotFound)
    assert isinstance(office.tried("Lin", StandAt(estate_id=office.lotus.id, gate="North")), NotAllowed)
    office.order("Guard", StandAt(estate_id=office.lotus.id, gate="South"))
    assert told(office, number, "South") is Verdict.WRONG_GATE
    assert isinstance(office.tried("Guard", LetArrive(visitor_id=number)), NotPossible)
    office.order("Guard", StandAt(estate_id=office.lotus.id, gate="North"))
    office.order("Guard", LetArrive(visitor_id=number))


def test_too_early_and_too_late(office: Office):
    number = register(office, start=office.now + HOUR)
    assert told(office, number) is Verdict.NOT_YET
    office.later(4 * HOUR)
    assert told(office, number) is Verdict.EXPIRED
    office.write(lambda work: ended(work, number, office.now))
    assert seen(office, number).state is Stay.EXPIRED


def test_a_pass_taken_back_is_no_good(office: Office):
    number = register(office)
    assert isinstance(office.tried("Neighbour", RevokeVisitor(visitor_id=number)), NotAllowed)
    assert isinstance(office.tried("Guard", RevokeVisitor(visitor_id=number)), NotAllowed)
    office.order("Lin", RevokeVisitor(visitor_id=number))
    assert told(office, number) is Verdict.REVOKED
    assert isinstance(office.tried("Guard", LetArrive(visitor_id=number)), NotPossible)
    assert isinstance(office.tried("Lin", RevokeVisitor(visitor_id=number)), NotPossible)


# ── finding ──


def look(office: Office, typed: str, who: str = "Guard") -> finding.Search:
    """What typing this finds."""
    person = office.person(who)
    return office.write(lambda work: finding.search(work, person, office.lotus, typed, office.now))


def code_of(office: Office, number: int) -> str:
    """What the pass says."""
    with office.database.read() as work:
        return passes.code(work.visitors.key(office.lotus.id), number, work.visitors.get(number).issue)


def test_the_guard_finds_by_code_plate_and_name_in_any_writing(office: Office):
    number = register(office, plate=plates.normal("京A·12345"), name="Ｇrandma  王芳")
    code = code_of(office, number)
    arabic = "".join(chr(ord("\u0660") + int(digit)) for digit in code)
    for typed in (code, f"{code[:3]} {code[3:]}", arabic, "京a 12345", "京A-１２３４５", "grandma", "王芳"):
        assert [one.id for one in look(office, typed).found] == [number], typed
    for typed in ("", " ", "Bob", "京B12345", "%"):
        assert look(office, typed).found == ()


def test_a_code_is_found_good_or_not_and_only_in_its_estate(office: Office):
    number = register(office)
    code = code_of(office, number)
    office.order("Lin", RevokeVisitor(visitor_id=number))
    assert [one.id for one in look(office, code).found] == [number]
    boss = office.person("Manager of Rose")
    other = office.write(lambda work: finding.search(work, boss, office.rose, code, office.now))
    assert other.found == ()


@pytest.mark.parametrize("name", ["Lin", "Wang", "Dai", "Stranger", "Manager of Rose"])
def test_nobody_else_may_look(office: Office, name: str):
    register(office)
    with pytest.raises(NotAllowed):
        look(office, "Grandma", name)


def test_who_guesses_codes_has_to_wait(office: Office):
    number = register(office)
    good = code_of(office, number)
    wrong = [f"{one:06}" for one in range(20) if f"{one:06}" != good][:10]
    for one in [wrong[0], *wrong]:
        assert not look(office, one).wait
    assert look(office, good) == finding.Search((), wait=True)
    assert [one.id for one in look(office, "Grandma").found] == [number]


@pytest.mark.parametrize(
    "token", ["", "x", "-", "1", "1-", "1-xyz", "99-" + 22 * "A", "١-abc", "9" * 30 + "-a", "1-é"]
)
def test_a_link_that_we_never_made_is_nobodys(office: Office, token: str):
    register(office)
    with office.database.read() as work:
        assert finding.by_link(work, token) is None


# ── without a pass ──


@pytest.mark.parametrize("who, host", [("Lin", "Lin"), ("Neighbour", "Neighbour"), ("Guard", None)])
def test_the_first_answer_lets_in(office: Office, who: str, host: str | None):
    number = asked(office)
    office.order(who, LetIn(visitor_id=number))
    visitor = seen(office, number)
    assert (visitor.state, visitor.entries) == (Stay.ARRIVED, 1)
    assert visitor.host_id == (office.person(host).id if host else None)
    for late in ("Lin", "Neighbour", "Guard"):
        assert office.tried(late, TurnAway(visitor_id=number)) is not None


@pytest.mark.parametrize("who", ["Neighbour", "Guard"])
def test_the_first_answer_turns_away(office: Office, who: str):
    number = asked(office)
    office.order(who, TurnAway(visitor_id=number))
    assert seen(office, number).state is Stay.REFUSED
    assert isinstance(office.tried("Lin", LetIn(visitor_id=number)), NotPossible)


@pytest.mark.parametrize("name", ["Rosa", "Wang", "Stranger", "Manager of Rose"])
def test_nobody_else_answers_or_asks(office: Office, name: str):
    number = asked(office)
    for order in (LetIn(visitor_id=number), TurnAway(visitor_id=number)):
        assert isinstance(office.tried(name, order), NotAllowed)
    assert isinstance(office.tried(name, AskHome(home_id=office.home.id, name="Me")), NotAllowed)


def test_a_walk_up_takes_no_step_of_a_pass(office: Office):
    number = asked(office)
    for order in (ApproveVisitor(visitor_id=number), LetArrive(visitor_id=number)):
        assert office.tried("Mei", order) is not None
    assert seen(office, number).state is Stay.REQUESTED
