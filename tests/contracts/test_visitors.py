"""Visitors, what happened to them, and the secrets that passes are made with."""

import threading
from datetime import time
from typing import Any

import pytest

from desk import visitors
from desk.actions.gate import LetArrive
from desk.actions.perform import perform
from desk.errors import Conflict, NotFound, NotPossible
from desk.records import SYSTEM, Actor, Occupancy, Person, Role, Staff
from desk.records.visitors import Days, Mode, Stay, VisitChange, Visitor
from tests.contracts.samples import HOUR, MINUTE, NOW, Place, Store, Work, settle_in, settled

GUARD = Actor(role=Role.GUARD, name="Guard", badge="G1")


def expected(place: Place, **changes: Any) -> Visitor:
    """Somebody who is not noted yet."""
    values: dict[str, Any] = {
        "estate_id": place.estate.id,
        "home_id": place.home.id,
        "host_id": place.resident.id,
        "name": "Grandma",
        "start": NOW,
        "end": NOW + 4 * HOUR,
        "state": Stay.ACTIVE,
        "registered_at": NOW,
    }
    return Visitor(**(values | changes))


def note(work: Work, place: Place, **changes: Any) -> Visitor:
    """Somebody who is noted."""
    visitor = expected(place, **changes)
    happened = visitors.event("registered", None, visitor, SYSTEM, NOW)
    return work.visitors.add(VisitChange(visitor=visitor, event=happened)).visitor


def arrive(work: Work, visitor: Visitor) -> VisitChange:
    """They come in."""
    return work.visitors.record(visitors.take(visitor, "arrived", GUARD, NOW + MINUTE, entries=1))


def test_a_visitor_is_kept_with_everything_and_its_history(database: Store):
    place = settled(database)
    with database.write() as work:
        first = note(
            work, place, plate="京A12345", gate="North", people=3, mode=Mode.SEVERAL, code_hash="ab", issue=2
        )
        assert work.visitors.get(first.id) == first
        change = arrive(work, first)
        assert work.visitors.get(first.id) == change.visitor
        assert [one.name for one in work.visitors.events(first.id)] == ["registered", "arrived"]
        assert work.visitors.events(first.id)[1] == change.event
        with pytest.raises(NotFound):
            work.visitors.get(first.id + 1)


