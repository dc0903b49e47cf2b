"""Records as JSON and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given

from desk.records import Estate, Promises, SurveyRules
from storage.codec import codec
from storage.types import Moment
from tests.storage.records import ANY, MOMENTS


@given(ANY)
def test_every_record_comes_back_from_json(record: Any):
    kind = codec(type(record))
    text = json.dumps(kind.pack(record), allow_nan=False)
    assert kind.unpack(json.loads(text)) == record


@given(ANY)
def test_packing_is_stable(record: Any):
    kind = codec(type(record))
    packed = kind.pack(record)
    assert kind.pack(kind.unpack(packed)) == packed


def test_what_is_newer_than_the_kept_json_has_its_default():
    assert codec(Promises).unpack({"respond": 60_000_000}) == Promises(respond=timedelta(minutes=1))
    assert codec(SurveyRules).unpack({}) == SurveyRules()


def test_what_is_older_than_the_code_is_passed_over():
    assert codec(Promises).unpack({"forgotten": 1}) == Promises()


def test_a_needed_field_that_is_missing_is_named():
    with pytest.raises(ValueError, match="Estate lacks \\['time_zone'\\]"):
        codec(Estate).unpack({"name": "A"})


@dataclass
class Odd:
    """A record nobody should write."""

    either: int | str


@pytest.mark.parametrize("hint", [complex, Odd, set[int], Mapping[str, bytes], "int"])
def test_a_type_without_a_json_form_is_refused_when_the_program_starts(hint: Any):
    with pytest.raises(TypeError):
        codec(hint)


class Dialect:
    """As much of a dialect as a column type asks for."""

    def __init__(self, name: str) -> None:
        self.name = name


@given(MOMENTS, MOMENTS)
def test_moments_in_sqlite_are_ordered_as_they_are(one: datetime, other: datetime):
    dialect: Any = Dialect("sqlite")
    kept = [Moment().bind_processor(dialect)(moment) for moment in (one, other)]
    assert (kept[0] < kept[1], kept[0] == kept[1]) == (one < other, one == other)
    assert Moment().result_processor(dialect, None)(kept[0]) == one


def test_a_moment_of_another_zone_is_the_same_moment_and_one_of_none_is_refused():
    dialect: Any = Dialect("sqlite")
    noon = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=8)))
    keep = Moment().bind_processor(dialect)
    kept = keep(noon)
    assert kept == keep(noon.astimezone(UTC))
    with pytest.raises(ValueError, match="time zone"):
        keep(datetime(2026, 5, 1, 12))  # noqa: DTZ001 - the point of it
