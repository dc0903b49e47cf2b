"""What a worker does with a request, and what its resident answers meanwhile."""

from dataclasses import replace

import pytest

from desk.actions import jobs, orders
from desk.errors import Conflict, NotAllowed, NotPossible, Rejected
from desk.records import SYSTEM, Media, Role, State
from desk.records.kinds import EstateKind
from tests.desk.office import DAY, HOUR, MINUTE, MONDAY, Office

PHOTO = Media(kind="photo", file_id="p1")
KEPT = {"media": [{"kind": "photo", "file_id": "p1"}]}


# ── claiming ──


@pytest.mark.parametrize("name", ["Wang", "Zhao", "Dai", "Mei", "Olga"])
def test_the_right_to_claim(office: Office, name):
    number = office.file()
    change = office.order(name, orders.Claim(request_id=number))
    assert (change.request.state, change.request.worker_id) == (State.ACCEPTED, office.person(name).id)
    assert (change.request.claimed_at, change.event.actor.badge) == (MONDAY, name[:2])


@pytest.mark.parametrize(
    "name", ["Lin", "Guard", "Fees", "Electrician", "Plumber of Rose", "Manager of Rose", "Stranger"]
)
def test_no_right_to_claim(office: Office, name):
    assert isinstance(office.tried(name, orders.Claim(request_id=office.file())), NotAllowed)


def test_who_is_dismissed_or_moved_to_another_queue_claims_no_more(office: Office):
    number = office.file()
    office.dismiss("Wang")
    office.hire("Zhao", Role.WORKER, queues=(office.wiring.id,))
    for name in ("Wang", "Zhao"):
        assert isinstance(office.tried(name, orders.Claim(request_id=number)), NotAllowed)


def test_the_second_claim_hears_that_it_is_taken(office: Office):
    number = office.claimed("Wang")
    assert isinstance(office.tried("Zhao", orders.Claim(request_id=number)), NotPossible)
    assert isinstance(office.tried("Wang", orders.Claim(request_id=number)), NotPossible)
    assert office.request(number).worker_id == office.person("Wang").id


def test_two_claims_within_a_millisecond_one_wins(office: Office):
    seen_by_both = office.request(office.file())
    with office.database.write() as work:
        for name in ("Wang", "Zhao"):
            person = office.person(name)
            posts = work.people.staff_of(person.id, office.now)
            if name == "Wang":
                jobs.claim(work, seen_by_both, person, posts, office.now)
            else:
                with pytest.raises(Conflict):
                    jobs.claim(work, seen_by_both, person, posts, office.now)
    assert office.request(seen_by_both.id).worker_id == office.person("Wang").id
    assert [event.name for event in office.events(seen_by_both.id)] == ["filed", "claimed"]


def test_who_holds_two_posts_acts_in_the_higher_one(office: Office):
    office.hire("Wang", Role.MANAGER)
    change = office.order("Wang", orders.Claim(request_id=office.file()))
    assert change.event.actor.role is Role.MANAGER


# ── on the way to done ──


def test_on_the_way_then_started_then_done_with_a_photo(office: Office):
    number = office.claimed()
    office.order("Wang", orders.OnMyWay(request_id=number))
    assert office.state(number) is State.ACCEPTED
    office.order("Wang", orders.Start(request_id=number))
    assert office.state(number) is State.IN_PROGRESS
    office.later(HOUR)
    change = office.order("Wang", orders.Finish(request_id=number, note="New washer", media=(PHOTO,)))
    assert (change.request.state, change.request.done_at) == (State.DONE, MONDAY + HOUR)
    assert (change.event.why, change.event.data) == ("New washer", KEPT)
    assert office.timers(number) == {"silence"}


def test_done_owes_a_note(office: Office):
    assert isinstance(office.tried("Wang", orders.Finish(request_id=office.claimed(), note=" ")), NotPossible)