def test_each_estate_counts_its_own(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        assert [note(work, place).number, note(work, place).number] == [1, 2]
        assert note(work, other).number == 1


def test_the_second_of_two_writers_is_refused(database: Store):
    place = settled(database)
    with database.write() as work:
        seen = note(work, place)
        arrive(work, seen)
        with pytest.raises(Conflict):
            arrive(work, seen)
        assert len(work.visitors.events(seen.id)) == 2


def test_two_guards_at_once_make_one_entry(database: Store):
    """Both have read the same version before either writes; on real threads, each in a transaction."""
    place = settled(database)
    with database.write() as work:
        seen = note(work, place)
    together, came = threading.Barrier(2), []

    def guard() -> None:
        together.wait()
        try:
            with database.write() as work:
                arrive(work, seen)
        except Conflict:
            came.append("too late")
        else:
            came.append("in")

    guards = [threading.Thread(target=guard) for _ in range(2)]
    for one in guards:
        one.start()
    for one in guards:
        one.join()
    with database.read() as work:
        kept, history = work.visitors.get(seen.id), work.visitors.events(seen.id)
    assert sorted(came) == ["in", "too late"]
    assert (kept.state, kept.entries) == (Stay.ARRIVED, 1)
    assert [one.name for one in history] == ["registered", "arrived"]


def test_two_guards_who_tap_at_the_same_moment_let_one_in(database: Store):
    """The same by the desk's own rules: whoever comes second is refused, whatever they had seen before."""
    place = settled(database)
    with database.write() as work:
        visitor = note(work, place)
        living = Occupancy(
            person_id=place.resident.id, home_id=place.home.id, estate_id=place.estate.id, since=NOW
        )
        work.people.occupy(living)
        people = [work.people.save(Person(telegram_id=900 + one, name="Guard")) for one in range(2)]
        for person in people:
            post = Staff(person_id=person.id, estate_id=place.estate.id, role=Role.GUARD, since=NOW)
            work.people.hire(post)
    together, came = threading.Barrier(2), []

    def tap(person: Person) -> None:
        together.wait()
        try:
            with database.write() as work:
                perform(work, person, LetArrive(visitor_id=visitor.id), NOW + MINUTE)
        except (Conflict, NotPossible):
            came.append("too late")
        else:
            came.append("in")

    taps = [threading.Thread(target=tap, args=[person]) for person in people]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    with database.read() as work:
        assert work.visitors.get(visitor.id).entries == 1
    assert sorted(came) == ["in", "too late"]


def test_a_code_is_one_visitors_in_an_estate_and_free_in_the_next(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        first = note(work, place, code_hash="h")
        second = note(work, place)
        there = note(work, other, code_hash="h")
        with pytest.raises(Conflict):
            work.visitors.record(visitors.take(second, "purged", SYSTEM, NOW, code_hash="h"))
        assert work.visitors.get(second.id) == second
        assert work.visitors.by_code(place.estate.id, "h") == first
        assert work.visitors.by_code(other.estate.id, "h") == there
        assert work.visitors.by_code(place.estate.id, "x") is None


def test_the_gate_finds_by_plate_newest_first_good_or_not(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        old = note(work, place, plate="A1", state=Stay.LEFT)
        new = note(work, place, plate="A1")
        note(work, place, plate="A2")
        note(work, place)
        note(work, other, plate="A1")
        assert work.visitors.by_plate(place.estate.id, "A1") == (new, old)
        assert work.visitors.by_plate(place.estate.id, "A1", limit=1) == (new,)
        assert work.visitors.by_plate(place.estate.id, "") == ()


def test_the_gate_sees_who_is_expected_or_inside_the_earliest_end_first(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        late = note(work, place, end=NOW + 9 * HOUR)
        soon = note(work, place, end=NOW + HOUR, state=Stay.ARRIVED)
        for stay in (Stay.LEFT, Stay.EXPIRED, Stay.REVOKED, Stay.REFUSED):
            note(work, place, state=stay)
        note(work, place, start=NOW + 30 * HOUR, end=NOW + 31 * HOUR)
        note(work, place, start=NOW - 3 * HOUR, end=NOW)
        note(work, other)
        day = (place.estate.id, NOW, NOW + 24 * HOUR)
        assert work.visitors.at_gate(*day, limit=9) == (soon, late)
        assert work.visitors.at_gate(*day, limit=1) == (soon,)


def test_the_gate_finds_by_a_part_of_a_name_good_or_not(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        old = note(work, place, name="王  Fang_1", state=Stay.LEFT)
        new = note(work, place, name="WANG Fang", end=NOW + 9 * HOUR)
        note(work, place, name="Fang", start=NOW + 30 * HOUR, end=NOW + 31 * HOUR)
        note(work, place, name="Fang", end=NOW)
        note(work, other, name="Fang")
        day = (place.estate.id, NOW, NOW + 24 * HOUR)
        for typed, found in [
            ("fang", (new, old)),
            ("wang fang", (new,)),
            ("王 fang", (old,)),
            ("g_1", (old,)),
            ("g_", (old,)),
            ("%", ()),
            ("~", ()),
            ("x", ()),
        ]:
            assert work.visitors.by_name(place.estate.id, typed, *day[1:], limit=9) == found, typed
        assert work.visitors.by_name(place.estate.id, "fang", *day[1:], limit=1) == (new,)


def test_a_host_has_the_newest_first_and_a_home_only_who_may_still_come(database: Store):
    place = settled(database)
    with database.write() as work:
        first = note(work, place)
        gone = note(work, place, registered_at=NOW + HOUR, state=Stay.LEFT)
        of_another = note(work, place, host_id=place.worker.id, end=NOW + HOUR)
        assert work.visitors.of_host(place.resident.id) == (gone, first)
        assert work.visitors.of_host(place.resident.id, limit=1) == (gone,)
        assert work.visitors.open_in_home(place.home.id) == (of_another, first)


def test_words_are_forgotten_and_who_did_what_stays(database: Store):
    place = settled(database)
    with database.write() as work:
        seen, other = note(work, place, state=Stay.REQUESTED), note(work, place, state=Stay.REQUESTED)
        for one in (seen, other):
            work.visitors.record(visitors.take(one, "refused", GUARD, NOW, "is Bob", data={"name": "Bob"}))
        work.visitors.forget_words(seen.id)
        forgotten, kept = work.visitors.events(seen.id)[1], work.visitors.events(other.id)[1]
    assert (forgotten.why, forgotten.data, forgotten.actor) == ("", {}, GUARD)
    assert (kept.why, kept.data) == ("is Bob", {"name": "Bob"})


def test_an_estates_secret_is_drawn_once_and_is_its_own(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        drawn = work.visitors.key(place.estate.id)
        assert len(drawn) == 32
        assert work.visitors.key(other.estate.id) != drawn
    with database.read() as work:
        assert work.visitors.key(place.estate.id) == drawn


def test_regular_days_and_no_days_come_back(database: Store):
    with database.write() as work:
        place = settle_in(work)
        days = Days(weekdays=(0, 2), opens=time(8), closes=time(18, 30))
        regular = note(work, place, mode=Mode.REGULAR, days=days)
        assert work.visitors.get(regular.id).days == days
        assert work.visitors.get(note(work, place).id).days is None
        walk_up = note(work, place, mode=Mode.WALK_UP, host_id=None, guard_id=place.worker.id)
        assert work.visitors.get(walk_up.id) == walk_up
