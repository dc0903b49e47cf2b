"""Days, times, lengths of time, sums and names, as people of a language write them."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from locales.facts import Facts, own_name
from locales.text import Money, Month, Span, Titles, Value

MORNING = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)


def said(value: Value, language: str = "en", zone: str = "Asia/Shanghai") -> str:
    return Facts(language, ZoneInfo(zone)).say(value)


@pytest.mark.parametrize(
    "value, english, chinese",
    [
        (date(2026, 3, 5), "Thu, Mar 5", "3月5日周四"),
        (time(9, 5), "09:05", "09:05"),
        (MORNING, "Thu, Mar 5 09:00", "3月5日周四 09:00"),
        (Money(Decimal("1234.5"), "CNY"), "CN¥1,234.50", "¥1,234.50"),
        (Money(Decimal("2.80"), "CNY", exact=True), "CN¥2.80", "¥2.80"),
        (Money(Decimal("0.5283"), "CNY", exact=True), "CN¥0.5283", "¥0.5283"),
        (Money(Decimal("-3"), "JPY"), "-¥3", "-JP¥3"),
        (Month(2026, 11), "November 2026", "2026年11月"),
        (Decimal("1204.1234"), "1,204.1234", "1,204.1234"),
        (1234567, "1,234,567", "1,234,567"),
        (Decimal("4.5"), "4.5", "4.5"),
    ],
)
def test_values(value, english, chinese):
    assert (said(value), said(value, "zh_CN")) == (english, chinese)


@pytest.mark.parametrize(
    "length, english, chinese",
    [
        (timedelta(), "0 minutes", "0分钟"),
        (timedelta(seconds=31), "1 minute", "1分钟"),
        (timedelta(minutes=45), "45 minutes", "45分钟"),
        (timedelta(minutes=60), "1 hour", "1小时"),
        (timedelta(minutes=90), "1 hour 30 minutes", "1小时30分钟"),
        (timedelta(hours=24), "24 hours", "24小时"),
        (timedelta(hours=49, minutes=40), "50 hours", "50小时"),
        (timedelta(days=3), "3 days", "3天"),
        (timedelta(days=10), "10 days", "10天"),
        (timedelta(days=45), "45 days", "45天"),
        (timedelta(minutes=-90), "1 hour 30 minutes", "1小时30分钟"),
    ],
)
def test_lengths_of_time(length, english, chinese):
    assert (said(length), said(length, "zh_CN")) == (english, chinese)


@pytest.mark.parametrize(
    "hours, expected",
    [
        (2, "Thu, Mar 5 09:00–11:00"),
        (20, "Thu, Mar 5 09:00–05:00"),
        (48, "Thu, Mar 5 09:00 – Sat, Mar 7 09:00"),
    ],
)
def test_a_span_names_the_second_day_only_when_it_must(hours, expected):
    assert said(Span(MORNING, MORNING + timedelta(hours=hours))) == expected


def test_a_span_is_said_in_the_estates_zone():
    span = Span(MORNING, MORNING + timedelta(hours=2))
    assert said(span, zone="America/New_York") == "Wed, Mar 4 20:00–22:00"


def test_a_moment_without_a_zone_is_refused_rather_than_guessed():
    with pytest.raises(TypeError, match="without a time zone"):
        said(datetime(2026, 3, 5, 9, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    "by_language, language, expected",
    [
        ({"en": "Lift", "zh_CN": "电梯"}, "zh_CN", "电梯"),
        ({"en": "Lift", "zh": "电梯"}, "zh_CN", "电梯"),
        ({"zh_CN": "电梯", "en": "Lift"}, "ru", "Lift"),
        ({"zh_CN": "电梯", "en": ""}, "ru", "电梯"),
        ({}, "en", ""),
    ],
)
def test_an_estates_name_falls_back_to_the_nearest(by_language, language, expected):
    assert said(Titles(by_language), language) == expected


def test_languages_call_themselves_by_their_own_names():
    assert [own_name(code) for code in ("en", "zh_CN", "zh_TW", "ru")] == [
        "English",
        "简体中文",
        "繁體中文",
        "Русский",
    ]
