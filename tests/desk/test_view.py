"""What a conversation may see of the desk: one person's part of the world."""

from datetime import time

import pytest

from desk.actions import joining, orders
from desk.errors import NotAllowed, NotFound, NotPossible
from desk.records import Opening, Queue
from desk.view import DeskView
from tests.desk.office import HOUR, Office


def seen(office: Office, name: str) -> DeskView:
    """The desk as somebody sees it now; what is read stays as it was then."""
    with office.database.read() as work:
        return DeskView(work, office.person(name), office.lotus, office.now)


def test_homes_are_where_one_lives_now(office: Office):
    assert seen(office, "Lin").homes() == (office.home,)
    assert seen(office, "Wang").homes() == ()
    office.move_out("Lin")
    assert seen(office, "Lin").homes() == ()


def test_visits_come_from_the_queue_or_else_the_estate(office: Office):
    lin = seen(office, "Lin")
    assert lin.queue_for("leak") == office.plumbing
    hours = (Opening(weekday=1, start=time(6), end=time(8)),)
    early = Queue(estate_id=office.lotus.id, code="early", title={"en": "Early"}, hours=hours)
    assert lin.slots(office.plumbing)[0].start == office.now + 2 * HOUR
    assert lin.slots(early)[0].start == office.now + 20 * HOUR


@pytest.mark.parametrize("name", ["Lin", "Wang", "Electrician", "Dai", "Mei"])
def test_a_request_is_seen_by_its_resident_and_those_who_may_work_on_it(office: Office, name):
    number = office.file()
    assert seen(office, name).request(number).id == number


@pytest.mark.parametrize(
    "name", ["Guard", "Neighbour", "Rosa", "Manager of Rose", "Plumber of Rose", "Stranger"]
)
def test_nobody_else_sees_it(office: Office, name):
    number = office.file()
    with pytest.raises(NotAllowed):
        seen(office, name).request(number)


def test_who_was_dismissed_sees_nothing_any_more(office: Office):
    number = office.claimed("Wang")
    office.dismiss("Wang")
    with pytest.raises(NotAllowed):
        seen(office, "Wang").request(number)


@pytest.mark.parametrize("made_up", [None, "1", 1.0, [1]])
def test_a_made_up_number_is_refused(office: Office, made_up):
    office.file()
    with pytest.raises(NotAllowed):
        seen(office, "Lin").request(made_up)
    with pytest.raises(NotFound):
        seen(office, "Lin").request(999)


def test_a_conversation_is_only_begun_by_who_could_end_it(office: Office):
    number = office.claimed("Wang")
    request = office.request(number)
    seen(office, "Wang").require(request, "done")
    seen(office, "Dai").require(request, "held")
    for name, step in [("Zhao", "done"), ("Lin", "held"), ("Wang", "answered"), ("Manager of Rose", "held")]:
        with pytest.raises(NotAllowed):
            seen(office, name).require(request, step)
    with pytest.raises(NotPossible):
        seen(office, "Lin").require(request, "answered")


def test_a_survey_is_there_once_it_is_asked(office: Office):
    number = office.asked()
    other = office.file()
    assert seen(office, "Lin").survey(other) is None
    office.order("Lin", orders.Rate(request_id=number, score=4))
    survey = seen(office, "Lin").survey(number)
    assert survey is not None
    assert survey.score == 4


def test_a_code_is_seen_until_it_is_used_and_then_only_remembered(office: Office):
    office.write(lambda work: joining.issue_home_code(work, office.home, "k3f9", office.now))
    code = seen(office, "Stranger").code("k3f9")
    assert code is not None
    assert code.home_id == office.home.id
    office.order("Stranger", orders.Join(code="k3f9", language="en"))
    assert seen(office, "Stranger").code("k3f9") is None
    assert seen(office, "Stranger").used_by_me("k3f9")
    assert not seen(office, "Wang").used_by_me("k3f9")
    assert not seen(office, "Wang").used_by_me("made-up")
    assert seen(office, "Stranger").code(None) is None
