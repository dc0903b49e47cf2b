"""Who follows which request, and outages."""

from dataclasses import replace
from typing import Any

import pytest

from desk.errors import NotFound
from desk.records import Home, Person
from desk.records.followers import Follower, Incident, Stage, Verdict
from tests.contracts.samples import HOUR, MINUTE, NOW, Place, Store, file, settled


def follower(place: Place, request_id: int, person_id: int, **changes: Any) -> Follower:
    known: dict[str, Any] = {"estate_id": place.estate.id, "home_id": place.home.id, "since": NOW}
    return Follower(request_id=request_id, person_id=person_id, **(known | changes))


def incident(place: Place, **changes: Any) -> Incident:
    known: dict[str, Any] = {
        "estate_id": place.estate.id,
        "building": "3",
        "group_code": "plumbing",
        "kind": "no_water",
        "opened_at": NOW,
    }
    return Incident(**(known | changes))


def test_a_person_follows_a_request_once(database: Store):
    place = settled(database)
    with database.write() as work:
        request = file(work, place)
        first = follower(place, request.id, place.worker.id)
        assert work.followers.get(request.id, place.worker.id) is None
        assert work.followers.follow(first)
        assert not work.followers.follow(replace(first, since=NOW + HOUR))
        assert work.followers.get(request.id, place.worker.id) == first
        answered = replace(first, verdict=Verdict.NOT_FIXED)
        work.followers.save(answered)
        assert work.followers.of(request.id) == (answered,)
        assert work.followers.drop(request.id, place.worker.id)
        assert not work.followers.drop(request.id, place.worker.id)
        assert work.followers.of(request.id) == ()


def test_the_first_followers_stand_first_and_what_a_person_follows_the_newest(database: Store):
    place = settled(database)
    with database.write() as work:
        one, two = file(work, place), file(work, place)
        third = work.people.save(Person(telegram_id=99, name="Sun"))
        early = follower(place, one.id, third.id, home_id=None)
        late = follower(place, one.id, place.worker.id, since=NOW + MINUTE)
        other = follower(place, two.id, third.id, since=NOW + HOUR)
        for each in (late, early, other):
            work.followers.follow(each)
        assert work.followers.of(one.id) == (early, late)
        assert work.followers.by(third.id) == (other, early)


def test_those_who_came_with_a_merged_request_leave_with_it(database: Store):
    place = settled(database)
    with database.write() as work:
        lead, merged = file(work, place), file(work, place)
        came = follower(place, lead.id, place.resident.id, via_id=merged.id)
        own = follower(place, lead.id, place.worker.id)
        work.followers.follow(came)
        work.followers.follow(own)
        assert work.followers.drop_via(lead.id, merged.id) == 1
        assert work.followers.of(lead.id) == (own,)
        assert work.followers.drop_via(lead.id, merged.id) == 0


def test_a_building_has_one_outage_of_a_group_at_a_time(database: Store):
    place = settled(database)
    with database.write() as work:
        first = work.incidents.open(incident(place))
        assert first is not None
        assert work.incidents.open(incident(place, kind="low_pressure")) is None
        for elsewhere in ({"building": "4"}, {"group_code": "lift"}):
            assert work.incidents.open(incident(place, **elsewhere)) is not None
        assert work.incidents.standing(place.estate.id, "3", "plumbing") == first
        over = replace(first, stage=Stage.DISMISSED, over_at=NOW + HOUR, decided_by=place.worker.id)
        work.incidents.save(over)
        assert work.incidents.get(first.id) == over
        assert work.incidents.standing(place.estate.id, "3", "plumbing") is None
        assert work.incidents.latest(place.estate.id, "3", "plumbing") == over
        again = work.incidents.open(incident(place, opened_at=NOW + 2 * HOUR))
        assert again is not None
        assert work.incidents.latest(place.estate.id, "3", "plumbing") == again
        assert work.incidents.latest(place.estate.id, "5", "plumbing") is None


def test_an_outage_is_found_by_the_request_that_leads(database: Store):
    place = settled(database)
    with database.write() as work:
        request = file(work, place)
        kept = work.incidents.open(incident(place))
        assert kept is not None
        assert work.incidents.led_by(request.id) is None
        led = replace(
            kept, lead_id=request.id, stage=Stage.CONFIRMED, expected_at=NOW + HOUR, words="管道抢修"
        )
        work.incidents.save(led)
        assert work.incidents.led_by(request.id) == led
        with pytest.raises(NotFound):
            work.incidents.get(999)


def test_requests_of_a_home_since_a_moment(database: Store):
    place = settled(database)
    with database.write() as work:
        other = work.estates.save_home(Home(estate_id=place.estate.id, code="3-2-502"))
        old = file(work, place, opened_at=NOW - HOUR)
        here, newer = file(work, place), file(work, place, opened_at=NOW + MINUTE)
        file(work, place, home_id=other.id)
        assert work.requests.of_home(place.home.id, NOW) == (here, newer)
        assert work.requests.of_home(place.home.id, NOW - HOUR) == (old, here, newer)
