"""What the office told many residents, and whom it reaches."""

from dataclasses import replace
from datetime import datetime

import pytest

from desk.errors import NotFound
from desk.records import Home, Media, Occupancy, Person
from desk.records.announcements import Announcement
from tests.contracts.samples import HOUR, NOW, Place, Store, settled


def notice(place: Place) -> Announcement:
    return Announcement(
        estate_id=place.estate.id,
        author_id=place.worker.id,
        words={"en": "No water on Tuesday", "zh_CN": "周二停水"},
        media=(Media(kind="photo", file_id="p"),),
        building="3",
        floor=5,
        kinds=("no_water", "low_pressure"),
        start=NOW + HOUR,
        until=NOW + 9 * HOUR,
        made_at=NOW,
    )


def test_an_announcement_is_kept_replaced_and_counted_apart(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        kept = work.announcements.save(notice(place))
        assert work.announcements.get(kept.id) == kept
        work.announcements.count(kept.id, reached=3)
        work.announcements.count(kept.id, reached=2, explained=1)
        longer = work.announcements.save(replace(kept, until=None))
        assert longer == replace(kept, until=None, reached=5, explained=1)
        second = work.announcements.save(replace(notice(place), made_at=NOW + HOUR))
        assert work.announcements.lasting(place.estate.id) == (second, longer)
        over = work.announcements.save(replace(longer, over_at=NOW))
        assert work.announcements.lasting(place.estate.id) == (second,)
        assert work.announcements.recent(place.estate.id, NOW) == (second, over)
        assert work.announcements.recent(place.estate.id, NOW + HOUR) == (second,)
        assert work.announcements.lasting(other.estate.id) == ()
        with pytest.raises(NotFound):
            work.announcements.get(99)


def test_the_audience_is_who_lives_here_now_by_person(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        home = work.estates.save_home(Home(estate_id=place.estate.id, code="3-2-502"))
        people = [work.people.save(Person(telegram_id=900 + n, name=f"P{n}")) for n in range(4)]

        def lives(person: Person, there: Home, until: datetime | None = None) -> Occupancy:
            return work.people.occupy(
                Occupancy(
                    person_id=person.id, home_id=there.id, estate_id=there.estate_id, since=NOW, until=until
                )
            )

        first = [lives(people[0], place.home), lives(people[0], home)]
        lives(people[1], other.home)
        lives(people[2], home, NOW)
        last = lives(people[3], home)
        audience = work.announcements.audience
        assert audience(place.estate.id, NOW) == (*first, last)
        assert audience(place.estate.id, NOW, limit=2) == tuple(first)
        assert audience(place.estate.id, NOW, after=people[0].id) == (last,)
