"""Complaints: who may know of them, who answers them by when, and when there are too many of one kind."""

from datetime import timedelta
from typing import Any

import pytest

from desk import lifecycle
from desk.actions import feedback, orders
from desk.actions.complaints import Complain, Complained
from desk.actions.feedback import Decide, Reply
from desk.errors import NotAllowed, NotFound, NotPossible, Rejected
from desk.records import Actor, Change, Link, Place, Role, State, Type
from desk.view import DeskView
from tests.desk.office import HOUR, MINUTE, Office


def complain(office: Office, who: str = "Lin", /, **changes: Any) -> Complained:
    known: dict[str, Any] = {
        "home_id": office.home.id,
        "words": "They drill at night",
        "kind": "c_noise",
        "place": Place.BUILDING,
    }
    done = office.order(who, Complain(**(known | changes)))
    assert isinstance(done, Complained)
    return done


def against(office: Office, name: str, **changes: Any) -> int:
    """A complaint against somebody who worked on a job of Lin's; its id."""
    job = office.claimed(name)
    about: dict[str, Any] = {
        "kind": "c_staff",
        "place": Place.ESTATE,
        "about_id": job,
        "accused_id": office.person(name).id,
    }
    return complain(office, **(about | changes)).change.request.id


def sees(office: Office, name: str, number: int) -> bool:
    """Whether the desk shows it to somebody."""
    with office.database.read() as work:
        estate = work.estates.get(office.lotus.id)
        try:
            DeskView(work, office.person(name), estate, office.now).request(number)
        except (NotFound, NotAllowed):
            return False
        return True


STAFF = ("Wang", "Zhao", "Guard", "Fees", "Dai", "Mei", "Olga")


def who_sees(office: Office, number: int) -> set[str]:
    return {
        name for name in (*STAFF, "Lin", "Neighbour", "Rosa", "Manager of Rose") if sees(office, name, number)
    }


def test_a_complaint_is_filed_with_the_promise_to_answer(office: Office):
    made = complain(office, phone="138 0013 8000").change
    request = made.request
    assert (request.type, request.kind, request.place) == (Type.COMPLAINT, "c_noise", Place.BUILDING)
    assert (request.building, request.details.phone) == ("1", "138 0013 8000")
    assert request.respond_by == request.solve_by == office.now + 24 * HOUR
    assert (made.event.name, made.event.actor.person_id) == ("filed", office.person("Lin").id)
    assert office.timers(request.id) == set()
    assert office.due_in("answer_due", request.id) == 12 * HOUR


@pytest.mark.parametrize(
    "changes, refusal",
    [
        ({"kind": "leak"}, NotFound),
        ({"home_id": 2}, NotAllowed),
        ({"kind": "c_staff", "about_id": "job", "accused_id": "Zhao"}, Rejected),
        ({"kind": "c_staff", "about_id": "job", "accused_id": "Lin"}, Rejected),
    ],
)
def test_what_cannot_be_filed(office: Office, changes: dict[str, Any], refusal: type[Exception]):
    job = office.claimed()
    known = {"job": job, **{name: person.id for name, person in office.people.items()}}
    with pytest.raises(refusal):
        complain(office, **{key: known.get(value, value) for key, value in changes.items()})


def test_nobody_complains_about_a_job_of_somebody_else(office: Office):
    job = office.claimed()
    with pytest.raises(NotAllowed):
        complain(office, "Neighbour", kind="c_quality", about_id=job)


def test_the_office_sees_a_complaint_and_nobody_else_of_the_staff(office: Office):
    number = complain(office).change.request.id
    assert who_sees(office, number) == {"Dai", "Mei", "Olga", "Lin"}


@pytest.mark.parametrize(
    "accused, known",
    [("Wang", {"Dai", "Mei", "Olga"}), ("Dai", {"Mei", "Olga"}), ("Mei", {"Olga"}), ("Olga", {"Mei"})],
)
def test_whom_it_is_against_never_sees_it_and_a_leaders_only_the_other_leaders(
    office: Office, accused: str, known: set[str]
):
    number = against(office, accused)
    assert who_sees(office, number) == known | {"Lin"}


def test_one_against_a_colleague_whom_nobody_named_stays_with_the_leaders(office: Office):
    number = complain(office, kind="c_staff", place=Place.ESTATE, accused="The tall one").change.request.id
    assert who_sees(office, number) == {"Mei", "Olga", "Lin"}
    for name in ("Mei", "Olga"):
        office.dismiss(name)
    assert who_sees(office, number) == {"Dai", "Lin"}


@pytest.mark.parametrize("kind", ["c_quality", "c_slow"])
def test_one_about_a_job_is_against_who_did_it(office: Office, kind: str):
    job = office.claimed("Wang")
    request = complain(office, kind=kind, about_id=job).change.request
    assert request.accused_id == office.person("Wang").id
    assert (request.linked_id, request.link) == (job, Link.ABOUT)
    given_back = office.claimed("Dai")
    office.order("Dai", orders.Release(request_id=given_back, why="busy"))
    later = complain(office, kind=kind, about_id=given_back).change.request
    assert later.accused_id == office.person("Dai").id


@pytest.mark.parametrize("accused", ["Wang", "Dai", "Mei", "Olga"])
def test_whom_it_is_against_can_do_nothing_with_it_in_any_state(office: Office, accused: str):
    other = "Olga" if accused == "Mei" else "Mei"
    number = against(office, accused)
    for advance in (
        None,
        orders.Claim(request_id=number),
        Reply(request_id=number, words="We talked to them"),
    ):
        if advance is not None:
            office.order(other, advance)
        before = office.request(number)
        for order in every_order(number):
            assert isinstance(office.tried(accused, order), NotFound | NotAllowed), order
        assert office.request(number) == before


