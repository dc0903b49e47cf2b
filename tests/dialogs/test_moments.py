"""Days and times as people type them, on Sunday, the 22nd of November 2026, at 14:00."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, strategies as st

from dialogs.questions.moments import Told, told

NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)
#: what Hypothesis draws between
EARLIEST, LATEST = datetime(2026, 6, 1), datetime(2027, 4, 1)  # noqa: DTZ001
TODAY, TOMORROW, WEDNESDAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 25)


@pytest.mark.parametrize(
    "line, day, clock",
    [
        ("tomorrow 15:00", TOMORROW, time(15)),
        ("Tomorrow at 3 pm", TOMORROW, time(15)),
        ("tomorrow", TOMORROW, None),
        ("the day after tomorrow, 9:30 a.m.", date(2026, 11, 24), time(9, 30)),
        ("18:30", None, time(18, 30)),
        ("yesterday 18:30", date(2026, 11, 21), time(18, 30)),
        ("昨天", date(2026, 11, 21), None),
        ("12 am", None, time(0)),
        ("12:15 pm", None, time(12, 15)),
        ("today noon", TODAY, time(12)),
        ("25.11. 18:30", WEDNESDAY, time(18, 30)),
        ("25.11.2026 18:30", WEDNESDAY, time(18, 30)),
        ("25.11.26", WEDNESDAY, None),
        ("25.11", WEDNESDAY, None),
        ("2026-11-25 18:30", WEDNESDAY, time(18, 30)),
        ("2026-11-25T18:30", None, None),
        ("2026/11/25", WEDNESDAY, None),
        ("25/11 8:00", WEDNESDAY, time(8)),
        ("11/25 8:00", WEDNESDAY, time(8)),
        ("25 Nov 18:30", WEDNESDAY, time(18, 30)),
        ("November 25th at 18:30", WEDNESDAY, time(18, 30)),
        ("Wednesday 18:30", WEDNESDAY, time(18, 30)),
        ("wed", WEDNESDAY, None),
        ("next Wednesday", date(2026, 11, 25), None),
        ("Sunday", TODAY, None),
        ("5.1. 10:00", date(2027, 1, 5), time(10)),
        ("21.11.", date(2026, 11, 21), None),
        ("2024-01-05", date(2024, 1, 5), None),
        ("5.1.2024 10:00", date(2024, 1, 5), time(10)),
        ("in 2 hours", TODAY, time(16)),
        ("in 3 days 10:00", date(2026, 11, 25), time(10)),
        ("明天下午3点", TOMORROW, time(15)),
        ("明天下午三点半", TOMORROW, time(15, 30)),
        ("明天下午3:20", TOMORROW, time(15, 20)),
        ("后天晚上8点", date(2026, 11, 24), time(20)),
        ("今晚7点", TODAY, time(19)),
        ("明早九点一刻", TOMORROW, time(9, 15)),
        ("11月25日18点30分", WEDNESDAY, time(18, 30)),
        ("2026年11月25日 18:30", WEDNESDAY, time(18, 30)),
        ("周三下午两点", WEDNESDAY, time(14)),
        ("下周三", WEDNESDAY, None),
        ("星期天", TODAY, None),
        ("中午12点", None, time(12)),
        ("二十点", None, time(20)),
        ("2小时后", TODAY, time(16)),
        ("٢٥.١١. ١٨:٣٠", WEDNESDAY, time(18, 30)),
        ("\uff11\uff18\uff1a\uff13\uff10", None, time(18, 30)),
    ],
)
def test_a_day_and_a_time(line: str, day: date | None, clock: time | None):
    assert told(line, NOW) == (Told(day, clock) if day or clock else None)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "soon",
        "31.11.",
        "25:00",
        "4/5",
        "tomorrow or so",
        "1234",
        "10 o",
        "明天来",
        "2026-13-01",
        "🎈",
        "18.75",
    ],
)
def test_no_day_and_no_time(line: str):
    assert told(line, NOW) is None


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(line: str):
    found = told(line, NOW)
    assert found is None or found.day is not None or found.clock is not None


@given(st.datetimes(EARLIEST, LATEST).map(lambda one: one.replace(second=0, microsecond=0)))
def test_a_moment_written_out_is_read_back(moment: datetime):
    for written in (f"{moment:%Y-%m-%d %H:%M}", f"{moment:%d.%m.%Y %H:%M}", f"{moment:%Y年%m月%d日%H点%M分}"):
        assert told(written, NOW) == Told(moment.date(), moment.time())
