"""Persons, where they live, what they may do, and the codes that let them in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from desk.errors import Conflict, NotFound
from desk.records import Code, Occupancy, Person, Role, Staff
from tests.contracts.samples import HOUR, MINUTE, NOW, Place, Store, settled

BEYOND_32_BITS = 7_123_456_789


def test_a_person_is_found_by_telegram_account(database: Store):
    with database.write() as work:
        kept = work.people.save(Person(telegram_id=BEYOND_32_BITS, name="Ana 🌻", telegram_language="pt-br"))
        changed = work.people.save(replace(kept, language="pt", blocked=True))
    with database.read() as work:
        assert work.people.by_telegram(BEYOND_32_BITS) == changed == work.people.get(kept.id)
        assert work.people.by_telegram(1) is None


def test_one_telegram_account_is_one_person(database: Store):
    with database.write() as work:
        work.people.save(Person(telegram_id=5, name="A"))
        with pytest.raises(Conflict):
            work.people.save(Person(telegram_id=5, name="B"))
        with pytest.raises(NotFound):
            work.people.save(Person(id=4711, telegram_id=6, name="C"))
        with pytest.raises(NotFound):
            work.people.get(4711)


def living(place: Place, **changes) -> Occupancy:
    values: dict[str, Any] = {
        "person_id": place.resident.id,
        "home_id": place.home.id,
        "estate_id": place.estate.id,
    }
    return Occupancy(**(values | {"since": NOW} | changes))


def test_living_there_already_changes_nothing(database: Store):
    place = settled(database)
    with database.write() as work:
        first = work.people.occupy(living(place))
        assert work.people.occupy(living(place, since=NOW + HOUR)) == first
        assert work.people.occupancies(place.resident.id, NOW) == (first,)


def test_moving_out_ends_at_the_moment_and_coming_back_begins_anew(database: Store):
    place = settled(database)
    with database.write() as work:
        first = work.people.occupy(living(place))
        assert work.people.occupancies(place.resident.id, NOW - HOUR) == (first,), "a clock set back"
        work.people.occupy(replace(first, until=NOW + HOUR))
        assert len(work.people.occupancies(place.resident.id, NOW + HOUR - MINUTE)) == 1
        assert work.people.occupancies(place.resident.id, NOW + HOUR) == ()
        again = work.people.occupy(living(place, since=NOW + 2 * HOUR))
        assert again.id != first.id
        assert work.people.occupancies(place.resident.id, NOW + 2 * HOUR) == (again,)


def post(place: Place, **changes) -> Staff:
    values: dict[str, Any] = {"person_id": place.worker.id, "estate_id": place.estate.id, "role": Role.WORKER}
    return Staff(**(values | {"since": NOW, "badge": "07", "queues": (place.queue.id,)} | changes))


def test_the_same_person_estate_and_role_is_one_post(database: Store):
    place = settled(database)
    with database.write() as work:
        first = work.people.hire(post(place))
        again = work.people.hire(post(place, badge="08"))
        manager = work.people.hire(post(place, role=Role.MANAGER, queues=()))
        assert again == replace(first, badge="08")
        assert work.people.staff_of(place.worker.id, NOW) == (again, manager)
        assert work.people.staff(place.estate.id, NOW) == (again, manager)
        assert work.people.staff(place.estate.id, NOW, Role.MANAGER) == (manager,)
        assert work.people.staff(place.estate.id, NOW, Role.GUARD) == ()
        with pytest.raises(Conflict):
            work.people.hire(replace(again, role=Role.MANAGER))


def test_who_left_holds_no_post_until_hired_again(database: Store):
    place = settled(database)
    with database.write() as work:
        first = work.people.hire(post(place))
        work.people.hire(replace(first, until=NOW + HOUR))
        assert work.people.staff_of(place.worker.id, NOW + HOUR) == ()
        back = work.people.hire(post(place, since=NOW + 2 * HOUR))
        assert back.id == first.id
        assert work.people.staff(place.estate.id, NOW + 2 * HOUR) == (back,)


def code(place: Place, **changes) -> Code:
    values: dict[str, Any] = {"hash": "ab" * 32, "estate_id": place.estate.id, "home_id": place.home.id}
    return Code(**(values | {"issued_at": NOW, "expires_at": NOW + HOUR} | changes))


def test_a_code_is_spent_once(database: Store):
    place = settled(database)
    with database.write() as work:
        work.people.issue(code(place))
        assert work.people.code("ab" * 32) == code(place)
        assert work.people.spend("ab" * 32, place.resident.id, NOW + MINUTE)
        assert not work.people.spend("ab" * 32, place.worker.id, NOW + MINUTE)
        spent = code(place, spent_at=NOW + MINUTE, spent_by=place.resident.id)
        assert work.people.code("ab" * 32) == spent


def test_an_expired_or_unknown_code_is_not_spent(database: Store):
    place = settled(database)
    with database.write() as work:
        work.people.issue(code(place, role=Role.WORKER, queue_id=place.queue.id, badge="12"))
        assert not work.people.spend("ab" * 32, place.resident.id, NOW + HOUR)
        assert not work.people.spend("cd" * 32, place.resident.id, NOW)
        assert work.people.code("cd" * 32) is None


def test_of_two_who_spend_a_code_at_once_one_succeeds(database: Store):
    place = settled(database)
    with database.write() as work:
        work.people.issue(code(place))

    def spend(person_id: int) -> bool:
        with database.write() as work:
            return work.people.spend("ab" * 32, person_id, NOW)

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(spend, [place.resident.id, place.worker.id] * 2))
    assert sorted(outcomes) == [False, False, False, True]