def every_order(number: int) -> list[object]:
    """Whatever somebody of the staff could order about a request."""
    media: dict[str, Any] = {"request_id": number}
    return [
        orders.Claim(**media),
        orders.OnMyWay(**media),
        orders.Start(**media),
        orders.Resume(**media),
        orders.Confirm(**media),
        orders.Cancel(**media),
        orders.Reviewed(**media),
        orders.AskResident(**media, question="?"),
        orders.AnswerWorker(**media, words="!"),
        orders.Release(**media, why="busy"),
        orders.Finish(**media, note="Done"),
        orders.NotFixed(**media, why="No"),
        orders.Rate(**media, score=1),
        Reply(**media, words="Hm"),
        Decide(**media, accepted=True, why="Hm"),
    ]


def test_and_the_lifecycle_holds_that_by_itself():
    from tests.desk.test_lifecycle import standing

    request = standing("new", type=Type.COMPLAINT, accused_id=15)
    for step in lifecycle.STEPS:
        assert not lifecycle.possible(request, step, Actor(role=Role.MANAGER, person_id=15))
        assert not lifecycle.possible(request, step, Actor(role=Role.WORKER, person_id=10))
    assert lifecycle.possible(request, "claimed", Actor(role=Role.OWNER, person_id=16))
    assert not lifecycle.possible(standing("new"), "replied", Actor(role=Role.OWNER, person_id=16))


@pytest.mark.parametrize("worker", ["Wang", "Zhao", "Guard"])
def test_no_worker_claims_or_answers_what_is_for_the_office(office: Office, worker: str):
    number = complain(office).change.request.id
    for order in (orders.Claim(request_id=number), Reply(request_id=number, words="Hm")):
        assert isinstance(office.tried(worker, order), NotFound)


def test_the_office_takes_it_answers_and_the_resident_is_content(office: Office):
    number = complain(office).change.request.id
    office.order("Dai", orders.Claim(request_id=number))
    assert office.timer("answer_due", number) is not None
    change = office.order("Mei", Reply(request_id=number, words="They stop at ten"))
    assert isinstance(change, Change)
    assert (change.request.state, change.event.why) == (State.DONE, "They stop at ten")
    assert change.request.worker_id == office.person("Dai").id
    assert office.timers(number) == {"silence"}
    assert office.timer("answer_due", number) is None
    office.order("Lin", orders.Confirm(request_id=number))
    assert office.state(number) is State.CLOSED
    assert office.timers(number) == set(), "whoever complained is not asked for a score as well"


def test_who_answers_first_deals_with_it(office: Office):
    number = complain(office).change.request.id
    change = office.order("Mei", Reply(request_id=number, words="They stop at ten"))
    assert (change.request.worker_id, change.request.claimed_at) == (office.person("Mei").id, office.now)
    assert isinstance(office.tried("Dai", Reply(request_id=number, words="No")), NotPossible)


def test_an_answer_has_words_or_a_picture(office: Office):
    number = complain(office).change.request.id
    office.order("Mei", Reply(request_id=number, words=""))
    assert office.events(number)[-1].why == "📎"


def test_who_is_not_content_is_promised_another_answer(office: Office):
    number = complain(office).change.request.id
    office.order("Mei", Reply(request_id=number, words="They stop at ten"))
    office.later(HOUR)
    office.order("Lin", orders.NotFixed(request_id=number, why="They did not"))
    again = office.request(number)
    assert (again.state, again.worker_id) == (State.ACCEPTED, office.person("Mei").id)
    assert again.solve_by == office.now + 24 * HOUR
    assert office.due_in("answer_due", number) == 12 * HOUR
    office.order("Mei", Reply(request_id=number, words="Now they do"))
    office.order("Lin", orders.NotFixed(request_id=number, why="No"))
    assert office.state(number) is State.NEW
    assert office.timer("answer_due", number) is not None
    assert office.timer("unclaimed", number) is None


def climb(office: Office, number: int) -> Change | None:
    """Fires the reminder of an answer that is owed, as the clockwork does."""
    timer = office.timer("answer_due", number)
    assert timer is not None
    office.now = max(office.now, timer.due_at)
    rung = timer.payload["rung"]
    assert isinstance(rung, int)

    def fire(work: Any) -> Change | None:
        work.timers.cancel(timer.key)
        return feedback.answer_due(work, work.requests.get(number), rung, office.now)

    return office.write(fire)


def test_an_answer_that_is_owed_climbs_before_at_and_after_the_promise(office: Office):
    number, start = complain(office).change.request.id, office.now
    rungs = []
    while office.timer("answer_due", number) is not None:
        change = climb(office, number)
        assert change is not None
        rungs.append((change.request.escalation, (office.now - start) / HOUR))
    assert rungs[:5] == [(1, 12), (2, 20), (3, 24), (4, 48), (5, 72)]
    assert len(rungs) == 9


def test_a_claim_is_no_answer_and_a_question_to_the_resident_stops_the_clock(office: Office):
    number = complain(office).change.request.id
    office.order("Dai", orders.Claim(request_id=number))
    office.order("Dai", orders.AskResident(request_id=number, question="At which hour?"))
    office.later(12 * HOUR)
    assert climb(office, number) is None
    office.later(30 * MINUTE)
    office.order("Lin", orders.AnswerWorker(request_id=number, words="At two"))
    assert climb(office, number) is None, "the promise has moved by the time that the resident took"
    assert office.due_in("answer_due", number) > timedelta()


def test_nothing_climbs_once_it_is_over(office: Office):
    number = complain(office).change.request.id
    office.order("Lin", orders.Cancel(request_id=number))
    if office.timer("answer_due", number) is not None:
        assert climb(office, number) is None
