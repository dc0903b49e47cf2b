"""Requests and their audit trail."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from desk.errors import Conflict, NotFound
from desk.records import Actor, Change, Event, Media, Priority, Request, Role, Slot, State
from tests.contracts.samples import (
    CLAIMED,
    HOUR,
    MINUTE,
    NOW,
    Place,
    Store,
    breaks,
    event,
    file,
    need,
    settled,
)


def test_a_request_comes_back_with_every_field(database: Store):
    place = settled(database)
    full = need(
        place,
        problem="漏水 💧 'quoted' \"twice\"\n<b>",
        media=(Media(kind="photo", file_id="AgAC"), Media(kind="voice", file_id="Aw")),
        visit=Slot(start=NOW + HOUR, end=NOW + 2 * HOUR),
        entry=True,
        language="zh_CN",
        priority=Priority.URGENT,
        channel="phone",
        state=State.ON_HOLD,
        worker_id=place.worker.id,
        previous=State.ACCEPTED,
        claimed_at=NOW + MINUTE,
        paused_at=NOW + 2 * MINUTE,
        hold_until=NOW + 3 * MINUTE,
        done_at=NOW + 4 * MINUTE,
        closed_at=NOW + 5 * MINUTE,
        not_fixed=2,
        escalation=3,
    )
    with database.write() as work:
        kept = work.requests.add(Change(request=full, event=event(full))).request
    assert kept == replace(full, id=kept.id, number=1)
    with database.read() as work:
        assert work.requests.get(kept.id) == kept
        assert work.requests.by_number(place.estate.id, 1) == kept
        assert work.requests.by_number(place.estate.id, 2) is None
        with pytest.raises(NotFound):
            work.requests.get(4711)


def test_numbers_are_counted_per_estate(database: Store):
    first, second = settled(database), settled(database, "B")
    with database.write() as work:
        numbers = [file(work, place).number for place in (first, first, second, first)]
    assert numbers == [1, 2, 1, 3]


def test_a_request_that_is_undone_leaves_no_gap(database: Store):
    place = settled(database)
    with database.write() as work:
        with breaks(work.savepoint()):
            file(work, place)
        assert file(work, place).number == 1


def test_numbers_stay_unique_when_many_file_at_once(database: Store):
    place = settled(database)

    def one(_: int) -> int:
        with database.write() as work:
            return file(work, place).number

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(one, range(20))) == list(range(1, 21))


def test_a_change_writes_the_next_version_and_its_event(database: Store):
    place = settled(database)
    worker = Actor(role=Role.WORKER, person_id=place.worker.id, name="王师傅", badge="07")
    with database.write() as work:
        new = file(work, place)
        claimed = replace(new, worker_id=place.worker.id, claimed_at=NOW, **CLAIMED)
        signed = event(new, "claimed", actor=worker, before=State.NEW, after=State.ACCEPTED, why="mine")
        signed = replace(signed, data={"eta": 15, "note": None, "deep": [{"a": 1.5}]})
        change = work.requests.record(Change(request=claimed, event=signed))
    with database.read() as work:
        assert change.request == claimed == work.requests.get(new.id)
        filed, second = work.requests.events(new.id)
    assert second == change.event == replace(signed, id=second.id)
    assert (filed.name, filed.request_id) == ("filed", new.id)
    assert second.id > filed.id


def test_a_stale_version_is_refused_and_writes_nothing(database: Store):
    place = settled(database)
    with database.write() as work:
        new = file(work, place)
        claimed = replace(new, **CLAIMED)
        work.requests.record(Change(request=claimed, event=event(claimed, "claimed")))
        with pytest.raises(Conflict):
            work.requests.record(Change(request=claimed, event=event(claimed, "claimed")))
        unknown = replace(claimed, id=4711)
        with pytest.raises(Conflict):
            work.requests.record(Change(request=unknown, event=event(unknown)))
        assert len(work.requests.events(new.id)) == 2


def test_of_two_who_claim_at_once_exactly_one_wins(database: Store):
    place = settled(database)
    with database.write() as work:
        new = file(work, place)
    both_have_read = threading.Barrier(2, timeout=10)

    def claim(worker_id: int) -> bool:
        with database.read() as work:
            seen = work.requests.get(new.id)
        both_have_read.wait()
        claimed = replace(seen, worker_id=worker_id, **CLAIMED)
        try:
            with database.write() as work:
                work.requests.record(Change(request=claimed, event=event(claimed, "claimed")))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(claim, [place.worker.id, place.resident.id]))
    assert sorted(outcomes) == [False, True]
    with database.read() as work:
        winner = [place.worker.id, place.resident.id][outcomes.index(True)]
        assert work.requests.get(new.id).worker_id == winner
        assert [event.name for event in work.requests.events(new.id)] == ["filed", "claimed"]


def test_a_resident_sees_the_newest_first(database: Store):
    place = settled(database)
    with database.write() as work:
        old = file(work, place, opened_at=NOW - HOUR)
        newest = file(work, place, opened_at=NOW)
        middle = file(work, place, opened_at=NOW - MINUTE)
        file(work, place, resident_id=place.worker.id)
        assert work.requests.of_resident(place.resident.id) == (newest, middle, old)
        assert work.requests.of_resident(place.resident.id, limit=2) == (newest, middle)


def test_a_worker_sees_open_work_only_the_oldest_first(database: Store):
    place = settled(database)
    mine = {"worker_id": place.worker.id}
    with database.write() as work:
        late = file(work, place, **mine, state=State.SCHEDULED)
        early = file(work, place, **mine, state=State.ON_HOLD, opened_at=NOW - HOUR)
        for state in State:
            if not state.open:
                file(work, place, **mine, state=state)
        file(work, place)
        assert work.requests.of_worker(place.worker.id) == (early, late)


def found(requests: tuple[Request, ...]) -> list[int]:
    return [request.number for request in requests]


@pytest.fixture
def four(database: Store) -> Place:
    """Requests 1 to 4, an hour apart: new, closed, new, done. And one of another estate."""
    place, other = settled(database), settled(database, "B")
    states = [State.NEW, State.CLOSED, State.NEW, State.DONE]
    with database.write() as work:
        for hours, state in enumerate(states):
            file(work, place, state=state, opened_at=NOW + hours * HOUR)
        file(work, other)
    return place


def test_requests_are_found_by_state_and_time(database: Store, four: Place):
    estate = four.estate.id
    with database.read() as work:
        find = work.requests.find
        assert found(find(estate)) == [1, 2, 3, 4]
        assert found(find(estate, limit=2)) == [1, 2]
        assert found(find(estate, states=[State.NEW])) == [1, 3]
        assert found(find(estate, states=(State.CLOSED, State.DONE))) == [2, 4]
        assert found(find(estate, since=NOW + HOUR)) == [2, 3, 4]
        assert found(find(estate, until=NOW + HOUR)) == [1]
        assert found(find(estate, since=NOW + HOUR, until=NOW + 3 * HOUR, states=[State.NEW])) == [3]


def test_an_event_by_nobody_is_kept(database: Store):
    place = settled(database)
    with database.write() as work:
        request = need(place)
        by_system = replace(event(request), actor=Actor(role=Role.SYSTEM, name="Steward"))
        change = work.requests.add(Change(request=request, event=by_system))
        (kept,) = work.requests.events(change.request.id)
    assert isinstance(kept, Event)
    assert kept.actor == by_system.actor
