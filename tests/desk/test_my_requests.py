"""What a resident may still wish of a request: a note, to hurry, another time, no longer, again."""

import pytest

from desk.actions import my_requests, orders
from desk.errors import NotAllowed, NotPossible, Rejected
from desk.records import Link, Media, Slot, State
from tests.desk.office import DAY, HOUR, MINUTE, MONDAY, Office

PHOTO = Media(kind="photo", file_id="p")
LATER = Slot(start=MONDAY + 2 * DAY, end=MONDAY + 2 * DAY + 2 * HOUR)


@pytest.mark.parametrize("stage", ["new", "held", "asked", "done"])
def test_a_note_is_kept_in_the_history_whatever_it_waits_for(office: Office, stage):
    number = office.file() if stage == "new" else office.finished() if stage == "done" else office.claimed()
    if stage == "held":
        office.order("Wang", orders.Hold(request_id=number, why="parts", until=office.now + DAY))
    elif stage == "asked":
        office.order("Wang", orders.AskResident(request_id=number, question="Which tap?"))
    before = office.request(number)
    change = office.order("Lin", my_requests.AddNote(request_id=number, words="The left one", media=(PHOTO,)))
    assert (change.event.why, change.event.data["media"]) == (
        "The left one",
        [{"kind": "photo", "file_id": "p"}],
    )
    assert (change.request.state, change.request.worker_id) == (before.state, before.worker_id)


def test_a_note_is_the_residents_and_a_picture_is_one_too(office: Office):
    number = office.claimed()
    for name in ("Wang", "Neighbour", "Mei"):
        assert isinstance(office.tried(name, my_requests.AddNote(request_id=number, words="x")), NotAllowed)
    change = office.order("Lin", my_requests.AddNote(request_id=number, words="", media=(PHOTO,)))
    assert change.event.why == "📎"
    closed = office.closed()
    assert isinstance(office.tried("Lin", my_requests.AddNote(request_id=closed, words="x")), NotPossible)


def test_hurrying_is_counted_and_needs_some_hours_in_between(office: Office):
    number = office.file()
    again = my_requests.HurryUp(request_id=number)
    assert isinstance(office.tried("Neighbour", again), NotAllowed)
    for times in (1, 2, 3):
        change = office.order("Lin", again)
        assert (change.request.hurried, change.event.data["times"]) == (times, times)
        assert isinstance(office.tried("Lin", again), NotPossible)
        office.later(4 * HOUR - MINUTE)
        assert my_requests.hurry_again_at(office.request(number), office.now) == office.now + MINUTE
        office.later(MINUTE)
    office.order("Wang", orders.Claim(request_id=number))
    office.order("Wang", orders.AskResident(request_id=number, question="Which tap?"))
    assert isinstance(office.tried("Lin", again), NotPossible), "it is the resident who is waited for"


def test_another_time_can_be_chosen_until_the_work_begins(office: Office):
    number = office.file(visit=Slot(start=MONDAY + DAY, end=MONDAY + DAY + 2 * HOUR))
    change = office.order("Lin", my_requests.Move(request_id=number, visit=LATER))
    assert change.request.visit == LATER
    assert change.event.data == {
        "from": {"start": (MONDAY + DAY).isoformat(), "end": (MONDAY + DAY + 2 * HOUR).isoformat()},
        "to": {"start": LATER.start.isoformat(), "end": LATER.end.isoformat()},
    }
    office.order("Wang", orders.Claim(request_id=number))
    assert office.order("Wang", my_requests.Move(request_id=number, visit=None)).request.visit is None
    assert isinstance(office.tried("Zhao", my_requests.Move(request_id=number, visit=LATER)), NotAllowed)
    office.order("Wang", orders.Start(request_id=number))
    assert isinstance(office.tried("Lin", my_requests.Move(request_id=number, visit=LATER)), NotPossible)


