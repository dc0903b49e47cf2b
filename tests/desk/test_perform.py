"""Orders: whoever gives one acts as themselves, at their own estate, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import pytest
from hypothesis import given, settings, strategies as st

from desk.actions import orders
from desk.actions.perform import perform
from desk.errors import NotAllowed, NotFound
from desk.records import Role
from tests.desk.office import DAY, MONDAY, Office

#: one of every order about a request
ORDERS: dict[str, Callable[[int], object]] = {
    "claim": lambda number: orders.Claim(request_id=number),
    "on my way": lambda number: orders.OnMyWay(request_id=number),
    "start": lambda number: orders.Start(request_id=number),
    "ask": lambda number: orders.AskResident(request_id=number, question="Which tap?"),
    "answer": lambda number: orders.AnswerWorker(request_id=number, words="Kitchen"),
    "hold": lambda number: orders.Hold(request_id=number, why="parts", until=MONDAY + 5 * DAY),
    "resume": lambda number: orders.Resume(request_id=number),
    "release": lambda number: orders.Release(request_id=number, why="End of shift"),
    "finish": lambda number: orders.Finish(request_id=number, note="New washer"),
    "not fixed": lambda number: orders.NotFixed(request_id=number, why="It drips"),
    "confirm": lambda number: orders.Confirm(request_id=number),
    "cancel": lambda number: orders.Cancel(request_id=number),
    "rate": lambda number: orders.Rate(request_id=number, score=2),
    "explain": lambda number: orders.Explain(request_id=number, reasons=("slow",), words=""),
    "reviewed": lambda number: orders.Reviewed(request_id=number),
}
#: every stage that a request of Lin's, worked on by Wang, can be found in
STAGES: dict[str, Callable[[Office], int]] = {
    "new": lambda office: office.file(),
    "claimed": lambda office: office.claimed(),
    "done": lambda office: office.finished(),
    "closed": lambda office: office.closed(),
    "asked for a score": lambda office: office.asked(),
}
OUTSIDERS = ["Rosa", "Plumber of Rose", "Manager of Rose", "Neighbour", "Stranger", "Guard", "Fees"]


def order_types() -> set[type]:
    """What `desk.actions.orders` defines."""
    here = [one for one in vars(orders).values() if isinstance(one, type)]
    return {one for one in here if one.__module__ == orders.__name__}


def test_every_order_is_tried_here():
    tried = {type(make(1)) for make in ORDERS.values()}
    assert tried == order_types() - {orders.Join, orders.Speak, orders.RequestOrder}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", OUTSIDERS)
def test_whoever_has_nothing_to_do_with_it_can_do_nothing_with_it(office: Office, stage, name):
    number = STAGES[stage](office)
    before = trace(office, number)
    for make in ORDERS.values():
        assert isinstance(office.tried(name, make(number)), NotAllowed)
    assert trace(office, number) == before


@pytest.mark.parametrize("order", ORDERS)
def test_a_request_that_is_not_there_is_not_found(office: Office, order):
    refusal = office.tried("Wang", ORDERS[order](999))
    assert isinstance(refusal, NotFound if order not in ("rate", "explain") else NotAllowed)


def test_something_that_is_no_order_is_our_mistake(office: Office):
    @dataclass(frozen=True)
    class Dance:
        """No desk knows this."""

    with pytest.raises(TypeError, match="Dance"):
        office.write(lambda work: perform(work, office.person("Lin"), Dance(), office.now))


def test_no_order_names_who_gives_it():
    """What an order does not hold, nobody can forge in it; a report is checked against who sends it."""
    names = {field.name for order in order_types() for field in fields(order)}
    assert not {name for name in names if name.endswith(("person_id", "worker_id", "resident_id", "actor"))}


def trace(office: Office, number: int) -> object:
    """All that is kept of a request."""
    return (
        office.request(number),
        office.events(number),
        office.survey(number),
        [office.timer(kind, number) for kind in sorted(office.timers(number))],
    )


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["Lin", "Wang", "Zhao", "Dai", "Mei", "Electrician", *OUTSIDERS]),
            st.sampled_from(sorted(ORDERS)),
        ),
        max_size=25,
    )
)
def test_every_event_is_signed_by_who_gave_the_order_in_a_role_they_hold(steps):
    office = Office()
    number = office.file()
    roles = {"Lin": {Role.RESIDENT}, "Dai": {Role.DISPATCHER}, "Mei": {Role.MANAGER}}
    for name, order in steps:
        before = trace(office, number)
        known = len(office.events(number))
        refusal = office.tried(name, ORDERS[order](number))
        new = office.events(number)[known:]
        if refusal is not None:
            assert trace(office, number) == before, "a refusal leaves no trace"
        for event in new:
            assert event.actor.person_id == office.person(name).id
            assert event.actor.role in roles.get(name, {Role.WORKER})
            assert name not in OUTSIDERS
