"""Me too: following what a neighbour reported, having a say in it, and what breaks again and again."""

from typing import Any

import pytest

from desk.actions import again, following, my_requests, orders
from desk.duplicates import Report
from desk.errors import Conflict, NotAllowed, NotPossible
from desk.records import Link, State
from desk.records.followers import Verdict
from tests.desk.office import DAY, HOUR, MINUTE, Office


def follow(number: int, **changes: Any) -> following.Follow:
    return following.Follow(request_id=number, **changes)


def test_me_too_counts_the_home_and_is_kept_with_its_words(office: Office):
    number = office.file()
    sun = office.neighbour("Sun", "1-1-201")
    change = office.order("Sun", follow(number, words="Here, too")).change
    assert (change.event.name, change.event.why, change.event.actor.name) == ("followed", "Here, too", "Sun")
    assert (change.request.weight, change.request.state) == (2, State.NEW)
    (kept,) = office.read(lambda work: work.followers.of(number))
    assert (kept.person_id, kept.home_id) == (office.person("Sun").id, sun.id)
    office.order("Neighbour", follow(number))
    assert office.request(number).weight == 2, "the neighbour shares Lin's home"
    assert office.order("Sun", follow(number)).change is None, "once is enough"
    office.order("Sun", following.Unfollow(request_id=number))
    assert office.request(number).weight == 1
    assert isinstance(office.tried("Sun", following.Unfollow(request_id=number)), NotPossible)


def test_only_who_lives_here_follows_and_not_their_own(office: Office):
    number = office.file()
    office.neighbour("Sun", "1-1-201")
    for name in ("Rosa", "Stranger", "Wang"):
        assert isinstance(office.tried(name, follow(number)), NotAllowed)
    assert isinstance(office.tried("Sun", follow(number, home_id=office.home.id)), NotAllowed)
    assert isinstance(office.tried("Lin", follow(number)), NotPossible)
    assert isinstance(office.tried("Sun", follow(office.closed())), NotPossible)


def test_a_followers_not_fixed_counts_as_the_residents(office: Office):
    number = office.claimed()
    office.neighbour("Sun", "1-1-201")
    office.order("Sun", follow(number))
    office.order("Wang", orders.Finish(request_id=number, note="New valve"))
    assert isinstance(office.tried("Rosa", orders.NotFixed(request_id=number, why="x")), NotAllowed)
    change = office.order("Sun", orders.NotFixed(request_id=number, why="Nothing here"))
    assert (change.request.state, change.request.not_fixed) == (State.ACCEPTED, 1)
    assert change.event.actor.name == "Sun"
    office.order("Wang", orders.Finish(request_id=number, note="And the other one"))
    affirmed = office.order("Sun", following.Affirm(request_id=number))
    assert affirmed.follower.verdict is Verdict.FIXED
    assert office.state(number) is State.DONE, "it is the resident's to close"
    for name in ("Lin", "Rosa"):
        assert isinstance(office.tried(name, following.Affirm(request_id=number)), NotAllowed)


def test_what_the_resident_closed_is_opened_again_for_the_follower(office: Office):
    number = office.claimed()
    home = office.neighbour("Sun", "1-1-201")
    office.order("Sun", follow(number))
    office.order("Wang", orders.Finish(request_id=number, note="New valve"))
    office.order("Lin", orders.Confirm(request_id=number))
    result = office.order("Sun", orders.NotFixed(request_id=number, why="Nothing here"))
    new = result.filed.request
    assert (new.resident_id, new.home_id, new.link) == (office.person("Sun").id, home.id, Link.REOPENED)
    assert (new.weight, office.state(number)) == (1, State.CLOSED)


def test_what_the_resident_called_off_goes_on_for_the_follower(office: Office):
    number = office.file()
    office.neighbour("Sun", "1-1-201")
    office.order("Sun", follow(number))
    office.order("Lin", my_requests.CallOff(request_id=number))
    result = office.order("Sun", orders.NotFixed(request_id=number, why="Still nothing"))
    assert (result.filed.request.resident_id, office.state(number)) == (
        office.person("Sun").id,
        State.CANCELLED,
    )


def test_many_may_follow_at_the_same_moment(office: Office, monkeypatch: pytest.MonkeyPatch):
    number = office.file()
    office.neighbour("Sun", "1-1-201")
    kind = type(office.write(lambda work: work.requests))
    real = kind.record
    refused: list[Any] = []

    def quicker(self: Any, change: Any) -> Any:
        if not refused:
            refused.append(change)
            raise Conflict
        return real(self, change)

    monkeypatch.setattr(kind, "record", quicker)
    assert office.order("Sun", follow(number)).change.request.weight == 2


def test_like_reports_nearby_are_offered_and_others_are_not(office: Office):
    number = office.file(kind="no_water", problem="No water since this morning")
    sun = office.neighbour("Sun", "1-1-201")
    other = office.file("Sun", home_id=sun.id, kind="stopped", problem="The lift does not move")

    def offered(kind: str, words: str) -> list[int]:
        def look(work: Any) -> list[int]:
            report = Report(kind=kind, words=words, building="1", home=office.home)
            return [one.id for one in again.alike(work, office.lotus, report, office.now)]

        return office.read(look)

    assert offered("no_water", "There is no water") == [number]
    assert offered("stopped", "Lift") == [other]
    assert offered("graffiti", "No water") == []
    office.later(7 * DAY + MINUTE)
    assert offered("no_water", "There is no water") == [], "not after a week"


def test_the_same_fault_again_within_a_month_is_linked_and_counted(office: Office):
    first = office.closed()
    office.later(10 * DAY)
    assert office.request(office.file(kind="drain_blocked")).link is None
    second = office.closed()
    assert (office.request(second).link, office.request(second).linked_id) == (Link.REPEAT, first)
    office.later(HOUR)
    third = office.file()
    assert office.request(third).linked_id == second
    assert office.read(lambda work: again.times(work, work.requests.get(third), office.lotus)) == 3
    assert office.request(office.file("Rosa")).link is None
    office.later(31 * DAY)
    assert office.request(office.file()).link is None, "that is long ago, and one that is open is no repeat"
