"""Giving a request to somebody, not taking it on, and merging it into another: who may, and what follows."""

import pytest

from desk.actions import dispatching, following, merging, orders
from desk.errors import NotAllowed, NotPossible, Rejected
from desk.records import Link, State
from tests.desk.office import DAY, MINUTE, Office


def given(office: Office, to: str = "Wang") -> int:
    """A request that Dai has given to somebody."""
    number = office.file()
    office.order("Dai", dispatching.Assign(request_id=number, to=office.person(to).id))
    return number


def test_only_the_office_gives_it_and_only_to_who_may_do_it(office: Office):
    number = office.file()
    for name in ("Lin", "Wang", "Guard", "Manager of Rose"):
        order = dispatching.Assign(request_id=number, to=office.person("Zhao").id)
        assert isinstance(office.tried(name, order), NotAllowed)
    for to in ("Electrician", "Guard", "Stranger", "Plumber of Rose", "Lin"):
        order = dispatching.Assign(request_id=number, to=office.person(to).id)
        assert isinstance(office.tried("Dai", order), NotAllowed)


def test_accepted_by_the_very_one_it_was_given_to(office: Office):
    number = given(office)
    assert office.timer("unclaimed", number) is None
    for name in ("Zhao", "Dai"):
        assert isinstance(office.tried(name, dispatching.Accept(request_id=number)), NotAllowed)
    change = office.order("Wang", dispatching.Accept(request_id=number))
    assert (change.request.state, change.request.claimed_at) == (State.ACCEPTED, office.now)
    assert office.timer("assigned", number) is None


def test_declined_or_too_late_it_waits_for_a_claim_anew(office: Office):
    number = given(office)
    office.order("Wang", dispatching.Decline(request_id=number, why="No tools"))
    assert (office.state(number), office.request(number).worker_id) == (State.NEW, None)
    assert office.timers(number) == {"unclaimed"}
    number = given(office)
    assert office.due_in("assigned", number) == 30 * MINUTE

    def run_out(work):
        return dispatching.not_accepted(work, work.requests.get(number), office.now)

    change = office.write(run_out)
    assert (change.event.name, change.event.why) == ("declined", dispatching.NO_ANSWER)
    assert office.write(run_out) is None, "it is nobody's any more"


def test_a_job_is_handed_on_by_its_worker_or_the_office(office: Office):
    number = office.claimed("Wang")
    to_zhao = dispatching.Transfer(request_id=number, to=office.person("Zhao").id, why="Another trade")
    assert isinstance(office.tried("Zhao", to_zhao), NotAllowed)
    office.order("Wang", orders.Hold(request_id=number, why="parts", until=office.now + DAY))
    change = office.order("Wang", to_zhao)
    assert (change.request.state, change.request.worker_id) == (State.ASSIGNED, office.person("Zhao").id)
    assert (change.request.hold_until, office.timers(number)) == (None, {"assigned"})
    assert isinstance(office.tried("Wang", dispatching.Accept(request_id=number)), NotAllowed)


def test_rejected_with_a_reason_and_looked_at_again_once(office: Office):
    number = office.file()
    reject = dispatching.Reject(request_id=number, why="Not ours")
    appeal = dispatching.Appeal(request_id=number, why="It is")
    assert isinstance(office.tried("Wang", reject), NotAllowed)
    assert isinstance(office.tried("Lin", appeal), NotPossible)
    office.order("Dai", reject)
    assert (office.state(number), office.timers(number)) == (State.REJECTED, set())
    assert isinstance(office.tried("Neighbour", appeal), NotAllowed)
    office.order("Lin", appeal)
    assert (office.state(number), office.timers(number)) == (State.NEW, {"unclaimed"})
    office.order("Dai", reject)
    assert isinstance(office.tried("Lin", appeal), NotPossible)


def test_merged_with_its_people_and_taken_out_again_with_them(office: Office):
    lead = office.file()
    home = office.neighbour("Sun", "1-1-201")
    number = office.file("Sun", home_id=home.id)
    office.neighbour("Qian", "1-1-301")
    office.order("Qian", following.Follow(request_id=number))
    merge = merging.Merge(request_id=number, into=office.request(lead).number)
    for name in ("Lin", "Wang", "Manager of Rose"):
        assert isinstance(office.tried(name, merge), NotAllowed)
    office.order("Dai", merge)
    merged = office.request(number)
    assert (merged.state, merged.link, merged.linked_id) == (State.DUPLICATE, Link.DUPLICATE, lead)
    assert (office.request(lead).weight, office.timers(number)) == (3, set())
    office.order("Dai", merging.Unmerge(request_id=number))
    again = office.request(number)
    assert (again.state, again.link, again.linked_id, again.weight) == (State.NEW, None, None, 2)
    assert (office.request(lead).weight, office.timers(number)) == (1, {"unclaimed"})


@pytest.mark.parametrize("into", ["itself", "nothing", "closed", "merged"])
def test_what_it_cannot_go_into_is_asked_for_anew(office: Office, into: str):
    closed = office.closed()
    first, other, number = office.file(), office.file(), office.file()
    office.order("Dai", merging.Merge(request_id=other, into=office.request(first).number))
    wrong = {
        "itself": office.request(number).number,
        "nothing": 999,
        "closed": office.request(closed).number,
        "merged": office.request(other).number,
    }
    refusal = office.tried("Dai", merging.Merge(request_id=number, into=wrong[into]))
    assert isinstance(refusal, Rejected)
    assert refusal.question == "number"
