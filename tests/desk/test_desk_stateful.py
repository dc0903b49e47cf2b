"""A day at the desk: anybody orders anything, timers fire or come late, and the desk stays in order."""

from collections.abc import Callable

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desk.actions import following, merging, my_requests
from desk.actions.dispatching import Accept, Appeal, Assign, Decline, Reject, Transfer
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
#: what else may be ordered, and who gets furthest with it
WISHES: dict[str, tuple[str, Callable[[Office, int], object]]] = {
    "note": ("Lin", lambda office, number: my_requests.AddNote(request_id=number, words="More")),
    "hurry": ("Lin", lambda office, number: my_requests.HurryUp(request_id=number)),
    "move": ("Lin", lambda office, number: my_requests.Move(request_id=number, visit=None)),
    "call off": ("Lin", lambda office, number: my_requests.CallOff(request_id=number, why="Solved")),
    "go on": ("Dai", lambda office, number: my_requests.RefuseCancel(request_id=number, why="Open pipe")),
    "assign": ("Dai", lambda office, number: Assign(request_id=number, to=office.person("Wang").id)),
    "accept": ("Wang", lambda office, number: Accept(request_id=number)),
    "decline": ("Wang", lambda office, number: Decline(request_id=number, why="Busy")),
    "transfer": (
        "Dai",
        lambda office, number: Transfer(request_id=number, to=office.person("Wang").id, why="Busy"),
    ),
    "reject": ("Dai", lambda office, number: Reject(request_id=number, why="Not ours")),
    "appeal": ("Lin", lambda office, number: Appeal(request_id=number, why="It is")),
    "follow": ("Sun", lambda office, number: following.Follow(request_id=number)),
    "unfollow": ("Sun", lambda office, number: following.Unfollow(request_id=number)),
    "merge": ("Dai", lambda office, number: merging.Merge(request_id=number, into=2)),
    "unmerge": ("Dai", lambda office, number: merging.Unmerge(request_id=number)),
}
#: which timers there are in which state, and no other; a request that has climbed the ladder waits without
TIMERS = {
    State.NEW: [{"unclaimed"}],
    State.ASSIGNED: [{"assigned"}],
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
        self.office.neighbour("Sun", "1-1-201")
        self.office.file("Rosa")
        self.office.file("Neighbour", kind="drain_blocked")

    @rule(by=st.sampled_from([MINUTE, HOUR, DAY, 3 * DAY]))
    def time_passes(self, by) -> None:
        self.office.later(by)

    @rule(name=st.sampled_from(PEOPLE), order=st.sampled_from(sorted(ORDERS)))
    def anybody_orders_anything(self, name: str, order: str) -> None:
        self.office.tried(name, ORDERS[order](self.number))

    @rule(order=st.sampled_from(sorted(ORDERS)))
    def whoever_it_behoves_orders_it(self, order: str) -> None:
        self.office.tried(APT.get(order, "Wang"), ORDERS[order](self.number))

    @rule(name=st.sampled_from([*PEOPLE, "Sun"]), wish=st.sampled_from(sorted(WISHES)))
    def anybody_wishes_anything(self, name: str, wish: str) -> None:
        self.office.tried(name, WISHES[wish][1](self.office, self.number))

    @rule(wish=st.sampled_from(sorted(WISHES)))
    def whoever_it_behoves_wishes_it(self, wish: str) -> None:
        name, order = WISHES[wish]
        self.office.tried(name, order(self.office, self.number))

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
    def it_weighs_as_much_as_has_it(self) -> None:
        request = self.office.request(self.number)
        followers = self.office.read(lambda work: work.followers.of(self.number))
        assert request.weight == 1 + len({one.home_id for one in followers} - {request.home_id})

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