def test_a_time_that_has_passed_is_asked_for_again(office: Office):
    number = office.file()
    office.later(2 * DAY)
    refusal = office.tried("Lin", my_requests.Move(request_id=number, visit=LATER))
    assert isinstance(refusal, Rejected)
    assert refusal.question == "visit"


def test_called_off_with_a_reason_and_without_timers(office: Office):
    number = office.file()
    change = office.order("Lin", my_requests.CallOff(request_id=number, why="It works again"))
    assert (change.request.state, change.event.why) == (State.CANCELLED, "It works again")
    assert office.timers(number) == set()


def test_once_begun_the_office_decides_whether_it_is_called_off(office: Office):
    number = office.claimed()
    refuse = my_requests.RefuseCancel(request_id=number, why="The pipe is open")
    office.order("Wang", orders.Start(request_id=number))
    assert isinstance(office.tried("Dai", refuse), NotPossible), "nobody asked"
    for off in (my_requests.CallOff(request_id=number, why="No need"), orders.Cancel(request_id=number)):
        assert office.order("Lin", off).event.name == "cancel_asked"
        assert isinstance(office.tried("Lin", off), NotPossible), "asked already"
        assert office.state(number) is State.IN_PROGRESS
        assert isinstance(office.tried("Wang", refuse), NotAllowed)
        assert office.order("Dai", refuse).event.why == "The pipe is open"
        assert isinstance(office.tried("Dai", refuse), NotPossible)
    office.order("Lin", my_requests.CallOff(request_id=number))
    office.order("Dai", orders.Cancel(request_id=number))
    assert office.state(number) is State.CANCELLED


def test_opened_again_it_is_a_new_request_linked_to_the_closed_one(office: Office):
    number = office.closed()
    old = office.request(number)
    office.later(14 * DAY)
    result = office.order("Lin", my_requests.Reopen(request_id=number, why="It drips again", media=(PHOTO,)))
    new = result.filed.request
    assert (new.state, new.link, new.linked_id, new.number) == (State.NEW, Link.REOPENED, old.id, 2)
    assert (new.problem, new.media, new.kind, new.queue_id) == (
        "It drips again",
        (PHOTO,),
        old.kind,
        old.queue_id,
    )
    assert (new.respond_by, new.solve_by) == (office.now + 30 * MINUTE, office.now + DAY)
    assert office.timers(new.id) == {"unclaimed"}
    assert office.state(number) is State.CLOSED
    assert office.events(number)[-1].data == {"request": new.id, "number": 2}
    again = my_requests.Reopen(request_id=number, why="Still")
    assert isinstance(office.tried("Lin", again), NotPossible), "it is open already"


def test_after_two_weeks_only_the_office_opens_it_again(office: Office):
    number = office.closed()
    office.later(14 * DAY + MINUTE)
    again = my_requests.Reopen(request_id=number, why="It drips again")
    for name in ("Lin", "Wang", "Neighbour"):
        assert isinstance(office.tried(name, again), NotAllowed)
    assert office.order("Dai", again).filed.request.resident_id == office.person("Lin").id


def test_an_answer_that_comes_late_is_taken_and_the_job_goes_on(office: Office):
    number = office.claimed()
    office.order("Wang", orders.AskResident(request_id=number, question="Which tap?"))
    for _ in range(4):
        office.later(DAY)
        office.fire("question", number)
    assert office.state(number) is State.ON_HOLD
    change = office.order("Lin", orders.AnswerWorker(request_id=number, words="The left one"))
    assert (change.event.name, change.request.state) == ("answered_late", State.ACCEPTED)
    assert (change.request.hold_until, office.timers(number)) == (None, set())


def test_a_hold_for_parts_is_not_ended_by_an_answer_to_nothing(office: Office):
    number = office.claimed()
    office.order("Wang", orders.Hold(request_id=number, why="parts", until=office.now + DAY))
    assert isinstance(office.tried("Lin", orders.AnswerWorker(request_id=number, words="x")), NotPossible)
