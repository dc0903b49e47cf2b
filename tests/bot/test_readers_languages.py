"""A Russian resident, a Chinese worker, an Arab manager and an English staff group over the same request: all
fixed texts are in each reader's language, and everybody's own words as typed, with the name of theirs."""

import re
from datetime import timedelta

import pytest

from bot import outages
from bot.scene import Scene
from desk.records import Person, Role
from desk.records.followers import Incident
from dialogs.scripts.visitors import refusal_in_words
from locales.words import words
from tests.bot.counter import ME, Counter
from tests.bot.four_languages import ARABIC, CHINESE, RUSSIAN, Cast, claimed, four_languages
from tests.reading import only_in


@pytest.fixture
def desk(counter: Counter) -> Cast:
    """Everybody has come in."""
    return four_languages(counter)


def test_the_card_in_the_group_speaks_its_language_and_marks_the_residents(desk: Cast):
    desk.files(desk.lin, RUSSIAN)
    card = desk.group()
    assert f"🌐 Russian\n<blockquote>{RUSSIAN}</blockquote>" in card
    only_in("en", card, RUSSIAN)


def test_the_resident_reads_everything_in_russian_without_a_mark(desk: Cast):
    desk.files(desk.lin, RUSSIAN)
    desk.wang.claims()
    heard = desk.lin.news()
    assert "🌐" not in heard
    assert "Leak" not in heard


def test_the_worker_reads_the_job_in_chinese(desk: Cast):
    desk.files(desk.lin, RUSSIAN)
    desk.wang.claims()
    job = desk.wang.last()
    assert f"🌐 俄语\n<blockquote>{RUSSIAN}</blockquote>" in job.html
    only_in("zh_CN", job.html, RUSSIAN)
    only_in("zh_CN", "".join(job.labels))


def test_question_and_answer_go_back_and_forth_unchanged_and_marked(desk: Cast):
    request = claimed(desk)
    desk.wang.picks(f"ask:{request.id}")
    desk.tells(desk.wang, CHINESE)
    asked = desk.lin.last().html
    assert f"🌐 Китайский\n<blockquote>{CHINESE}</blockquote>" in asked
    only_in("ru", asked, CHINESE)
    desk.lin.picks(f"answer:{request.id}")
    desk.tells(desk.lin, "Маленький, у окна")
    answered = [post.html for post in desk.wang.posts() if "Маленький" in post.html]
    assert "🌐 俄语\n<blockquote>Маленький, у окна</blockquote>" in answered[-1]
    only_in("zh_CN", answered[-1], "Маленький, у окна")


def test_what_was_said_stands_marked_in_the_residents_history(desk: Cast):
    request = claimed(desk)
    desk.wang.picks(f"ask:{request.id}")
    desk.tells(desk.wang, CHINESE)
    desk.lin.sends(f"p:request:{request.id}")
    assert f"{CHINESE} (🌐 Китайский)" in desk.lin.last().html


def test_a_note_stands_marked_on_the_card(desk: Cast):
    request = claimed(desk)
    desk.lin.sends(f"s:note:{request.id}")
    desk.tells(desk.lin, "И ещё в ванной")
    assert "➕ И ещё в ванной (🌐 Russian)" in desk.group()
    assert any("➕ И ещё в ванной (🌐 俄语)" in post.html for post in desk.wang.posts())


def test_the_manager_reads_of_a_low_score_in_arabic(desk: Cast):
    request = claimed(desk)
    desk.wang.picks(f"finish:{request.id}")
    desk.tells(desk.wang, "换了垫圈")
    assert "🌐 Китайский\n<blockquote>换了垫圈</blockquote>" in desk.lin.last().html
    desk.lin.picks(f"{request.id}:fixed")
    desk.counter.later(timedelta(hours=3))
    desk.lin.picks(f"{request.id}:1")
    desk.lin.picks("~done")
    desk.tells(desk.lin, "Грязно после работы")
    review = desk.badr.last().html
    assert "🌐 الروسية\n<blockquote>Грязно после работы</blockquote>" in review
    only_in("ar", review, "Грязно после работы")
    assert "\u2068R-1\u2069" in review, "set apart, so that the line reads from the right"


