"""Suggestions, praise and questions: whom they reach, and what becomes of them."""

from dataclasses import replace
from typing import Any

import pytest

from desk import complaints, discretion
from desk.actions.feedback import Ask, Decide, Praise, Praised, Suggest
from desk.catalogue import catalogue
from desk.errors import NotAllowed, NotFound, NotPossible, Refused
from desk.records import Change, State, Type
from desk.records.kinds import EstateKind
from tests.desk.office import DAY, HOUR, Office
from tests.desk.test_complaints import complain, sees, who_sees


def words_of(office: Office, words: str = "A bench at the gate") -> dict[str, Any]:
    return {"home_id": office.home.id, "words": words}


def test_a_suggestion_goes_to_the_leaders_who_decide_with_a_reason(office: Office):
    made: Change = office.order("Lin", Suggest(**words_of(office)))
    number = made.request.id
    assert (made.request.type, made.request.kind) == (Type.SUGGESTION, "suggestion")
    assert made.request.solve_by == office.now + 7 * DAY
    decide = Decide(request_id=number, accepted=True, why="In April")
    for name in ("Dai", "Wang", "Lin", "Manager of Rose"):
        assert isinstance(office.tried(name, decide), Refused | NotFound), name
    assert isinstance(office.tried("Mei", replace(decide, why=" ")), NotPossible)
    office.order("Mei", decide)
    event = office.events(number)[-1]
    assert (office.state(number), event.why, event.data["accepted"]) == (State.CLOSED, "In April", True)
    assert isinstance(office.tried("Olga", decide), NotPossible)
    assert office.timers(number) == set()


def test_only_a_suggestion_is_decided_upon(office: Office):
    number = complain(office).change.request.id
    assert isinstance(office.tried("Mei", Decide(request_id=number, accepted=True, why="So")), NotAllowed)


@pytest.mark.parametrize("how", ["job", "badge", "nobody"])
def test_praise_reaches_the_worker_and_is_closed_at_once(office: Office, how: str):
    about: dict[str, Any] = {"nobody": {}, "badge": {"badge": " wA "}, "job": {}}[how]
    if how == "job":
        about = {"about_id": office.finished("Wang")}
    praised = office.order("Lin", Praise(**words_of(office, "So kind"), **about))
    assert isinstance(praised, Praised)
    request = praised.change.request
    assert (request.type, request.state, request.closed_at) == (Type.PRAISE, State.CLOSED, office.now)
    assert [event.name for event in office.events(request.id)] == ["filed", "praised"]
    wanted = None if how == "nobody" else office.person("Wang")
    assert praised.worker == wanted
    assert request.worker_id == (wanted.id if wanted else None)
    assert sees(office, "Wang", request.id) is (how != "nobody")
    assert not sees(office, "Zhao", request.id)


def test_a_question_is_the_offices_to_answer(office: Office):
    made: Change = office.order("Lin", Ask(**words_of(office, "When is the pool open?")))
    assert (made.request.type, made.request.kind) == (Type.QUESTION, "enquiry")
    assert made.request.solve_by == office.now + 24 * HOUR
    assert who_sees(office, made.request.id) == {"Dai", "Mei", "Olga", "Lin"}


@pytest.mark.parametrize("order", [Suggest, Ask, Praise])
def test_who_does_not_live_there_says_nothing_from_there(office: Office, order: Any):
    assert isinstance(office.tried("Stranger", order(**words_of(office))), NotAllowed)
    assert isinstance(office.tried("Rosa", order(**words_of(office))), NotAllowed)


def test_what_a_complaint_or_praise_can_be_about(office: Office):
    jobs = [office.file() for _ in range(8)]
    complain(office)

    def offered(work: Any) -> list[int]:
        return [one.id for one in complaints.recent_jobs(work, office.person("Lin"), office.lotus.id)]

    assert office.read(offered) == jobs[::-1][:6]


def test_there_are_fourteen_kinds_of_complaints_and_those_that_an_estate_adds(office: Office):
    def offered(work: Any) -> dict[str, str]:
        found = complaints.complaint_kinds(catalogue(work, office.lotus.id))
        return {kind.code: next(iter(kind.names.values()), kind.title) for kind in found}

    assert len(office.read(offered)) == 14
    assert discretion.ABOUT_STAFF in office.read(offered)
    with office.database.write() as work:
        for code, off in (("c_fee", True), ("c_smoke", False)):
            own = EstateKind(
                estate_id=office.lotus.id, code=code, group="complaint", title={"en": "Smoke"}, off=off
            )
            work.kinds.save(own)
    assert office.read(offered)["c_smoke"] == "Smoke"
    assert "c_fee" not in office.read(offered)
    with pytest.raises(NotFound):
        complain(office, kind="c_fee")
    made = complain(office, kind="c_smoke").change.request
    assert (made.type, made.details.title) == (Type.COMPLAINT, {"en": "Smoke"})
