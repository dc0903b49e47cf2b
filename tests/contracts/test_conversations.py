"""Runs under way, and the updates that were taken in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from dialogs.engine.answers import Answers
from dialogs.engine.runs import RunState
from tests.contracts.samples import BOT, HOUR, NOW, Store, run, settled


def test_a_run_comes_back_as_it_was_saved(database: Store):
    place = settled(database)
    answers = Answers({"problem": {"text": "漏水", "photos": ["a"]}, "home": 3, "b": None}, {"visit": [1.5]})
    full = run("k3f9", place.resident, subject={"request": 17}, answers=answers)
    with database.write() as work:
        work.runs.save(full)
    with database.read() as work:
        assert work.runs.open(place.resident.id) == full == work.runs.get("k3f9")
        assert work.runs.open(place.worker.id) is None
        assert work.runs.get("none") is None


def test_the_order_of_answers_is_kept(database: Store):
    place = settled(database)
    names = ["visit", "a", "longer name", "b", "home"]
    with database.write() as work:
        started = run("k3f9", place.resident)
        work.runs.save(started)
        for name in names:
            started = replace(started, answers=started.answers.give(name, name))
            work.runs.save(started)
        kept = work.runs.get("k3f9")
    assert kept is not None
    assert list(kept.answers.given) == names


def test_a_run_is_handed_over_to_another_script(database: Store):
    place = settled(database)
    with database.write() as work:
        started = run("k3f9", place.resident, script="sort_out")
        work.runs.save(started)
        there = replace(started, script="repair", subject={"sorted": True}, answers=Answers({"home": 3}))
        work.runs.save(there)
    with database.read() as work:
        assert work.runs.open(place.resident.id) == there


def test_opening_a_run_ends_the_open_one_and_parking_the_parked_one(database: Store):
    place = settled(database)
    person = place.resident
    with database.write() as work:
        first, second, third = (run(id, person) for id in "abc")
        work.runs.save(first)
        work.runs.save(replace(first, state=RunState.PARKED))
        work.runs.save(second)
        assert (work.runs.open(person.id), work.runs.parked(person.id)) == (
            second,
            replace(first, state=RunState.PARKED),
        )
        work.runs.save(replace(second, state=RunState.PARKED))
        assert work.runs.get("a") == replace(first, state=RunState.ENDED)
        assert work.runs.open(person.id) is None
        work.runs.save(third)
        work.runs.save(second)
        assert work.runs.get("c") == replace(third, state=RunState.ENDED)
        assert (work.runs.open(person.id), work.runs.parked(person.id)) == (second, None)


def test_runs_of_two_people_do_not_disturb_each_other(database: Store):
    place = settled(database)
    with database.write() as work:
        work.runs.save(run("a", place.resident))
        work.runs.save(run("b", place.worker))
        work.runs.save(replace(run("b", place.worker), state=RunState.ENDED))
        work.runs.save(replace(run("c", place.worker), state=RunState.ENDED, touched_at=NOW + HOUR))
        opened = work.runs.open(place.resident.id)
        assert opened is not None
        assert opened.id == "a"
        assert work.runs.open(place.worker.id) is None


def test_an_update_counts_once(database: Store):
    with database.write() as work:
        assert work.inbox.first_time(BOT, 2**31, NOW)
        assert not work.inbox.first_time(BOT, 2**31, NOW)
        assert work.inbox.first_time(BOT + 1, 2**31, NOW)
        assert work.inbox.first_time(BOT, 5, NOW), "an older id may come later"


def test_the_same_update_in_many_threads_counts_once(database: Store):
    def take(_: int) -> bool:
        with database.write() as work:
            return work.inbox.first_time(BOT, 99, NOW)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(take, range(8))) == 1


def test_failures_are_counted_per_update(database: Store):
    with database.write() as work:
        bad = "nul \x00 and half a pair \ud83d"
        counts = [work.inbox.failed(BOT, 1, bad, bad, NOW) for _ in range(3)]
        assert counts == [1, 2, 3]
        assert work.inbox.failed(BOT, 2, "", "{}", NOW) == 1