def test_words_of_an_arab_stand_apart_in_english(desk: Cast):
    sami = desk.counter.resident("Sami", language="ar")
    desk.files(sami, ARABIC)
    assert f"🌐 Arabic\n<blockquote>{ARABIC}</blockquote>" in desk.group()


def test_somebody_who_writes_another_language_than_they_read_is_marked_by_their_words(desk: Cast):
    desk.files(desk.lin, "Water is coming through the ceiling")
    assert "🌐" not in desk.group()
    desk.wang.claims()
    assert "🌐 英语" in desk.wang.last().html


def test_short_words_count_as_the_persons_own_language(desk: Cast):
    dora = desk.counter.resident("Dora", language="de")
    desk.files(dora, "Leck")
    assert "🌐 German\n<blockquote>Leck</blockquote>" in desk.group()


def test_buttons_and_links_carry_no_marks_of_direction(desk: Cast):
    desk.files(desk.lin, RUSSIAN)
    desk.badr.says("/start")
    desk.badr.says("/lists")
    for post in desk.badr.posts():
        for row in post.rows:
            for _label, data in row:
                assert not re.search("[\u200e\u200f\u2066-\u2069]", data)


def test_an_announcement_in_another_language_is_marked(desk: Cast):
    mo = desk.counter.staff("Mo", Role.MANAGER)
    mo.says("/announce")
    mo.picks("all", "water", "now")
    mo.says("18:00")
    desk.tells(mo, "No water until six, we are sorry")
    mo.picks("~skip", "~skip")
    desk.tells(mo, "لا ماء حتى السادسة")
    mo.picks("~send")
    sami = desk.counter.resident("Sami", language="ar")
    desk.counter.later(timedelta(seconds=1))
    heard = desk.lin.last().html
    assert "No water until six, we are sorry (🌐 Английский)\n" in heard
    only_in("ru", heard, "No water until six, we are sorry")
    assert "\u2068لا ماء حتى السادسة\u2069\n" in sami.last().html


def test_what_a_dispatcher_says_of_an_outage_is_marked(desk: Cast):
    dai = desk.counter.staff("Dai", Role.DISPATCHER, language="zh_CN")
    incident = Incident(
        estate_id=desk.counter.estate.id,
        building="1",
        group_code="plumbing",
        kind="no_water",
        opened_at=desk.counter.now,
        words="水泵坏了，正在修",
        decided_by=dai.id,
    )
    lead = desk.files(desk.lin, "Нет воды во всём доме")
    with desk.counter.opened() as work:
        scene = Scene(work, ME, desk.counter.estate, desk.counter.now)
        outages.tell_everybody(scene, incident, lead)
    desk.counter.deliver()
    heard = desk.lin.last().html
    assert "🌐 Китайский\n<blockquote>水泵坏了，正在修</blockquote>" in heard
    only_in("ru", heard, "水泵坏了，正在修")


def test_who_chose_no_language_speaks_as_the_telephone_tells(desk: Cast):
    dora = desk.counter.newcomer("Dora", telegram="ru")
    with desk.counter.opened() as work:
        work.people.save(Person(telegram_id=dora.speaker.id, name="Dora", telegram_language="ru"))
    desk.counter.move_in(dora, desk.counter.home)
    desk.files(dora, "Темно")
    assert "🌐 Russian\n<blockquote>Темно</blockquote>" in desk.group()


def test_why_a_visitor_may_not_come_is_marked(desk: Cast):
    assert words("en", "UTC").plain(refusal_in_words("Слишком много гостей")).endswith("(🌐 Russian)")
    assert words("zh_CN", "UTC").plain(refusal_in_words("Too many visitors at that time")).count("🌐") == 0
