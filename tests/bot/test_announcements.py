"""What the office tells many residents, and what those hear who are about to report the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.flows import announcements as flow
from desk.actions import announcements as actions
from desk.mail import Lane
from desk.records import Home, Notice, Role, Staff, Wishes
from tests.bot.counter import HOUR, Counter, Guest

#: Monday 22:30 in Shanghai
NIGHT = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


@pytest.fixture
def mia(any_counter: Counter) -> Guest:
    """The manager of an estate with two buildings."""
    return any_counter.staff("Mia", Role.MANAGER, "01")


def flat(counter: Counter, code: str) -> Home:
    return counter.write(lambda work: work.estates.save_home(Home(estate_id=counter.estate.id, code=code)))


def announce(mia: Guest, *, whom: str = "all", off: str = "water", until: str = "18:00") -> None:
    """From the command to Send."""
    mia.says("/announce")
    mia.picks(whom)
    if whom != "all":
        mia.picks("all")
    mia.picks(off)
    if off != "none":
        mia.picks("now")
        mia.says(until)
    mia.says("周一停水到六点")
    mia.picks("~done")
    mia.says("No water until six")
    mia.picks("~done", "~send")


def sent(mia: Guest) -> None:
    """All batches go out."""
    mia.counter.later(timedelta(seconds=1))


def test_everybody_hears_it_in_their_own_language_once(mia: Guest):
    counter = mia.counter
    lin, wei = counter.resident("Lin"), counter.resident("Wei", "zh_CN")
    counter.move_in(lin, flat(counter, "2-1-101"))
    outsider = counter.guest("Sun")
    announce(mia)
    sent(mia)
    assert (
        "📢 Lotus Garden\n🚰 Water off\nNo water until six\nFrom Mon, Mar 2 10:00 to Mon, Mar 2 18:00."
        in lin.news()
    )
    assert "🚰 停水\n周一停水到六点" in wei.news()
    assert len([post for post in lin.posts() if "No water" in post.text]) == 1
    assert outsider.posts() == []
    mia.says("/announcements")
    assert "Sent to 2 people." in mia.last().text


def test_it_is_read_back_with_how_many_homes_it_is_for(mia: Guest):
    flat(mia.counter, "2-1-101")
    mia.says("/announce")
    mia.picks("b1", "all", "none")
    mia.says("水")
    mia.picks("~done", "~skip")
    assert "For: Building 2 · 1 home" in mia.last().text
    assert "Until" not in mia.last().text


def test_another_building_and_who_does_not_want_it_hear_nothing(mia: Guest):
    counter = mia.counter
    here, there = counter.resident("Lin"), counter.resident("Wei", home=flat(counter, "2-1-101"))
    deaf = counter.resident("Deaf")
    counter.write(
        lambda work: work.people.save(
            replace(work.people.get(deaf.id), wishes=Wishes(off=(Notice.ANNOUNCEMENTS,)))
        )
    )
    announce(mia, whom="b0", off="none")
    sent(mia)
    assert "No water" in here.news()
    assert (there.posts(), deaf.posts()) == ([], [])


def test_many_are_told_in_batches_each_once(mia: Guest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions, "BATCH", 3)
    counter = mia.counter
    residents = [counter.resident(f"R{n}") for n in range(7)]
    counter.move_in(residents[2], flat(counter, "2-1-101"))
    announce(mia, off="none")
    sent(mia)
    told = [sum("No water" in post.text for post in one.posts()) for one in residents]
    assert told == [1] * 7


def test_at_night_it_waits_for_the_morning_and_an_outage_does_not(mia: Guest):
    counter = mia.counter
    lin = counter.resident("Lin")
    counter.now = NIGHT
    announce(mia, off="none")
    sent(mia)
    assert lin.posts() == []
    announce(mia, off="water", until="23:50")
    sent(mia)
    assert len(lin.posts()) == 1
    counter.later(10 * HOUR)
    assert len(lin.posts()) == 2


def test_who_reports_the_same_is_told_and_files_nothing(mia: Guest):
    lin = mia.counter.resident("Lin")
    announce(mia)
    lin.says("/repair", "There is no water in the kitchen")
    lin.picks("~done", "no_water")
    assert "We know of this already" in lin.last().text
    assert "It is expected to be over by Mon, Mar 2 18:00." in lin.last().text
    lin.taps("Then I wait")
    assert mia.counter.read(lambda work: work.requests.of_resident(lin.id)) == ()
    mia.says("/announcements")
    assert "It answered 1 report." in mia.last().text


def test_what_is_something_else_is_reported_all_the_same(mia: Guest):
    lin = mia.counter.resident("Lin")
    announce(mia)
    lin.says("/repair", "There is no water in the kitchen")
    lin.picks("~done", "no_water", "other")
    assert "When may we come?" in lin.last().text


def test_over_is_told_to_all_who_heard_of_it_and_explains_nothing_any_more(mia: Guest):
    lin = mia.counter.resident("Lin")
    announce(mia)
    sent(mia)
    lin.news()
    mia.taps("It is over")
    sent(mia)
    assert "It is over" in lin.news()
    lin.says("/repair", "There is no water in the kitchen")
    lin.picks("~done", "no_water")
    assert "When may we come?" in lin.last().text
    assert "no longer possible" in mia.sends("f:announcement_over:1")


def test_its_author_is_asked_at_the_expected_end_and_may_prolong_it(mia: Guest):
    lin = mia.counter.resident("Lin")
    announce(mia)
    mia.counter.later(9 * HOUR)
    assert "You said that this would be over by now" in mia.last().text
    mia.taps("It takes longer")
    mia.says("yesterday 9:00", "21:00")
    sent(mia)
    assert "until Mon, Mar 2 21:00" in lin.news()


def test_once_its_author_is_gone_the_managers_are_asked(mia: Guest):
    counter = mia.counter
    zoe, lin = counter.staff("Zoe", Role.MANAGER, "02"), counter.resident("Lin")
    announce(mia)
    sent(mia)
    left = [replace(one, until=counter.now) for one in posts(mia)]
    counter.write(lambda work: [work.people.hire(one) for one in left])
    for one in (mia, zoe, lin):
        one.news()
    counter.later(9 * HOUR)
    assert "by now" in zoe.news()
    assert (mia.news(), lin.news()) == ("", "")
    zoe.taps("It is over")
    sent(mia)
    assert "It is over" in lin.news()


def posts(guest: Guest) -> tuple[Staff, ...]:
    return guest.counter.read(lambda work: work.people.staff_of(guest.id, guest.counter.now))


def test_those_who_sleep_are_told_in_the_morning_batch_after_batch(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(actions, "BATCH", 2)
    monkeypatch.setattr(flow, "BATCH", 2)
    mia = counter.staff("Mia", Role.MANAGER, "01")
    people = [counter.resident(f"R{n}") for n in range(7)]
    counter.now = NIGHT
    announce(mia, off="none")
    sent(mia)
    first = counter.read(lambda work: work.timers.next_due())
    assert first is not None
    assert first > NIGHT + HOUR
    with counter.opened() as work:
        due = [one.due_at for one in work.timers.take(first + timedelta(minutes=5)) if one.kind == "announce"]
    assert len(set(due)) >= 3, "not all at once"
    counter.later(first + timedelta(minutes=6) - counter.now)
    assert all([post.text for post in one.posts()].count(one.posts()[-1].text) == 1 for one in people)
    assert all("No water" in one.last().text for one in people)


@pytest.mark.parametrize("role", [None, Role.WORKER, Role.GUARD, Role.FEES])
def test_only_the_office_announces_or_ends(mia: Guest, role: Role | None):
    counter = mia.counter
    announce(mia)
    somebody = counter.staff("Eve", role) if role else counter.resident("Eve")
    somebody.says("/announce")
    assert "no right" in somebody.last().text
    for data in ("f:announcement_over:1", "s:prolong:1", "s:announce:"):
        assert "no right" in somebody.sends(data)
    assert "not there any more" in mia.sends("f:announcement_over:999")


def test_it_goes_out_behind_answers(mia: Guest):
    mia.counter.resident("Lin")
    mia.says("/announce")
    announce(mia, off="none")
    with mia.counter.opened() as work:
        for timer in work.timers.take(mia.counter.now):
            from bot.clockwork import fire
            from tests.bot.counter import ME

            fire(work, ME, timer, mia.counter.now)
        lanes = {one.lane for one in work.outbox.waiting(ME.id, mia.counter.now)}
    assert lanes == {Lane.BROADCAST}