@pytest.mark.parametrize(
    "name", ["Zhao", "Electrician", "Guard", "Lin", "Plumber of Rose", "Manager of Rose"]
)
@pytest.mark.parametrize(
    "order",
    [
        orders.OnMyWay,
        orders.Start,
        lambda request_id: orders.AskResident(request_id=request_id, question="When?"),
        lambda request_id: orders.Release(request_id=request_id, why="busy"),
        lambda request_id: orders.Finish(request_id=request_id, note="done"),
        lambda request_id: orders.Hold(request_id=request_id, why="parts", until=MONDAY + DAY),
    ],
    ids=["on the way", "start", "ask", "release", "finish", "hold"],
)
def test_a_job_is_its_workers_alone(office: Office, name, order):
    assert isinstance(office.tried(name, order(request_id=office.claimed("Wang"))), NotAllowed)


def test_the_office_may_act_for_the_worker_and_signs_with_its_own_name(office: Office):
    number = office.claimed("Wang")
    office.dismiss("Wang")
    assert isinstance(office.tried("Wang", orders.Start(request_id=number)), NotAllowed)
    change = office.order("Dai", orders.Release(request_id=number, why="Wang has left"))
    assert (change.request.state, change.event.actor.name) == (State.NEW, "Dai")


# ── asking the resident ──


def test_a_question_stops_the_clock_until_the_answer(office: Office):
    number = office.claimed()
    promised = office.request(number).solve_by
    office.order("Wang", orders.AskResident(request_id=number, question="Which tap?"))
    assert (office.state(number), office.timers(number)) == (State.WAITING_RESIDENT, {"question"})
    assert isinstance(
        office.tried("Neighbour", orders.AnswerWorker(request_id=number, words="x")), NotAllowed
    )
    office.later(5 * HOUR)
    change = office.order("Lin", orders.AnswerWorker(request_id=number, words="Kitchen", media=(PHOTO,)))
    assert (change.event.why, change.event.data["media"]) == ("Kitchen", KEPT["media"])
    request = office.request(number)
    assert (request.state, request.solve_by) == (State.ACCEPTED, promised + 5 * HOUR)
    assert office.timers(number) == set()


def test_a_picture_is_an_answer_too(office: Office):
    number = office.claimed()
    office.order("Wang", orders.AskResident(request_id=number, question="Which tap?"))
    change = office.order("Lin", orders.AnswerWorker(request_id=number, words="", media=(PHOTO,)))
    assert change.event.why == "📎"


def test_three_reminders_then_it_is_put_on_hold_and_comes_back(office: Office):
    number = office.claimed()
    office.order("Wang", orders.Start(request_id=number))
    office.order("Wang", orders.AskResident(request_id=number, question="When are you in?"))
    for _ in range(3):
        assert office.due_in("question", number) == DAY
        office.later(DAY)
        assert office.fire("question", number) is None
    office.later(DAY)
    held = office.fire("question", number)
    assert (held.request.state, held.event.actor) == (State.ON_HOLD, SYSTEM)
    assert (office.timers(number), office.due_in("resume", number)) == ({"resume"}, 7 * DAY)
    office.later(7 * DAY)
    assert office.fire("resume", number).request.state is State.IN_PROGRESS


def test_a_reminder_that_comes_too_late_does_nothing(office: Office):
    request = office.request(office.claimed())
    assert office.write(lambda work: jobs.unanswered(work, request, 3, office.now)) is None


# ── on hold ──


def test_a_hold_ends_at_its_date_or_when_the_worker_says_so(office: Office):
    for end in (
        lambda number: office.fire("resume", number),
        lambda number: office.order("Wang", orders.Resume(request_id=number)),
    ):
        number = office.claimed()
        change = office.order("Wang", orders.Hold(request_id=number, why="parts", until=office.now + DAY))
        assert change.event.data == {"until": (office.now + DAY).isoformat()}
        assert (change.request.hold_until, office.timers(number)) == (office.now + DAY, {"resume"})
        end(number)
        assert (office.state(number), office.timers(number)) == (State.ACCEPTED, set())
        assert office.request(number).hold_until is None


