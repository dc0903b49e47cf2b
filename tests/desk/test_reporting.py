"""Filing a request, calling it off, and the ladder that one climbs while nobody claims it."""

import pytest

from desk.actions import orders, reporting
from desk.errors import NotAllowed, NotFound, NotPossible, Rejected
from desk.records import SYSTEM, Media, Priority, Slot, State
from tests.desk.office import DAY, HOUR, MINUTE, MONDAY, Office


def test_a_report_becomes_a_numbered_request_with_its_promises(office: Office):
    visit = Slot(start=MONDAY + DAY, end=MONDAY + DAY + 2 * HOUR)
    photo = Media(kind="photo", file_id="p1")
    number = office.file(visit=visit, media=(photo,), entry=True, language="zh_CN", problem="水龙头漏水")
    request = office.request(number)
    assert (request.number, request.state, request.version, request.channel) == (1, State.NEW, 1, "bot")
    assert (request.visit, request.media, request.entry) == (visit, (photo,), True)
    assert (request.problem, request.language) == ("水龙头漏水", "zh_CN")
    assert (request.opened_at, request.respond_by, request.solve_by) == (
        MONDAY,
        MONDAY + 30 * MINUTE,
        MONDAY + DAY,
    )
    assert office.request(office.file()).number == 2
    assert office.request(office.file("Rosa")).number == 1, "each estate counts for itself"


def test_the_first_event_says_who_filed_it(office: Office):
    (filed,) = office.events(office.file())
    assert (filed.name, filed.before, filed.after, filed.at) == ("filed", None, State.NEW, MONDAY)
    assert (filed.actor.person_id, filed.actor.name) == (office.person("Lin").id, "Lin")


def test_the_kind_decides_queue_and_priority(office: Office):
    assert office.request(office.file(kind="socket")).queue_id == office.wiring.id
    urgent, normal = (office.request(office.file(kind=kind)).priority for kind in ("flood", "fixture"))
    assert (urgent, normal) == (Priority.URGENT, Priority.NORMAL)


def test_nobody_files_in_another_name_or_for_a_home_that_is_not_theirs(office: Office):
    for name, order in {
        "Neighbour": office.repair("Lin"),
        "Lin": office.repair("Lin", home_id=office.other_home.id),
        "Wang": office.repair("Wang"),
    }.items():
        assert isinstance(office.tried(name, order), NotAllowed)


def test_who_moved_out_files_no_more_but_ends_what_was_begun(office: Office):
    number = office.finished()
    office.move_out("Lin")
    assert isinstance(office.tried("Lin", office.repair()), NotAllowed)
    office.order("Lin", orders.Confirm(request_id=number))
    assert office.state(number) is State.CLOSED


def test_a_kind_that_no_taxonomy_knows_is_refused(office: Office):
    assert isinstance(office.tried("Lin", office.repair(kind="dragons")), NotFound)


@pytest.mark.parametrize("start", [MONDAY, MONDAY - HOUR])
def test_a_visit_that_has_passed_is_asked_again(office: Office, start):
    refusal = office.tried("Lin", office.repair(visit=Slot(start=start, end=start + 2 * HOUR)))
    assert isinstance(refusal, Rejected)
    assert refusal.question == "visit"


# ── calling it off ──


@pytest.mark.parametrize("name", ["Lin", "Dai", "Mei", "Olga"])
def test_the_resident_or_the_office_calls_it_off(office: Office, name):
    number = office.claimed()
    office.order(name, orders.Cancel(request_id=number))
    request = office.request(number)
    assert (request.state, request.closed_at, office.timers(number)) == (State.CANCELLED, MONDAY, set())


@pytest.mark.parametrize("name", ["Neighbour", "Wang", "Guard", "Stranger", "Manager of Rose"])
def test_nobody_else_calls_it_off(office: Office, name):
    assert isinstance(office.tried(name, orders.Cancel(request_id=office.claimed())), NotAllowed)


def test_once_the_work_has_begun_only_the_office_calls_it_off(office: Office):
    number = office.claimed()
    office.order("Wang", orders.Start(request_id=number))
    assert office.order("Lin", orders.Cancel(request_id=number)).event.name == "cancel_asked"
    office.order("Wang", orders.Hold(request_id=number, why="parts", until=office.now + DAY))
    assert isinstance(office.tried("Lin", orders.Cancel(request_id=number)), NotPossible)
    assert office.state(number) is State.ON_HOLD
    office.order("Dai", orders.Cancel(request_id=number))
    assert (office.state(number), office.timers(number)) == (State.CANCELLED, set())


def test_what_is_over_cannot_be_called_off(office: Office):
    assert isinstance(office.tried("Lin", orders.Cancel(request_id=office.closed())), NotPossible)


# ── nobody claims it ──


def test_the_ladder_group_dispatcher_manager(office: Office):
    number = office.file()
    levels = []
    while office.timers(number):
        assert office.due_in("unclaimed", number) == 30 * MINUTE
        office.later(30 * MINUTE)
        change = office.fire("unclaimed", number)
        levels.append(change.request.escalation)
        assert change.event.data == {"level": change.request.escalation}
    assert levels == [1, 2, 3]
    assert office.state(number) is State.NEW, "it stays open to be claimed"


def test_a_claim_takes_the_ladder_away_and_a_release_puts_it_up_anew(office: Office):
    number = office.file()
    office.later(30 * MINUTE)
    office.fire("unclaimed", number)
    office.order("Wang", orders.Claim(request_id=number))
    assert office.timers(number) == set()
    office.later(HOUR)
    before = office.request(number)
    office.order("Wang", orders.Release(request_id=number, why="End of shift"))
    after = office.request(number)
    assert (after.state, after.worker_id, after.escalation) == (State.NEW, None, 0)
    assert (after.respond_by, after.solve_by) == (before.respond_by, before.solve_by), "promises stay"
    assert after.claimed_at == before.claimed_at, "the first claim is what counts"
    assert office.due_in("unclaimed", number) == 30 * MINUTE


def test_a_ladder_that_comes_too_late_does_nothing(office: Office):
    request = office.request(office.claimed())
    assert office.write(lambda work: reporting.unclaimed(work, request, SYSTEM, office.now)) is None
