"""Everybody tries everything with a visitor: none leaves the table, and the history tells all of it."""

from datetime import time, timedelta

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desk import visitors
from desk.actions.gate import LetArrive, LetIn, LetLeave, TurnAway
from desk.actions.visitors import (
    ApproveVisitor,
    RefuseVisitor,
    RevokeVisitor,
    ended,
    purge,
)
from desk.records.rules import Approval
from desk.records.visitors import Days, Mode
from tests.desk.office import DAY, HOUR, MINUTE, Office
from tests.desk.visits import allows, asked, register, seen, steps

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
