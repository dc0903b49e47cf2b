"""What residents said of closed jobs."""

from dataclasses import replace
from typing import Any

from desk.records import Survey
from tests.contracts.samples import HOUR, NOW, Place, Store, file, settled


def asked(place: Place, request_id: int, **changes) -> Survey:
    values: dict[str, Any] = {"estate_id": place.estate.id, "resident_id": place.resident.id, "asked_at": NOW}
    return Survey(request_id=request_id, **(values | changes))


def test_a_survey_is_kept_and_replaced(database: Store):
    place = settled(database)
    with database.write() as work:
        first = asked(place, file(work, place).id)
        assert work.surveys.get(first.request_id) is None
        work.surveys.save(first)
        assert work.surveys.get(first.request_id) == first
        answered = replace(
            first,
            reminded_at=NOW + HOUR,
            score=2,
            reasons=("late", "dirty"),
            words="慢",
            answered_at=NOW + 2 * HOUR,
            review_due=NOW + 26 * HOUR,
        )
        work.surveys.save(answered)
        assert work.surveys.get(first.request_id) == answered


def test_reviews_are_the_low_scores_nobody_looked_into_the_most_urgent_first(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        ids = [file(work, place).id for _ in range(4)]
        later = asked(place, ids[0], score=1, review_due=NOW + 2 * HOUR)
        sooner = asked(place, ids[1], score=2, review_due=NOW + HOUR)
        happy = asked(place, ids[2], score=5)
        done = asked(place, ids[3], score=1, review_due=NOW, reviewed_at=NOW, reviewed_by=place.worker.id)
        elsewhere = asked(other, file(work, other).id, score=1, review_due=NOW)
        for survey in (later, sooner, happy, done, elsewhere):
            work.surveys.save(survey)
        assert work.surveys.reviews(place.estate.id) == (sooner, later)
        assert work.surveys.reviews(place.estate.id, limit=1) == (sooner,)
