"""Pages: help, my requests, my jobs, the lists of the digest; and who may see them."""

import pytest

from desk.records import Role, State
from tests.bot.counter import DAY, HOUR, Counter, Guest


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident; the staff group is there."""
    counter.bind()
    return counter.resident()


def test_help_says_what_somebody_can_do_here(counter: Counter, lin: Guest):
    buttons = {}
    for guest in (lin, counter.staff("Wang"), counter.guest("Sun")):
        guest.says("/help")
        buttons[guest.speaker.name] = guest.last().labels
    theirs = {"🛠 Report a repair", "📋 My requests", "🧰 My jobs", "🔗 Ask to be linked to a home"}
    assert {name: theirs & {*labels} for name, labels in buttons.items()} == {
        "Lin": {"🛠 Report a repair", "📋 My requests"},
        "Wang": {"🧰 My jobs"},
        "Sun": {"🔗 Ask to be linked to a home"},
    }


def test_who_holds_several_posts_is_told_each_once(counter: Counter):
    mei = counter.staff("Mei", Role.MANAGER)
    counter.hire(mei, Role.OWNER)
    counter.hire(mei, Role.WORKER)
    mei.says("/help")
    assert mei.last().text.count("Every morning") == 1
    assert mei.last().text.index("Tap Claim") < mei.last().text.index("Every morning")


def test_who_lives_here_and_works_next_door_is_told_both(counter: Counter, lin: Guest):
    rose, _home, _queues = counter.build("Rose Garden", ("en",))
    counter.hire(lin, Role.WORKER, estate=rose)
    lin.says("/help")
    assert {"🛠 Report a repair", "📋 My requests", "🧰 My jobs"} <= {*lin.last().labels}


def test_my_requests_the_newest_first_each_with_what_can_be_done(counter: Counter, lin: Guest):
    lin.says("/requests")
    assert lin.last().labels == ["🛠 Report a repair"]
    lin.files()
    lin.files("The lamp is broken and leaking")
    lin.says("/requests")
    assert ["R-2" in lin.last().labels[0], "R-1" in lin.last().labels[1]] == [True, True]
    lin.taps("R-1")
    assert "The tap is leaking" in lin.last().text
    lin.taps("Cancel this request", "It works again")
    assert counter.request(1).state is State.CANCELLED


@pytest.mark.parametrize("state", ["asked", "done", "closed"])
def test_a_request_offers_what_fits_its_state(counter: Counter, lin: Guest, state: str):
    wang = counter.staff("Wang")
    number = lin.files().id
    wang.claims()
    if state == "asked":
        wang.taps("Ask")
        wang.says("Is the valve closed?")
        wang.picks("~done")
    else:
        wang.taps("✅ Done")
        wang.says("New washer")
        wang.picks("~done")
    if state == "closed":
        lin.taps("Fixed")
    lin.sends(f"p:request:{number}")
    offered = {
        "asked": ["💬 Answer", "➕ Add a note or photo", "✖️ Cancel this request"],
        "done": ["👍 Fixed", "👎 Not fixed"],
        "closed": ["👎 Not fixed after all"],
    }
    assert lin.last().labels == [*offered[state], "📋 R-1", "📋 My requests"]


def test_my_jobs_open_the_job_card(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    wang.says("/jobs")
    assert "no open jobs" in wang.last().text
    lin.files()
    wang.claims()
    wang.says("/jobs")
    wang.taps("R-1")
    assert "🚶 On my way" in wang.last().labels
    wang.taps("Hold", "Weather", "1 day")
    wang.says("/jobs")
    wang.taps("R-1")
    assert wang.last().labels == ["▶️ Resume", "↩️ Release", "👤 Hand on…"]


def test_colleagues_see_a_request_and_can_claim_it_from_there(counter: Counter, lin: Guest):
    wang, dai = counter.staff("Wang"), counter.staff("Dai", Role.DISPATCHER)
    number = lin.files().id
    wang.sends(f"p:request:{number}")
    assert wang.last().labels == ["🙋 Claim"]
    wang.taps("Claim")
    dai.sends(f"p:request:{number}")
    assert dai.last().labels == ["👤 Hand on…", "🔗 Same as…"]
    assert "Wang" in dai.last().text


# ── the lists of the digest ──


LISTS = ("new", "backlog", "unclaimed", "late")


def listed(guest: Guest, name: str) -> list[str]:
    """The numbers on one list."""
    day = guest.counter.now.date().isoformat()
    guest.sends(f"p:{name}:{day}/{guest.counter.estate.id}")
    return [label.split()[1] for label in guest.last().labels]


def test_each_list_holds_what_it_says(counter: Counter, lin: Guest):
    mei, wang = counter.staff("Mei", Role.MANAGER), counter.staff("Wang")
    assert [listed(mei, name) for name in LISTS] == [[], [], [], []]
    assert "Nothing here any more" in mei.last().text
    lin.files()
    counter.later(DAY)
    lin.files()
    wang.sends(f"r:{counter.request(2).id}:claim")
    counter.now += HOUR
    found = {name: listed(mei, name) for name in LISTS}
    assert found == {"new": ["R-2"], "backlog": ["R-1", "R-2"], "unclaimed": ["R-1"], "late": ["R-1"]}
    mei.taps("R-1")
    assert "The tap is leaking" in mei.last().text


def test_a_request_whose_clock_stands_still_is_not_on_the_list_of_the_late(counter: Counter, lin: Guest):
    mei, wang = counter.staff("Mei", Role.MANAGER), counter.staff("Wang")
    lin.files()
    wang.claims()
    wang.taps("Ask")
    wang.says("Is the valve closed?")
    wang.picks("~done")
    counter.now += 2 * DAY
    assert listed(mei, "late") == []


@pytest.mark.parametrize("day", ["nonsense", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_the_last_one(counter: Counter, lin: Guest, day: str):
    mei = counter.staff("Mei", Role.MANAGER)
    lin.files()
    counter.now += HOUR
    mei.sends(f"p:new:{day}/{counter.estate.id}")
    assert "R-1" in mei.last().labels[0]


@pytest.mark.parametrize("role", [Role.WORKER, Role.GUARD, Role.FEES, None])
def test_only_the_office_sees_the_lists_and_the_low_scores(counter: Counter, role: Role | None):
    guest = counter.staff("Wang", role) if role else counter.guest("Sun")
    for name in LISTS:
        assert listed(guest, name) == []
        assert "Only the office" in guest.last().text
    guest.says("/reviews")
    assert "Only the office" in guest.last().text


def test_the_list_of_another_estate_is_not_for_this_office(counter: Counter, lin: Guest):
    rose, _home, _queues = counter.build("Rose Garden", ("en",))
    rosa = counter.staff("Rosa", Role.MANAGER, estate=rose)
    lin.files()
    assert listed(rosa, "backlog") == []
    assert "Only the office" in rosa.last().text


def test_who_leads_two_estates_sees_the_list_of_the_digest_that_was_tapped(counter: Counter, lin: Guest):
    rose, _home, _queues = counter.build("Rose Garden", ("en",))
    mei = counter.staff("Mei", Role.MANAGER, estate=rose)
    counter.hire(mei, Role.MANAGER)
    lin.files()
    assert listed(mei, "backlog") == ["R-1"]
    mei.sends(f"p:backlog:2026-03-02/{rose.id}")
    assert mei.last().labels == []


def test_low_scores_of_all_estates_that_somebody_leads(counter: Counter, lin: Guest):
    rose, _home, _queues = counter.build("Rose Garden", ("en",))
    mei, wang = counter.staff("Mei", Role.MANAGER, estate=rose), counter.staff("Wang")
    counter.hire(mei, Role.MANAGER)
    mei.says("/reviews")
    assert "No low scores" in mei.last().text
    lin.files()
    wang.claims()
    wang.taps("✅ Done")
    wang.says("New washer")
    wang.picks("~done")
    lin.taps("Fixed")
    counter.later(3 * HOUR)
    lin.taps("1")
    mei.says("/reviews")
    assert "1 of 5" in mei.last().text
    mei.taps("Looked into")
    mei.says("/reviews")
    assert "No low scores" in mei.last().text
