"""Visitors: who may take which step, what an estate allows, and what the gate is told."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desk import passes, plates, visitors
from desk.actions import gate
from desk.actions.gate import AskHome, LetArrive, LetIn, LetLeave, StandAt, TurnAway
from desk.actions.visitors import (
    ApproveVisitor,
    RefuseVisitor,
    RegisterVisitor,
    RevokeVisitor,
    ended,
    purge,
)
from desk.errors import NotAllowed, NotFound, NotPossible, Rejected
from desk.records import Rules
from desk.records.rules import Approval, VisitorRules
from desk.records.visitors import Days, Mode, Stay, VisitChange, Visitor
from desk.visitors import Verdict
from tests.desk.office import DAY, HOUR, MINUTE, MONDAY, Office


def allows(office: Office, **rules: Any) -> None:
    """The estate's rules from now on."""
    estate = replace(office.lotus, rules=Rules(visitors=VisitorRules(**rules)))
    office.lotus = office.write(lambda work: work.estates.save(estate))


def guest(office: Office, **changes: Any) -> RegisterVisitor:
    """Grandma comes for four hours."""
    known: dict[str, Any] = {
        "home_id": office.home.id,
        "name": "Grandma",
        "mode": Mode.ONCE,
        "start": office.now,
        "end": office.now + 4 * HOUR,
        "reason": "family",
    }
    return RegisterVisitor(**(known | changes))


def register(office: Office, who: str = "Lin", **changes: Any) -> int:
    """Somebody is expected; their number."""
    change: VisitChange = office.order(who, guest(office, **changes))
    return change.visitor.id


def seen(office: Office, number: int) -> Visitor:
    """The visitor as they are."""
    return office.read(lambda work: work.visitors.get(number))


def steps(office: Office, number: int) -> list[str]:
    """What happened."""
    return [one.name for one in office.read(lambda work: work.visitors.events(number))]


def told(office: Office, number: int, at: str = "") -> Verdict:
    """What the gate is told now."""
    return office.read(lambda work: gate.verdict_on(work, work.visitors.get(number), at, office.now))


# ── registering ──


def test_a_pass_is_made_at_once_where_nobody_needs_to_be_asked(office: Office):
    number = register(office)
    visitor = seen(office, number)
    assert (visitor.state, visitor.host_id, visitor.issue) == (Stay.ACTIVE, office.person("Lin").id, 1)
    assert steps(office, number) == ["registered", "approved", "issued"]
    with office.database.read() as work:
        key = work.visitors.key(office.lotus.id)
        code = passes.code(key, number, visitor.issue)
        found = gate.by_link(work, passes.token(key, number, visitor.issue))
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
    assert office.write(lambda work: ended(work, number, office.now)).visitor.state is Stay.EXPIRED


def test_a_pass_taken_back_is_no_good(office: Office):
    number = register(office)
    assert isinstance(office.tried("Neighbour", RevokeVisitor(visitor_id=number)), NotAllowed)
    assert isinstance(office.tried("Guard", RevokeVisitor(visitor_id=number)), NotAllowed)
    office.order("Lin", RevokeVisitor(visitor_id=number))
    assert told(office, number) is Verdict.REVOKED
    assert isinstance(office.tried("Guard", LetArrive(visitor_id=number)), NotPossible)
    assert isinstance(office.tried("Lin", RevokeVisitor(visitor_id=number)), NotPossible)


# ── finding ──


def look(office: Office, typed: str, who: str = "Guard") -> gate.Search:
    """What typing this finds."""
    person = office.person(who)
    return office.write(lambda work: gate.search(work, person, office.lotus, typed, office.now))


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
    other = office.write(lambda work: gate.search(work, boss, office.rose, code, office.now))
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
    assert look(office, good) == gate.Search((), wait=True)
    assert [one.id for one in look(office, "Grandma").found] == [number]


@pytest.mark.parametrize(
    "token", ["", "x", "-", "1", "1-", "1-xyz", "99-" + 22 * "A", "١-abc", "9" * 30 + "-a", "1-é"]
)
def test_a_link_that_we_never_made_is_nobodys(office: Office, token: str):
    register(office)
    with office.database.read() as work:
        assert gate.by_link(work, token) is None


# ── without a pass ──


