"""Arbitrary steps by arbitrary people: none leaves the table, and the history tells all of it."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desk import lifecycle
from desk.errors import Refused
from desk.records import Event, Role, State
from tests.desk.office import MONDAY
from tests.desk.test_lifecycle import CAST, standing

#: steps after which somebody has the job
HANDED = {"claimed", "assigned", "transferred"}
OVER = {State.CLOSED, State.CANCELLED, State.REJECTED, State.DUPLICATE}
NOBODYS = {State.NEW, State.ON_HOLD, State.CANCELLED, State.REJECTED, State.DUPLICATE}


class LifeOfARequest(RuleBasedStateMachine):
    """One request in the hands of a whole estate."""

    def __init__(self) -> None:
        super().__init__()
        self.first = self.request = standing("new", version=1)
        self.events: list[Event] = []
        self.now = MONDAY
        self.waited = timedelta()

    @rule(minutes=st.integers(0, 3000))
    def time_passes(self, minutes: int) -> None:
        passed = timedelta(minutes=minutes)
        self.now += passed
        if self.request.state is State.WAITING_RESIDENT:
            self.waited += passed

    @rule(
        name=st.sampled_from(sorted(lifecycle.STEPS)),
        who=st.sampled_from(sorted(CAST)),
        why=st.sampled_from(["because", "", " "]),
    )
    def somebody_tries(self, name: str, who: str, why: str) -> None:
        actor = CAST[who]
        changes: dict[str, Any] = {"worker_id": actor.person_id or 10} if name in HANDED else {}
        with suppress(Refused):
            change = lifecycle.take(self.request, name, actor, self.now, why, **changes)
            assert change.request.version == self.request.version + 1
            self.request = change.request
            self.events.append(change.event)

    @rule(name=st.sampled_from(sorted(lifecycle.STEPS)))
    def whoever_may_does(self, name: str) -> None:
        """Most tries are refused; this one gets further."""
        able = [who for who in CAST if lifecycle.possible(self.request, name, CAST[who])]
        if able:
            self.somebody_tries(name, able[0], "because")

    @invariant()
    def the_history_is_unbroken(self) -> None:
        state = self.first.state
        for event in self.events:
            assert event.before is state
            assert state in lifecycle.STEPS[event.name].before
            assert event.actor.role in lifecycle.STEPS[event.name].who
            state = event.after
        assert self.request.state is state
        assert self.request.version == self.first.version + len(self.events)

    @invariant()
    def only_done_is_closed_and_never_by_a_worker(self) -> None:
        for event in self.events:
            # opening again files another request, and is noted on the one that stays closed
            noted = (event.name, event.before) == ("reopened", State.CLOSED)
            if event.after is State.CLOSED and not noted:
                assert event.before is State.DONE
                assert event.actor.role is not Role.WORKER

    @invariant()
    def what_is_over_stays_over_unless_somebody_asks_for_it(self) -> None:
        back = {event.name for event in self.events if event.before in OVER and event.after not in OVER}
        assert back <= {"appealed", "unmerged"}

    @invariant()
    def promises_move_by_what_the_resident_took(self) -> None:
        stands_still = self.request.state is State.WAITING_RESIDENT
        assert (self.request.paused_at is not None) is stands_still
        pause = self.now - self.request.paused_at if self.request.paused_at else timedelta()
        for promise in ("respond_by", "solve_by"):
            assert getattr(self.request, promise) == getattr(self.first, promise) + self.waited - pause

    @invariant()
    def a_request_keeps_what_its_state_needs_and_nothing_else(self) -> None:
        state = self.request.state
        assert (self.request.previous is not None) is (state in lifecycle.PAUSES)
        assert self.request.hold_until is None or state is State.ON_HOLD
        assert self.request.worker_id is not None or state in NOBODYS
        assert self.request.worker_id is None or state is not State.NEW


TestLifeOfARequest = LifeOfARequest.TestCase
TestLifeOfARequest.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
