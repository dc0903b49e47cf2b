"""An estate's own answers."""

from dataclasses import replace

import pytest

from desk.errors import Conflict, NotFound
from desk.records.answers import Answer
from tests.contracts.samples import NOW, Place, Store, settled


def about(place: Place, code: str, **changes) -> Answer:
    made = Answer(
        estate_id=place.estate.id,
        code=code,
        questions={"en": ("When is the pool open?",), "zh_CN": ("泳池几点开？", "游泳池开放时间")},
        words={"en": "From 6 to 22 o'clock.", "zh_CN": "6 点到 22 点。"},
    )
    return replace(made, **changes)


def test_answers_are_kept_in_their_order_replaced_and_forgotten(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        first = work.answers.save(about(place, "pool"))
        second = work.answers.save(about(place, "gym"))
        work.answers.save(about(other, "pool"))
        changed = replace(
            first, words={"en": "From 7"}, changed_by=place.worker.id, changed_at=NOW, questions={}
        )
        assert work.answers.save(changed) == changed
        assert work.answers.get(first.id) == changed
        assert work.answers.of(place.estate.id) == (changed, second)
    with database.write() as work:
        work.answers.delete(first.id)
        work.answers.delete(first.id)
        assert work.answers.of(place.estate.id) == (second,)
        with pytest.raises(NotFound):
            work.answers.get(first.id)


def test_a_code_names_one_answer_of_an_estate(database: Store):
    place = settled(database)
    with database.write() as work:
        work.answers.save(about(place, "pool"))
        gym = work.answers.save(about(place, "gym"))
        for double in (about(place, "pool"), replace(gym, code="pool")):
            with pytest.raises(Conflict):
                work.answers.save(double)
        with pytest.raises(NotFound):
            work.answers.save(about(place, "sauna", id=999))
        assert [one.code for one in work.answers.of(place.estate.id)] == ["pool", "gym"]