def asked(office: Office) -> int:
    """Somebody stands at the gate."""
    change = office.order("Guard", AskHome(home_id=office.home.id, name="Courier"))
    return change.visitor.id


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


# ── any order of anything ──

PEOPLE = ["Lin", "Neighbour", "Guard", "Dai", "Mei", "Wang", "Rosa", "Stranger", "Manager of Rose"]
ORDERS = {
    "approve": lambda number: ApproveVisitor(visitor_id=number),
    "refuse": lambda number: RefuseVisitor(visitor_id=number, why="No"),
    "revoke": lambda number: RevokeVisitor(visitor_id=number),
    "arrive": lambda number: LetArrive(visitor_id=number),
    "leave": lambda number: LetLeave(visitor_id=number),
    "let in": lambda number: LetIn(visitor_id=number),
    "turn away": lambda number: TurnAway(visitor_id=number),
}
#: who may have signed which step
SIGNED = {
    "approved": {"Dai", "Mei", "Steward"},
    "issued": {"Steward"},
    "arrived": {"Guard", "Mei"},
    "let_in": {"Lin", "Neighbour", "Guard", "Mei"},
}


class DayAtTheGate(RuleBasedStateMachine):
    """One visitor of each kind, and everybody tries everything."""

    @initialize(mode=st.sampled_from(Mode), approval=st.sampled_from(Approval))
    def somebody_is_expected(self, mode: Mode, approval: Approval) -> None:
        self.office = Office()
        allows(self.office, approval=approval)
        if mode is Mode.WALK_UP:
            self.number = asked(self.office)
        else:
            days = Days(weekdays=(0, 1), opens=time(8), closes=time(20)) if mode is Mode.REGULAR else None
            self.number = register(self.office, mode=mode, days=days, end=self.office.now + 2 * DAY)

    @rule(by=st.sampled_from([MINUTE, HOUR, DAY]))
    def time_passes(self, by: timedelta) -> None:
        self.office.later(by)

    @rule(who=st.sampled_from(PEOPLE), order=st.sampled_from(sorted(ORDERS)))
    def anybody_orders_anything(self, who: str, order: str) -> None:
        self.office.tried(who, ORDERS[order](self.number))

    @rule(order=st.sampled_from(["approve", "arrive", "leave"]))
    def a_manager_orders(self, order: str) -> None:
        self.office.tried("Mei", ORDERS[order](self.number))

    @rule(kind=st.sampled_from(["visit", "visit_purge"]))
    def a_timer_fires(self, kind: str) -> None:
        timer = self.office.timer(kind, self.number)
        if timer is not None:
            self.office.now = max(self.office.now, timer.due_at)
            do = ended if kind == "visit" else purge
            with self.office.database.write() as work:
                work.timers.cancel(timer.key)
                do(work, self.number, self.office.now)

    @invariant()
    def the_history_is_unbroken(self) -> None:
        visitor = seen(self.office, self.number)
        events = self.office.read(lambda work: work.visitors.events(self.number))
        assert visitor.version == len(events)
        assert events[0].before is None
        assert [one.before for one in events[1:]] == [one.after for one in events[:-1]]
        assert events[-1].after is visitor.state
        for one in events[1:]:
            assert one.before in visitors.STEPS[one.name].before
            assert one.actor.name in SIGNED.get(one.name, {one.actor.name})

    @invariant()
    def entries_are_counted_and_one_visit_is_one(self) -> None:
        visitor, done = seen(self.office, self.number), steps(self.office, self.number)
        assert visitor.entries == done.count("arrived") + done.count("let_in")
        assert visitor.entries <= 1 or visitor.mode in visitors.AGAIN

    @invariant()
    def a_code_belongs_to_a_pass_that_was_made(self) -> None:
        visitor = seen(self.office, self.number)
        assert (visitor.code_hash is not None) is (visitor.issue > 0 and visitor.purged_at is None)

    @invariant()
    def it_will_be_forgotten(self) -> None:
        visitor = seen(self.office, self.number)
        waits = {kind for kind in ("visit", "visit_purge") if self.office.timer(kind, self.number)}
        assert waits or visitor.purged_at is not None
        assert (visitor.name == "") is (visitor.purged_at is not None)


TestDayAtTheGate = DayAtTheGate.TestCase
TestDayAtTheGate.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
