"""Days and times in free text, on Wednesday, the 25th of November 2026, at 14:30, by convention."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from dialogs.understanding.moments import when
from tests.understanding.named import dates, visitors

NOW = datetime.fromisoformat("2026-11-25T14:30")
LANGUAGES = ("", "en", "zh", "ru", "es", "ar", "fr", "de", "pt_BR", "vi", "id", "tr")

#: what is said → day of November (31 is the 1st of December) and time, from … until
SAID = {
    # a point, a day, a part of the day, a stretch
    "tomorrow at 3": "26 15:00 – 26 15:00",
    "tomorrow": "26 – 27",
    "明天下午": "26 12:00 – 26 18:00",
    "明天下午三点到五点": "26 15:00 – 26 17:00",
    "завтра вечером": "26 18:00 – 26 22:00",
    "mañana por la mañana": "26 08:00 – 26 12:00",
    "بكرة العصر": "26 12:00 – 26 18:00",
    "demain soir": "26 18:00 – 26 22:00",
    "morgen früh": "26 08:00 – 26 12:00",
    "amanhã à tarde": "26 12:00 – 26 18:00",
    "sáng mai": "26 08:00 – 26 12:00",
    "besok pagi": "26 08:00 – 26 12:00",
    "yarın akşam": "26 18:00 – 26 22:00",
    "tonight": "25 18:00 – 25 22:00",
    # after and before; of today before is from now on
    "tomorrow after 6pm": "26 18:00 – 27",
    "明天下午三点后": "26 15:00 – 27",
    "завтра после 18": "26 18:00 – 27",
    "غدا قبل الساعة 10": "26 – 26 10:00",
    "until 8 tonight": "25 14:30 – 25 20:00",
    "hoy antes de las 17h": "25 14:30 – 25 17:00",
    "yarın 3'ten sonra": "26 15:00 – 27",
    "après 18h": "25 18:00 – 26",
    "i'm not home until 5": "25 17:00 – 26",
    "下班后": "25 18:00 – 26",
    "after work tomorrow": "26 18:00 – 27",
    # lengths of time from now
    "within 2 hours": "25 14:30 – 25 16:30",
    "两个小时内": "25 14:30 – 25 16:30",
    "in half an hour": "25 15:00 – 25 15:00",
    "через час": "25 15:30 – 25 15:30",
    "بعد ساعتين": "25 16:30 – 25 16:30",
    "in 2 days": "27 – 28",
    "trong 2 tiếng": "25 14:30 – 25 16:30",
    "2 jam lagi": "25 16:30 – 25 16:30",
    # days of the week; today's own is in a week
    "friday at 9": "27 09:00 – 27 09:00",
    "周三": "32 – 33",
    "下周三": "32 – 33",
    "下下周一": "37 – 38",
    "next week": "30 – 37",
    "в выходные": "28 – 30",
    "monday to wednesday": "30 – 33",
    "Donnerstag zwischen 14 und 16 Uhr": "26 14:00 – 26 16:00",
    "jumat jam 10 pagi": "27 10:00 – 27 10:00",
    # days of the month
    "28号晚上八点": "28 20:00 – 28 20:00",
    "28-го после обеда": "28 12:00 – 28 18:00",
    "el 28 a las 5": "28 17:00 – 28 17:00",
    "on the 28th": "28 – 29",
    "25-27 ноября": "25 – 28",
    "ngày 28 tháng 11": "28 – 29",
    # hours without a half of the day: 1–7 is the afternoon's
    "3点半": "25 15:30 – 25 15:30",
    "at 9": "26 09:00 – 26 09:00",
    "half past four": "25 16:30 – 25 16:30",
    "um halb vier": "25 15:30 – 25 15:30",
    "в половине пятого": "25 16:30 – 25 16:30",
    "mañana a las seis menos cuarto": "26 17:45 – 26 17:45",
    "الساعة السادسة إلا ربع": "25 17:45 – 25 17:45",
    "besok jam setengah sepuluh": "26 09:30 – 26 09:30",
    "tomorrow 4-6pm": "26 16:00 – 26 18:00",
    "tomorrow evening between 8 and 10": "26 20:00 – 26 22:00",
    # several mentions are one
    "tomorrow please, I am home after 3": "26 15:00 – 27",
    "after 3, but before 6 tomorrow": "26 15:00 – 26 18:00",
    "not tomorrow, friday at 4": "27 16:00 – 27 16:00",
    "It leaks since monday, come tomorrow morning": "26 08:00 – 26 12:00",
    # typed in a hurry
    "tommorow evning": "26 18:00 – 26 22:00",
    "звтра вечером": "26 18:00 – 26 22:00",
    "mañnana por la tarde": "26 12:00 – 26 18:00",
    "明天下午３點": "26 15:00 – 26 15:00",
}

#: the past, what comes again and again or lasts, and what only looks like a time
NOTHING = [
    "yesterday it began", "since two weeks", "last monday", "it has been 3 days", "every morning",
    "for 3 days", "it takes 2 hours", "24 hours a day", "昨天晚上就开始滴水了", "三天前",
    "每天晚上", "上周五报修的", "有一点漏水", "две недели назад", "с понедельника не работает",
    "по вечерам", "третий день нет воды", "hace tres días", "todos los días a las 7", "منذ أسبوع",
    "كل يوم الساعة 7", "depuis hier", "seit zwei Wochen", "toda noite", "mấy ngày nay",
    "setiap hari", "iki gündür", "may i ask for help", "good morning", "早上好", "",
]  # fmt: skip


def _moment(written: str) -> datetime:
    day, _, clock = written.partition(" ")
    return datetime.fromisoformat(f"2026-11-01T{clock or '00:00'}") + timedelta(days=int(day) - 1)


@pytest.mark.parametrize("words, meant", SAID.items())
def test_a_time_is_understood(words: str, meant: str):
    window = when(words, NOW)
    assert window is not None
    assert [window.start, window.end] == [_moment(part) for part in meant.split(" – ")]


@pytest.mark.parametrize("words", NOTHING)
def test_nothing_to_come_is_said(words: str):
    assert when(words, NOW) is None


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(words: str, language: str):
    window = when(words, NOW, language)
    assert window is None or window.start <= window.end


@given(st.lists(st.sampled_from([*SAID, *NOTHING]), max_size=4), st.datetimes())
def test_whatever_is_said_together_it_ends_after_it_begins(parts: list[str], now: datetime):
    window = when(", ".join(parts), now)
    assert window is None or window.start <= window.end


@pytest.mark.parametrize("part", ["dev", "test"])
def test_phrases_that_others_wrote_are_understood(part: str):
    score = dates(part)
    assert score.total >= 0.95
    assert [language for language in score.all if score.share(language) < 0.9] == []


@pytest.mark.parametrize("part", ["dev", "test"])
def test_what_is_named_of_visitors_is_found(part: str):
    score = visitors(part)
    assert [name for name in score.all if score.share(name) < 0.9] == []
