"""What is to happen later."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from desk.records import Timer
from tests.contracts.samples import HOUR, NOW, Store, Work

TICK = timedelta(microseconds=1)


def timer(key: str, due=NOW, **changes) -> Timer:
    return Timer(key=key, kind="nudge", due_at=due, **changes)


def keys(timers: tuple[Timer, ...]) -> list[str]:
    return [timer.key for timer in timers]


def test_a_timer_is_set_moved_and_cancelled_by_its_key(database: Store):
    with database.write() as work:
        work.timers.set(timer("run/a", payload={"run": "a", "n": 1}))
        moved = timer("run/a", NOW + HOUR, payload={"run": "b"}, attempts=2)
        work.timers.set(moved)
        assert work.timers.get("run/a") == moved
        assert work.timers.next_due() == NOW + HOUR
        work.timers.cancel("run/a")
        work.timers.cancel("never/set")
        assert work.timers.get("run/a") is None
        assert work.timers.next_due() is None


def test_due_is_to_the_microsecond(database: Store):
    with database.write() as work:
        for key, due in (("past", NOW - TICK), ("now", NOW), ("next", NOW + TICK)):
            work.timers.set(timer(key, due))
        assert keys(work.timers.take(NOW)) == ["past", "now"]
        assert keys(work.timers.take(NOW, limit=1)) == ["past"]


def test_a_timer_taken_and_not_cancelled_comes_again(database: Store):
    with database.write() as work:
        work.timers.set(timer("a"))
    for _ in range(2):
        with database.write() as work:
            assert keys(work.timers.take(NOW)) == ["a"]
    with database.write() as work:
        work.timers.cancel("a")
    with database.write() as work:
        assert work.timers.take(NOW) == ()


def test_two_pollers_never_fire_the_same_timer(database: Store):
    with database.write() as work:
        for number in range(40):
            work.timers.set(timer(f"t{number:02}"))
    fired: list[str] = []
    guard = threading.Lock()

    def fire(work: Work) -> int:
        taken = work.timers.take(NOW, limit=7)
        for one in taken:
            work.timers.cancel(one.key)
        with guard:
            fired.extend(keys(taken))
        return len(taken)

    def poll(_: int) -> None:
        number = 1
        while number:
            with database.write() as work:
                number = fire(work)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(poll, range(3)))
    assert sorted(fired) == [f"t{number:02}" for number in range(40)]


def test_a_timer_that_fails_is_set_anew_with_one_more_attempt(database: Store):
    with database.write() as work:
        work.timers.set(timer("a"))
        (taken,) = work.timers.take(NOW)
        work.timers.set(replace(taken, attempts=taken.attempts + 1, due_at=NOW + HOUR))
        assert work.timers.take(NOW) == ()
        (later,) = work.timers.take(NOW + HOUR)
        assert later.attempts == 1
