"""Estates with their homes and queues."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest

from desk.errors import Conflict, NotFound
from desk.records import Estate, Home, Opening, Promises, Queue, SurveyRules
from tests.contracts.samples import Store, settled

FULL = Estate(
    name="莲花苑",
    time_zone="Asia/Shanghai",
    languages=("zh_CN", "en"),
    country="CN",
    currency="CNY",
    hours=(Opening(weekday=0, start=time(8), end=time(17, 30)),),
    promises=Promises(respond=timedelta(minutes=20, microseconds=1)),
    survey=SurveyRules(quiet=None),
    digest_at=time(7, 45),
    staff_chat=-1001234567890,
    staff_forum=True,
)


def test_an_estate_comes_back_as_it_was_kept(database: Store):
    with database.write() as work:
        kept = work.estates.save(FULL)
        quiet = work.estates.save(Estate(name="B", time_zone="Europe/Berlin"))
    assert kept == replace(FULL, id=kept.id)
    with database.read() as work:
        assert work.estates.get(kept.id) == kept
        assert work.estates.get(quiet.id).survey.quiet == (time(22), time(8))
        assert work.estates.all() == (kept, quiet)


def test_an_estate_is_replaced_under_its_id(database: Store):
    with database.write() as work:
        kept = work.estates.save(FULL)
        changed = work.estates.save(replace(kept, staff_chat=None, languages=("en",)))
        assert work.estates.all() == (changed,)


def test_two_estates_of_one_name_are_a_conflict_and_the_transaction_goes_on(database: Store):
    with database.write() as work:
        work.estates.save(FULL)
        other = work.estates.save(replace(FULL, name="B"))
        with pytest.raises(Conflict):
            work.estates.save(FULL)
        with pytest.raises(Conflict):
            work.estates.save(replace(other, name=FULL.name))
    with database.read() as work:
        assert [estate.name for estate in work.estates.all()] == [FULL.name, "B"]


def test_what_is_not_there_is_not_found(database: Store):
    with database.write() as work:
        for ask in (work.estates.get, work.estates.home, work.estates.queue):
            with pytest.raises(NotFound):
                ask(4711)
        with pytest.raises(NotFound):
            work.estates.save(replace(FULL, id=4711))


def test_homes_come_by_code_and_keep_their_area_to_the_digit(database: Store):
    place = settled(database)
    with database.write() as work:
        small = Home(estate_id=place.estate.id, code="10-1", area=Decimal("49.50"))
        small = work.estates.save_home(small)
        assert work.estates.homes(place.estate.id) == (small, place.home)
        assert str(work.estates.home(small.id).area) == "49.50"
        renamed = work.estates.save_home(replace(small, code="9-1"))
        assert work.estates.homes(place.estate.id) == (place.home, renamed)


def test_codes_are_unique_in_an_estate_only(database: Store):
    first, second = settled(database), settled(database, "B")
    assert first.home.code == second.home.code
    with database.write() as work, pytest.raises(Conflict):
        work.estates.save_home(Home(estate_id=first.estate.id, code=first.home.code))
    with database.write() as work, pytest.raises(Conflict):
        work.estates.save_queue(Queue(estate_id=first.estate.id, code="repair", title={}))


def test_queues_come_in_the_order_they_were_added(database: Store):
    place = settled(database)
    with database.write() as work:
        full = Queue(
            estate_id=place.estate.id,
            code="a",
            title={"zh_CN": "保洁", "en": "Cleaning"},
            kinds=("clean.stairs", "clean"),
            hours=(Opening(weekday=6, start=time(9), end=time(12)),),
        )
        kept = work.estates.save_queue(full)
        kept = work.estates.save_queue(replace(kept, topic=17))
        assert work.estates.queues(place.estate.id) == (place.queue, kept)
        assert work.estates.queue(kept.id) == replace(full, id=kept.id, topic=17)
