"""What the office does by chat: giving a request to somebody, not taking it on, and the same as another."""

import pytest

from desk.records import Role, State
from tests.bot.counter import GROUP, MINUTE, Counter, Guest
from tests.bot.test_following import neighbour
from tests.bot.test_who_hears_what import Cast


@pytest.fixture
def desk(counter: Counter) -> Cast:
    """Everybody is there; all but the group read English."""
    counter.bind()
    return Cast(
        counter=counter,
        lin=counter.resident("Lin"),
        wang=counter.staff("Wang", badge="07"),
        dai=counter.staff("Dai", Role.DISPATCHER),
        mei=counter.staff("Mei", Role.MANAGER),
    )


def decides(desk: Cast, *labels: str) -> None:
    """Dai opens the first request and taps."""
    desk.dai.sends(f"p:request:{desk.counter.request().id}")
    desk.dai.taps(*labels)


@pytest.fixture
def zhao(desk: Cast) -> Guest:
    """A colleague of Wang's."""
    return desk.counter.staff("Zhao", badge="08")


def test_the_office_gives_it_to_somebody_who_accepts(desk: Cast):
    desk.lin.files()
    desk.heard()
    decides(desk, "Assign", "Wang")
    heard = desk.heard()
    assert "gives you R-1" in heard["worker"]
    assert "10:30" in heard["worker"]
    assert desk.wang.last().labels == ["✅ Accept", "✖️ Decline…"]
    desk.wang.taps("Accept")
    heard = desk.heard()
    assert "Wang, badge 07 takes care of R-1" in heard["resident"]
    assert "🚶 On my way" in desk.wang.last().labels
    assert desk.counter.request().state is State.ACCEPTED
    desk.counter.later(31 * MINUTE)
    assert desk.counter.request().state is State.ACCEPTED


def test_declined_or_not_accepted_in_time_it_is_open_to_all_again(desk: Cast):
    desk.lin.files()
    for how in ("declined", "too late"):
        decides(desk, "Assign", "Wang")
        desk.heard()
        if how == "declined":
            desk.wang.taps("Decline", "Needs another trade")
        else:
            desk.counter.later(30 * MINUTE)
        heard = desk.heard()
        assert desk.counter.request().state is State.NEW
        assert "was not accepted" in heard["dispatcher"]
        assert ("not yours any more" in heard["worker"]) is (how == "too late")
        assert desk.counter.postman.data(GROUP, ":claim")


def test_a_worker_hands_it_to_a_colleague(desk: Cast, zhao: Guest):
    desk.claimed()
    desk.wang.taps("Hand on", "Zhao", "Needs another trade")
    assert "gives you R-1" in zhao.news()
    heard = desk.heard()
    assert "goes to a colleague" in heard["resident"]
    assert "A colleague has it" in heard["worker"]
    assert "no right" in desk.wang.sends(f"f:accept:{desk.counter.request().id}")
    zhao.taps("Accept")
    assert desk.counter.request().worker_id == zhao.id
    zhao.taps("✅ Done")


def test_the_office_may_give_it_to_another_before_it_is_accepted(desk: Cast, zhao: Guest):
    desk.lin.files()
    decides(desk, "Assign", "Wang")
    desk.dai.sends(f"s:assign:{desk.counter.request().id}")
    desk.dai.taps("Zhao")
    assert "gives you" in zhao.news()
    assert "A colleague has it" in desk.wang.news()
    assert "no right" in desk.wang.sends(f"f:accept:{desk.counter.request().id}")


def test_not_taken_on_the_resident_reads_why_and_may_ask_once_more(desk: Cast):
    desk.lin.files()
    desk.heard()
    for first in (True, False):
        decides(desk, "Reject")
        desk.dai.says("This belongs to the water company")
        desk.dai.picks("~done")
        assert "water company" in desk.heard()["resident"]
        assert desk.counter.request().state is State.REJECTED
        assert ("🙏 Please look at it again" in desk.lin.last().labels) is first
        if first:
            desk.lin.taps("look at it again")
            desk.lin.says("The pipe is inside the house")
            desk.lin.picks("~done")
            assert "inside the house" in desk.heard()["dispatcher"]
            assert desk.counter.request().state is State.NEW
    assert "moved on" in desk.lin.sends(f"s:appeal:{desk.counter.request().id}")


def test_the_same_as_another_its_people_move_along_and_back(desk: Cast):
    desk.lin.files("The ceiling is leaking")
    sun = neighbour(desk.counter)
    sun.files("The ceiling is leaking")
    qian = neighbour(desk.counter, "Qian", "1-1-301")
    qian.says("/repair", "The ceiling is leaking")
    qian.picks("~done", "leak")
    qian.picks(f"{desk.counter.request(2).id}")
    for guest in (sun, qian):
        guest.news()
    second = desk.counter.request(2).id
    desk.dai.sends(f"s:merge:{second}")
    desk.dai.says("R-99")
    assert "no such open request" in desk.dai.last().text
    desk.dai.taps("R-1")
    assert "the same as R-1" in sun.news()
    assert (desk.counter.request(2).state, desk.counter.request().weight) == (State.DUPLICATE, 3)
    sun.sends(f"p:request:{desk.counter.request().id}")
    assert "You follow it" in sun.last().text
    desk.wang.sends(f"r:{desk.counter.request().id}:claim")
    for guest in (sun, qian):
        assert "takes care of R-1" in guest.news()
    desk.dai.sends(f"p:request:{second}")
    desk.dai.taps("Not the same")
    assert "R-2 goes on by itself" in sun.news()
    assert (desk.counter.request(2).state, desk.counter.request().weight) == (State.NEW, 1)
    assert desk.counter.request(2).linked_id is None
    desk.wang.sends(f"r:{second}:claim")
    assert "takes care of R-2" in sun.news()


@pytest.mark.parametrize("script", ["assign", "transfer", "reject", "merge", "decline"])
def test_what_the_office_decides_nobody_else_does(desk: Cast, zhao: Guest, script: str):
    number = desk.lin.files().id
    for guest in (desk.lin, zhao, desk.counter.guest("Stranger")):
        assert "no right" in guest.sends(f"s:{script}:{number}")
    for act in ("accept", "unmerge"):
        refused = desk.lin.sends(f"f:{act}:{number}")
        assert "no right" in refused or "moved on" in refused
    assert desk.counter.request().state is State.NEW


def test_nobody_can_be_given_what_they_may_not_do(desk: Cast):
    desk.lin.files()
    desk.counter.staff("Guard", Role.GUARD)
    desk.dai.sends(f"s:assign:{desk.counter.request().id}")
    assert not [label for label in desk.dai.last().labels if "Guard" in label]
    assert any("Wang" in label for label in desk.dai.last().labels)
