"""An outage: many report the like at once, a dispatcher says what it is, and nobody has to report again."""

from typing import Any

import pytest

from desk.records import Home, Request, Role, State
from desk.records.followers import Stage
from tests.bot.counter import GROUP, HOUR, MINUTE, Counter, Guest
from tests.bot.test_who_hears_what import Cast


@pytest.fixture
def desk(any_counter: Counter) -> Cast:
    """Everybody is there; all but the group read English."""
    any_counter.bind()
    return Cast(
        counter=any_counter,
        lin=any_counter.resident("Lin"),
        wang=any_counter.staff("Wang", badge="07"),
        dai=any_counter.staff("Dai", Role.DISPATCHER),
        mei=any_counter.staff("Mei", Role.MANAGER),
    )


def lives(desk: Cast, name: str, code: str, language: str = "en") -> Guest:
    """Somebody in another home."""
    counter = desk.counter
    home = counter.write(lambda work: work.estates.save_home(Home(estate_id=counter.estate.id, code=code)))
    return counter.resident(name, language, home)


def reports(guest: Guest, *, words: str = "No water", kind: str = "no_water") -> str:
    """Up to the first question that is about others; its name."""
    guest.says("/repair", words)
    guest.picks("~done", kind)
    asked = [name for name in ("again", "outage") if guest.last().asks(name)]
    return asked[0] if asked else ""


def files(guest: Guest) -> None:
    """A report of their own, whatever others reported."""
    if reports(guest):
        guest.picks("different")
    guest.picks("soon", "yes", "~send")


@pytest.fixture
def dry(desk: Cast) -> list[Guest]:
    """Three homes of building 1 without water, each with a report of its own."""
    guests = [desk.lin, lives(desk, "Sun", "1-2-502"), lives(desk, "Qian", "1-3-903")]
    for guest in guests:
        files(guest)
    return guests


def confirm(desk: Cast, words: str = "The main is being mended") -> None:
    """Dai expects four hours."""
    desk.dai.taps("It is an outage")
    desk.dai.picks("4h")
    desk.dai.says(words)
    desk.dai.picks("~done")


def requests(desk: Cast) -> list[Request]:
    def look(work: Any) -> list[Request]:
        return list(work.requests.find(desk.counter.estate.id))

    return desk.counter.read(look)


def incident(desk: Cast) -> Any:
    return desk.counter.read(lambda work: work.incidents.latest(desk.counter.estate.id, "1", "plumbing"))


def test_the_third_home_within_half_an_hour_asks_the_dispatcher_once(desk: Cast):
    files(desk.lin)
    files(lives(desk, "Sun", "1-2-502"))
    assert desk.dai.news() == ""
    files(lives(desk, "Qian", "1-3-903"))
    assert "Building 1" in desk.dai.news()
    assert [label for label in desk.dai.last().labels if "outage" in label]
    desk.counter.later(MINUTE)
    files(lives(desk, "Zhou", "1-1-704"))
    assert desk.dai.news() == ""
    assert desk.mei.news() == "", "there is a dispatcher"


def test_me_too_counts_as_a_report(desk: Cast):
    files(desk.lin)
    for name, code in (("Sun", "1-2-502"), ("Qian", "1-3-903")):
        guest = lives(desk, name, code)
        assert reports(guest) == "again"
        guest.taps("me too")
    assert "Building 1" in desk.dai.news()


@pytest.mark.parametrize("apart", ["time", "building", "group", "home"])
def test_reports_that_have_nothing_to_do_with_each_other_are_no_outage(desk: Cast, apart: str):
    files(desk.lin)
    files(lives(desk, "Sun", "1-2-502"))
    third = lives(desk, "Qian", "2-3-903" if apart == "building" else "1-3-903")
    if apart == "time":
        desk.counter.later(31 * MINUTE)
    if apart == "group":
        third.says("/repair", "No light on the stairs")
        third.picks("~done")
        assert "Building 1" not in desk.dai.news()
        return
    files(desk.lin if apart == "home" else third)
    assert "Building" not in desk.dai.news()


def test_confirmed_one_request_leads_and_everybody_is_told_when_it_is_over(desk: Cast, dry: list[Guest]):
    for guest in dry:
        guest.news()
    confirm(desk)
    lead, *others = requests(desk)
    assert (lead.state, [one.state for one in others]) == (State.NEW, [State.DUPLICATE] * 2)
    assert lead.weight == 3
    for guest in dry:
        assert "Expected to be over by Mon, Mar 2 14:00" in guest.news()
    card = desk.counter.postman.chat(GROUP)[0].text
    assert "👥 3" in card
    assert "⚡" in card
    assert "14:00" in card
    assert "Confirmed" in desk.dai.last().text or "told" in desk.dai.last().text


def test_who_reports_it_later_is_told_and_files_nothing(desk: Cast, dry: list[Guest]):
    confirm(desk)
    late = lives(desk, "Zhou", "1-1-704", "zh_CN")
    assert reports(late) == "outage"
    assert "14:00" in late.last().text
    assert "The main is being mended" in late.last().text
    late.picks("same")
    assert len(requests(desk)) == 3
    other = lives(desk, "Wu", "1-1-804")
    assert reports(other, words="My tap alone gives no water") == "outage"
    other.picks("different", "soon", "yes", "~send")
    assert len(requests(desk)) == 4
    desk.wang.claims()
    lead = requests(desk)[0].id
    desk.wang.sends(f"r:{lead}:claim")
    desk.wang.sends(f"s:finish:{lead}")
    desk.wang.says("The main is mended")
    desk.wang.picks("~done")
    for guest in (*dry[1:], late):
        assert len(guest.last().labels) == 2, "asked whether it is fixed"
    after = lives(desk, "Xu", "1-2-904")
    assert reports(after) != "outage", "it is over"


def test_no_outage_leaves_the_reports_as_they_are_and_counts_anew(desk: Cast, dry: list[Guest]):
    desk.dai.taps("No")
    assert incident(desk).stage is Stage.DISMISSED
    assert [one.state for one in requests(desk)] == [State.NEW] * 3
    desk.dai.news()
    desk.counter.later(MINUTE)
    for code in ("1-1-704", "1-1-804"):
        files(lives(desk, f"Zhou {code}", code))
    assert "Building" not in desk.dai.news()
    files(lives(desk, "Wu", "1-1-904"))
    assert "Building 1" in desk.dai.news()


def test_the_expected_time_can_be_moved_and_is_asked_for_when_it_has_come(desk: Cast, dry: list[Guest]):
    confirm(desk)
    desk.dai.news()
    desk.lin.news()
    desk.counter.later(4 * HOUR)
    assert "Building 1" in desk.dai.news()
    desk.dai.taps("Another time")
    desk.dai.picks("2h")
    desk.dai.picks("~skip")
    assert "Expected to be over by Mon, Mar 2 16:00" in desk.lin.news()
    assert [one.state for one in requests(desk)[1:]] == [State.DUPLICATE] * 2


@pytest.mark.parametrize("who", ["lin", "wang"])
def test_only_the_office_decides(desk: Cast, dry: list[Guest], who: str):
    guest: Guest = getattr(desk, who)
    for data in (f"s:outage:{incident(desk).id}", f"f:no_outage:{incident(desk).id}"):
        assert "no right" in guest.sends(data)
    assert incident(desk).stage is Stage.SUSPECTED
