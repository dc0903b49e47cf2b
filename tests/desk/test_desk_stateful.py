"""A day at the desk: anybody orders anything, timers fire or come late, and the desk stays in order."""

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desk.records import State
from tests.desk.office import DAY, HOUR, KINDS, MINUTE, Office
from tests.desk.test_perform import ORDERS

PEOPLE = ["Lin", "Neighbour", "Wang", "Zhao", "Electrician", "Guard", "Dai", "Mei", "Manager of Rose"]
#: who gets furthest with an order
APT = {
    "answer": "Lin",
    "not fixed": "Lin",
    "confirm": "Lin",
    "cancel": "Dai",
    "rate": "Lin",
    "explain": "Lin",
    "reviewed": "Mei",
}
#: which timers there are in which state, and no other; a request that has climbed the ladder waits without
TIMERS = {
    State.NEW: [{"unclaimed"}],
    State.WAITING_RESIDENT: [{"question"}],
    State.ON_HOLD: [{"resume"}],
    State.DONE: [{"silence"}],
    State.CLOSED: [{"survey"}, {"survey_reminder"}, set()],
}


class DayAtTheDesk(RuleBasedStateMachine):
    """One request among many people."""

    @initialize()
    def lin_files_it(self) -> None:
        self.office = Office()
        self.number = self.office.file()

    @rule(by=st.sampled_from([MINUTE, HOUR, DAY, 3 * DAY]))
    def time_passes(self, by) -> None:
        self.office.later(by)

    @rule(name=st.sampled_from(PEOPLE), order=st.sampled_from(sorted(ORDERS)))
    def anybody_orders_anything(self, name: str, order: str) -> None:
        self.office.tried(name, ORDERS[order](self.number))

    @rule(order=st.sampled_from(sorted(ORDERS)))
    def whoever_it_behoves_orders_it(self, order: str) -> None:
        self.office.tried(APT.get(order, "Wang"), ORDERS[order](self.number))

    @rule(kind=st.sampled_from(KINDS))
    def a_timer_fires(self, kind: str) -> None:
        timer = self.office.timer(kind, self.number)
        if timer is not None:
            self.office.now = max(self.office.now, timer.due_at)
            self.office.fire(kind, self.number)

    @invariant()
    def each_state_has_its_timers_and_no_other(self) -> None:
        request = self.office.request(self.number)
        told_everybody = request.state is State.NEW and request.escalation == 3
        expected = [set()] if told_everybody else TIMERS.get(request.state, [set()])
        assert self.office.timers(self.number) in expected, request.state

    @invariant()
    def a_hold_ends_when_its_timer_says(self) -> None:
        timer = self.office.timer("resume", self.number)
        assert (timer.due_at if timer else None) == self.office.request(self.number).hold_until

    @invariant()
    def the_record_and_its_history_agree(self) -> None:
        request, events = self.office.request(self.number), self.office.events(self.number)
        assert request.version == len(events)
        assert [event.before for event in events[1:]] == [event.after for event in events[:-1]]
        assert events[-1].after is request.state
        assert request.not_fixed == sum(event.name.startswith("not_fixed") for event in events)
        assert (request.done_at is not None) is (request.state in {State.DONE, State.CLOSED})
        assert (request.closed_at is not None) is (request.state in {State.CLOSED, State.CANCELLED})


TestDayAtTheDesk = DayAtTheDesk.TestCase
TestDayAtTheDesk.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
