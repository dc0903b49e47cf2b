"""What estate and desk name, each reader hears in their own language: forms, spots, kinds, estates, gates.
And who reads from the right reads all of it so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.actions.services import OrderService
from desk.records import Estate, Home, Place, Role, Rules
from desk.records.kinds import EstateKind
from desk.records.rules import VisitorRules
from desk.records.services import Asks, Field, Service
from dialogs.kinds import about, kind_in_words
from dialogs.names import estate_name, gate_name, names
from locales.words import words
from tests.bot.counter import Counter
from tests.bot.four_languages import CHINESE, RUSSIAN, Cast, four_languages
from tests.reading import from_the_right


@pytest.fixture
def desk(counter: Counter) -> Cast:
    """Everybody has come in."""
    return four_languages(counter)


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