def test_before_a_claim_only_the_office_holds_and_then_it_waits_for_one_anew(office: Office):
    number = office.file()
    office.later(30 * MINUTE)
    office.fire("unclaimed", number)
    hold = orders.Hold(request_id=number, why="weather", until=office.now + DAY)
    assert isinstance(office.tried("Wang", hold), NotAllowed)
    office.order("Dai", hold)
    assert office.timers(number) == {"resume"}
    office.later(DAY)
    office.fire("resume", number)
    request = office.request(number)
    assert (request.state, request.escalation, request.previous) == (State.NEW, 0, None)
    assert office.due_in("unclaimed", number) == 30 * MINUTE


def test_a_job_on_hold_can_be_given_back(office: Office):
    number = office.claimed()
    office.order("Wang", orders.Hold(request_id=number, why="parts", until=office.now + DAY))
    office.order("Wang", orders.Release(request_id=number, why="Needs another trade"))
    request = office.request(number)
    assert (request.state, request.hold_until, request.previous) == (State.NEW, None, None)
    assert office.timers(number) == {"unclaimed"}


@pytest.mark.parametrize("name, refused", [("Wang", True), ("Dai", True), ("Mei", False), ("Olga", False)])
def test_more_than_seven_days_need_a_manager(office: Office, name, refused):
    number = office.claimed()
    longer = orders.Hold(request_id=number, why="parts", until=office.now + 7 * DAY + MINUTE)
    assert isinstance(office.tried(name, longer), NotAllowed) is refused
    if refused:
        office.order(name, replace(longer, until=office.now + 7 * DAY))
    assert office.state(number) is State.ON_HOLD


def test_a_hold_needs_a_date_to_come(office: Office):
    hold = orders.Hold(request_id=office.claimed(), why="parts", until=office.now)
    assert isinstance(office.tried("Wang", hold), NotPossible)


# ── not fixed ──


def test_not_fixed_sends_the_same_worker_again(office: Office):
    number = office.finished()
    assert isinstance(office.tried("Neighbour", orders.NotFixed(request_id=number, why="drips")), NotAllowed)
    office.order("Lin", orders.NotFixed(request_id=number, why="It still drips"))
    request = office.request(number)
    assert (request.state, request.worker_id) == (State.ACCEPTED, office.person("Wang").id)
    assert (request.not_fixed, request.done_at, office.timers(number)) == (1, None, set())


def test_not_fixed_again_goes_to_the_dispatcher_and_is_open_to_everybody(office: Office):
    number = office.finished()
    office.order("Lin", orders.NotFixed(request_id=number, why="It still drips"))
    office.order("Wang", orders.Finish(request_id=number, note="Tightened"))
    change = office.order("Lin", orders.NotFixed(request_id=number, why="And still"))
    assert change.event.name == "not_fixed_again"
    request = office.request(number)
    assert (request.state, request.worker_id, request.not_fixed) == (State.NEW, None, 2)
    assert (request.escalation, office.timers(number)) == (2, {"unclaimed"})
    office.later(30 * MINUTE)
    assert office.fire("unclaimed", number).request.escalation == 3, "the manager is next"
    office.order("Zhao", orders.Claim(request_id=number))
    assert office.state(number) is State.ACCEPTED


@pytest.mark.parametrize("gone", ["dismissed", "moved"])
def test_not_fixed_by_somebody_who_is_gone_is_open_to_everybody_at_once(office: Office, gone):
    number = office.finished()
    if gone == "dismissed":
        office.dismiss("Wang")
    else:
        office.hire("Wang", Role.WORKER, queues=(office.wiring.id,))
    office.order("Lin", orders.NotFixed(request_id=number, why="It still drips"))
    request = office.request(number)
    assert (request.state, request.worker_id, request.escalation) == (State.NEW, None, 2)
    assert office.timers(number) == {"unclaimed"}


def test_where_the_estate_wants_a_photo_done_needs_one(office: Office):
    office.write(lambda work: work.kinds.save(EstateKind(estate_id=office.lotus.id, code="leak", photo=True)))
    number = office.claimed()
    assert isinstance(office.tried("Wang", orders.Finish(request_id=number, note="New washer")), Rejected)
    office.order("Wang", orders.Finish(request_id=number, note="New washer", media=(PHOTO,)))
    assert office.state(number) is State.DONE
