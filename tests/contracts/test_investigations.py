"""What managers look into, and whom a complaint is against."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest

from desk.actions.complaints import Complain, Complained
from desk.actions.perform import perform
from desk.errors import NotFound
from desk.records import Occupancy, Place as Where, Type
from desk.records.investigations import Investigation
from storage.memory import MemoryDatabase
from tests.contracts.samples import HOUR, NOW, Place, Store, file, settled


def noise(place: Place, spot: str = "3", at: datetime = NOW) -> Investigation:
    return Investigation(estate_id=place.estate.id, kind="c_noise", spot=spot, opened_at=at)


def test_one_at_a_time_is_open_for_a_kind_and_a_spot(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        first = work.investigations.open(noise(place))
        assert first.id
        assert work.investigations.open(noise(place, at=NOW + HOUR)) == first
        assert work.investigations.find(place.estate.id, "c_noise", "3") == first
        assert work.investigations.find(place.estate.id, "c_fee", "3") is None
        assert work.investigations.get(first.id) == first
        elsewhere = [work.investigations.open(noise(place, "4")), work.investigations.open(noise(other))]
        assert len({first.id, *(one.id for one in elsewhere)}) == 3
        with pytest.raises(NotFound):
            work.investigations.get(999)


def test_what_was_found_is_kept_once_and_then_another_one_can_be_opened(database: Store):
    place = settled(database)
    with database.write() as work:
        first = work.investigations.open(noise(place))
        closed = replace(
            first, finding="Karaoke", measure="Talked", closed_by=place.worker.id, closed_at=NOW + HOUR
        )
        assert work.investigations.close(closed)
        assert not work.investigations.close(replace(closed, finding="Nothing"))
        assert work.investigations.get(first.id) == closed
        assert work.investigations.find(place.estate.id, "c_noise", "3") is None
        second = work.investigations.open(noise(place, at=NOW + 2 * HOUR))
        assert second.id != first.id


def test_the_open_ones_stand_first_the_oldest_above_then_those_closed_latest(database: Store):
    place = settled(database)
    with database.write() as work:
        made = [work.investigations.open(noise(place, f"{n}", NOW + (5 - n) * HOUR)) for n in range(5)]
        for at, number in enumerate((1, 3), start=1):
            work.investigations.close(replace(made[number], closed_at=NOW + at * HOUR))
        spots = [one.spot for one in work.investigations.of(place.estate.id)]
        assert spots == ["4", "2", "0", "3", "1"]
        assert [one.spot for one in work.investigations.of(place.estate.id, limit=2)] == ["4", "2"]


def test_complaints_belong_to_it_once(database: Store):
    place = settled(database)
    with database.write() as work:
        ids = [file(work, place).id for _ in range(3)]
        found = work.investigations.open(noise(place))
        work.investigations.join(found.id, [ids[1], ids[0]])
        work.investigations.join(found.id, ids)
        work.investigations.join(found.id, [])
        assert work.investigations.requests(found.id) == tuple(ids)
        assert work.investigations.requests(999) == ()


def test_two_who_open_one_at_the_same_moment_come_to_the_same(database: Store):
    if isinstance(database, MemoryDatabase):
        return
    place = settled(database)

    def open_it(_: int) -> int:
        with database.write() as work:
            number = file(work, place, kind="c_noise", type=Type.COMPLAINT).id
            found = work.investigations.open(noise(place)).id
            work.investigations.join(found, [number])
            return found

    with ThreadPoolExecutor(4) as threads:
        opened = set(threads.map(open_it, range(12)))
    assert len(opened) == 1
    with database.read() as work:
        assert len(work.investigations.requests(opened.pop())) == 12


def test_complaints_are_found_by_whom_they_are_against(database: Store):
    place = settled(database)
    with database.write() as work:
        later = file(work, place, accused_id=place.worker.id, opened_at=NOW + HOUR)
        sooner = file(work, place, accused_id=place.worker.id)
        file(work, place)
        assert work.requests.against(place.worker.id) == (sooner, later)
        assert work.requests.against(place.resident.id) == ()


def test_the_third_of_many_at_one_moment_opens_one_and_all_of_them_belong_to_it(database: Store):
    """Requests of an estate are numbered one after another, so that each complaint sees those before it."""
    if isinstance(database, MemoryDatabase):
        return
    place = settled(database)
    with database.write() as work:
        living = Occupancy(
            person_id=place.resident.id, home_id=place.home.id, estate_id=place.estate.id, since=NOW - HOUR
        )
        work.people.occupy(living)
    order = Complain(home_id=place.home.id, words="Drilling", kind="c_noise", place=Where.BUILDING)

    def complain(_: int) -> bool:
        with database.write() as work:
            done = perform(work, place.resident, order, NOW)
            assert isinstance(done, Complained)
            return done.opened

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(complain, range(9))) == 1
    with database.read() as work:
        (found,) = work.investigations.of(place.estate.id)
        assert len(work.investigations.requests(found.id)) == 9
