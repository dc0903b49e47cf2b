"""When there are too many complaints of one kind, and who looks into it."""

from dataclasses import replace

from desk.actions import orders
from desk.actions.complaints import CloseInvestigation
from desk.errors import NotFound, NotPossible, Refused
from desk.records import Place
from tests.desk.office import DAY, Office
from tests.desk.test_complaints import against, complain


def test_the_third_of_one_kind_in_one_building_opens_an_investigation(office: Office):
    first = complain(office)
    second = complain(office, "Neighbour", place=Place.HOME)
    assert (first.investigation, second.investigation) == (None, None)
    for other in ({"kind": "c_fee"}, {"place": Place.GROUNDS}, {"place": Place.ESTATE}):
        assert complain(office, **other).investigation is None
    third = complain(office)
    assert third.opened
    assert third.investigation is not None
    assert (third.investigation.kind, third.investigation.spot) == ("c_noise", "1")
    fourth = complain(office)
    assert (fourth.investigation, fourth.opened) == (third.investigation, False)
    ids = office.read(lambda work: work.investigations.requests(third.investigation.id))  # type: ignore[union-attr]
    assert ids == tuple(one.change.request.id for one in (first, second, third, fourth))


def test_what_is_older_than_thirty_days_or_called_off_does_not_count(office: Office):
    complain(office)
    called_off = complain(office).change.request.id
    office.order("Lin", orders.Cancel(request_id=called_off))
    office.later(31 * DAY)
    assert complain(office).investigation is None
    assert complain(office).investigation is None
    assert complain(office).opened


def investigated(office: Office) -> int:
    found = [complain(office) for _ in range(3)][-1].investigation
    assert found is not None
    return found.id


def test_a_leader_closes_it_with_what_was_found_once(office: Office):
    number = investigated(office)
    close = CloseInvestigation(investigation_id=number, finding="Karaoke", measure="Closed at ten")
    for name in ("Dai", "Wang", "Lin", "Manager of Rose"):
        assert isinstance(office.tried(name, close), Refused | NotFound), name
    office.order("Mei", close)
    assert isinstance(office.tried("Olga", replace(close, finding="Nothing")), NotPossible)
    kept = office.read(lambda work: work.investigations.get(number))
    assert (kept.finding, kept.measure, kept.closed_by) == (
        "Karaoke",
        "Closed at ten",
        office.person("Mei").id,
    )
    assert complain(office).investigation is None, "what it answered does not count again"
    assert [complain(office).opened for _ in range(2)] == [False, True]


def test_a_leader_who_is_complained_of_has_no_part_in_it(office: Office):
    for accused in ("Wang", "Mei", "Wang"):
        against(office, accused)
    found = office.read(lambda work: work.investigations.of(office.lotus.id))[0]
    close = CloseInvestigation(investigation_id=found.id, finding="?", measure="?")
    assert isinstance(office.tried("Mei", close), NotFound)
    office.order("Olga", close)
