"""A Russian resident, a Chinese worker, an Arab manager and an English staff group over the same request: all
fixed texts are in each reader's language, and everybody's own words as typed, with the name of theirs."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot import outages
from bot.notices import announce
from bot.scene import Scene
from desk.actions.perform import perform
from desk.actions.reporting import ReportRepair
from desk.actions.services import OrderService
from desk.records import Change, Estate, Home, Person, Place, Request, Role, Rules
from desk.records.followers import Incident
from desk.records.kinds import EstateKind
from desk.records.rules import VisitorRules
from desk.records.services import Asks, Field, Service
from dialogs.kinds import about, kind_in_words
from dialogs.names import estate_name, gate_name, names
from dialogs.scripts.visitors import refusal_in_words
from locales.words import words
from tests.bot.counter import GROUP, ME, Counter, Guest
from tests.reading import from_the_right, only_in

RUSSIAN, CHINESE, ARABIC = "Течёт кран на кухне", "哪个龙头漏水？请说明", "الصنبور الصغير بجانب النافذة"


@dataclass
class Cast:
    """A Russian resident, an English staff group, a Chinese worker, an Arab manager."""

    counter: Counter
    lin: Guest
    wang: Guest
    badr: Guest

    def tells(self, guest: Guest, words: str) -> None:
        """Words, and that this is all."""
        guest.says(words)
        guest.picks("~done")

    def files(self, guest: Guest, words: str, *, place: Place = Place.HOME, where: str = "") -> Request:
        """A leak in these words, however the conversation came to it."""
        person = self.counter.read(lambda work: work.people.get(guest.id))
        order = ReportRepair(
            resident_id=person.id,
            home_id=self.counter.home.id,
            kind="leak",
            problem=words,
            language=person.language or "",
            place=place,
            where=where,
        )
        return self.performs(guest, order)

    def performs(self, guest: Guest, order: ReportRepair | OrderService) -> Request:
        """What the guest confirmed, told to everybody whom it concerns."""
        with self.counter.opened() as work:
            person = work.people.get(guest.id)
            change = perform(work, person, order, self.counter.now)
            assert isinstance(change, Change)
            announce(Scene(work, ME, self.counter.estate, self.counter.now), change)
        self.counter.deliver()
        return change.request

    def group(self) -> str:
        """The newest card in the group."""
        return self.counter.postman.chat(GROUP)[-1].html


@pytest.fixture
def desk(counter: Counter) -> Cast:
    """Everybody has come in."""
    counter.estate, counter.home, counter.queues = counter.build("Sunny Court", ("en", "zh_CN", "ru", "ar"))
    counter.bind()
    return Cast(
        counter=counter,
        lin=counter.resident("Lin", language="ru"),
        wang=counter.staff("Wang", badge="07", language="zh_CN"),
        badr=counter.staff("Badr", Role.MANAGER, language="ar"),
    )


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


def claimed(desk: Cast) -> Request:
    """Wang has the job; everybody has heard of it."""
    desk.files(desk.lin, RUSSIAN)
    desk.wang.claims()
    return desk.counter.request()


def test_a_form_has_each_question_in_the_readers_language(desk: Cast):
    asked = (
        Field(code="what", title={"en": "What is taken out?", "zh_CN": "搬出什么？", "ru": "Что выносите?"}),
        Field(code="day", title={"en": "Which day?", "zh_CN": "哪天？"}, asks=Asks.DATE),
        Field(
            code="by",
            title={"en": "By whom?", "zh_CN": "由谁？"},
            asks=Asks.CHOICE,
            options={"self": {"en": "Myself", "zh_CN": "本人"}},
        ),
        Field(code="many", title={"en": "How many?", "zh_CN": "几件？"}, asks=Asks.NUMBER),
        Field(code="rules", title={"en": "Rules", "zh_CN": "规定"}, asks=Asks.CONSENT),
        Field(code="note", title={"en": "Note", "zh_CN": "备注"}, optional=True),
    )
    service = Service(
        estate_id=desk.counter.estate.id,
        code="release",
        title={"en": "Item release", "zh_CN": "物品放行"},
        fields=asked,
        queue_id=desk.counter.queues[0].id,
    )
    service = desk.counter.write(lambda work: work.services.save(service))
    order = OrderService(
        service_id=service.id,
        home_id=desk.counter.home.id,
        form={"what": "Диван", "day": "2026-03-05", "by": "self", "many": "2", "rules": True, "note": ""},
        words="What is taken out? Диван",
        language="ru",
    )
    desk.performs(desk.lin, order)
    card = desk.group()
    assert "Item release" in card
    for line in (
        "What is taken out? Диван (🌐 Russian)",
        "Which day? Thu, Mar 5",
        "By whom? Myself",
        "Note —",
    ):
        assert line in card
    desk.wang.claims()
    job = desk.wang.last().html
    for line in ("搬出什么？ Диван (🌐 俄语)", "由谁？ 本人", "几件？ 2", "规定 ✅ 我同意"):
        assert line in job
    desk.lin.sends(f"p:request:{desk.counter.request().id}")
    assert "Что выносите? Диван\n" in desk.lin.last().html


def test_a_form_whose_questions_are_others_by_now_is_said_as_it_was(desk: Cast):
    service = Service(
        estate_id=desk.counter.estate.id,
        code="release",
        title={"en": "Item release"},
        fields=(Field(code="what", title={"en": "What?"}),),
        queue_id=desk.counter.queues[0].id,
    )
    service = desk.counter.write(lambda work: work.services.save(service))
    desk.performs(
        desk.lin,
        OrderService(
            service_id=service.id, home_id=desk.counter.home.id, form={"what": "Диван"}, words="What? Диван"
        ),
    )
    other = replace(service, fields=(Field(code="other", title={"en": "Else?"}),))
    desk.counter.write(lambda work: work.services.save(other))
    desk.wang.claims()
    assert "What? Диван</blockquote>" in desk.wang.last().html


def test_a_spot_that_was_tapped_is_said_in_the_readers_language(desk: Cast):
    request = desk.files(desk.lin, "Тёмный коридор", place=Place.BUILDING, where="Corridor")
    assert "📍 Corridor\n" in desk.group()
    desk.wang.claims()
    assert "📍 楼道\n" in desk.wang.last().html
    desk.lin.sends(f"p:request:{request.id}")
    assert "📍 Corridor" not in desk.lin.last().html


def test_a_spot_in_somebodys_own_words_is_marked(desk: Cast):
    desk.files(desk.lin, "Темно", place=Place.BUILDING, where="у второй двери")
    assert "📍 у второй двери (🌐 Russian)\n" in desk.group()


def test_a_kind_that_the_estate_renamed_has_its_own_name_everywhere(desk: Cast):
    own = EstateKind(
        estate_id=desk.counter.estate.id, code="leak", title={"en": "Drip watch", "zh_CN": "滴漏巡查"}
    )
    desk.counter.write(lambda work: work.kinds.save(own))
    said = desk.counter.read(lambda work: kind_in_words(work, desk.counter.estate.id, "leak"))
    assert words("zh_CN", "UTC").plain(said) == "滴漏巡查"
    request = desk.files(desk.lin, RUSSIAN)
    assert "Drip watch" in desk.group()
    assert words("ru", "UTC").plain(about(request)) == "Drip watch"


def test_a_code_that_nobody_knows_is_said_as_it_is(desk: Cast):
    said = desk.counter.read(lambda work: kind_in_words(work, desk.counter.estate.id, "gone"))
    assert words("ar", "UTC").plain(said) == "\u2068gone\u2069"


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


def test_an_estate_and_its_gates_have_a_name_for_each_reader(desk: Cast):
    east = {"en": "East gate", "zh_CN": "东门"}
    rules = Rules(
        title={"zh_CN": "阳光小区", "ru": "Солнечный двор"},
        visitors=VisitorRules(gates=("East gate", "西门"), gate_titles={"East gate": east}),
    )
    counter = desk.counter
    counter.estate = replace(counter.estate, rules=rules)
    counter.write(lambda work: work.estates.save(counter.estate))
    gu = counter.staff("Gu", Role.GUARD, language="zh_CN")
    gu.says("/gate")
    assert "阳光小区" in gu.last().html
    assert "Sunny Court" not in gu.last().html
    assert any(label.endswith("东门") for label in gu.last().labels)
    assert gu.taps("东门").endswith("东门")
    gu.says("/gate")
    assert any(label.endswith("✓ 东门") for label in gu.last().labels)
    desk.lin.says("/start")
    assert "Солнечный двор" in desk.lin.last().html
    desk.badr.says("/start")
    assert "Sunny Court" in desk.badr.last().html


@pytest.mark.parametrize("typed", ["sunny court", "阳光", "Солнечный"])
def test_an_estate_is_found_by_any_of_its_names(typed: str):
    sunny = Estate(
        name="Sunny Court", time_zone="UTC", rules=Rules(title={"zh_CN": "阳光小区", "ru": "Солнечный двор"})
    )
    assert any(typed.casefold() in name for name in names(sunny))
    assert words("ar", "UTC").plain(estate_name(sunny)) == "Sunny Court"
    assert words("zh_TW", "UTC").plain(estate_name(sunny)) == "阳光小区"


def test_a_gate_that_is_no_more_goes_by_its_old_name():
    assert words("zh_CN", "UTC").plain(gate_name(VisitorRules(), "North gate")) == "North gate"


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


def test_a_label_may_be_typed_by_who_reads_from_the_right(desk: Cast):
    sami = desk.counter.resident("Sami", language="ar")
    second = desk.counter.write(
        lambda work: work.estates.save_home(Home(estate_id=desk.counter.estate.id, code="2-1-501"))
    )
    desk.counter.move_in(sami, second)
    sami.says("/repair")
    assert "\u20682-1-501\u2069" in sami.last().labels
    sami.says("2-1-501")
    assert "\u20682-1-501\u2069" not in sami.last().labels


def test_every_screen_of_an_arab_reads_from_the_right(desk: Cast):
    sami = desk.counter.resident("Sami", language="ar")
    gu = desk.counter.staff("Gu", Role.GUARD, language="ar")
    desk.counter.staff("Mo", Role.MANAGER, language="ar")
    request = desk.files(sami, "Kitchen tap is leaking")
    desk.wang.claims()
    desk.wang.picks(f"ask:{request.id}")
    desk.tells(desk.wang, CHINESE)
    sami.picks(f"answer:{request.id}")
    desk.tells(sami, "القديم")
    for page in ("/start", "/menu", "/help", "/requests", "/settings", "/visitors", "/emergency", "/fees"):
        sami.says(page)
        gu.says(page)
        desk.badr.says(page)
    for page in ("/gate", "/announce", "/jobs", "/reviews", "/answers", "/investigations", "/residents"):
        gu.says(page)
        desk.badr.says(page)
    sami.sends(f"p:request:{request.id}")
    sami.says("/visitor")
    sami.says("Иван Петров")
    desk.counter.later(timedelta(days=4))
    posts = [*sami.posts(), *gu.posts(), *desk.badr.posts()]
    assert len(posts) > 30
    for post in posts:
        from_the_right(post.html)
