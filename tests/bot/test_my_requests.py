"""My requests: the list and one request with its history; who hears of what a resident wishes of it."""

import re

import pytest

from desk.records import Link, Role, State
from tests.bot.counter import DAY, GROUP, HOUR, MINUTE, Counter
from tests.bot.test_who_hears_what import Cast, in_their_own_language


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


def shown(desk: Cast) -> str:
    """The request as its resident sees it."""
    desk.lin.sends(f"p:request:{desk.counter.request().id}")
    return desk.lin.last().text


def test_the_history_is_told_in_plain_words_and_a_day_is_named_once(desk: Cast):
    desk.lin.files()
    desk.counter.later(9 * MINUTE)
    desk.wang.claims()
    desk.counter.later(MINUTE)
    desk.wang.taps("Hold", "Waiting for parts", "1 day")
    desk.counter.later(DAY)
    told = shown(desk)
    assert "• Mon, Mar 2 10:00 – filed" in told
    assert "• 10:09 – Wang, badge 07 took it on" in told
    assert re.search(r"• 10:10 – on hold until Tue, Mar 3 10:10: Waiting for parts", told)
    assert "• Tue, Mar 3 10:10 – it went on" in told


def test_a_late_request_says_so_and_is_sorry(desk: Cast):
    desk.lin.files()
    assert "sorry" not in shown(desk)
    desk.counter.later(31 * MINUTE)
    assert "sorry that nobody has taken it on yet" in shown(desk)
    desk.wang.sends(f"r:{desk.counter.request().id}:claim")
    assert "sorry" not in shown(desk)
    desk.counter.later(DAY)
    assert "sorry that it takes longer" in shown(desk)


def test_when_nobody_claims_in_time_the_resident_is_told_who_was_told(desk: Cast):
    desk.lin.files()
    desk.lin.news()
    for told in ("The whole team", "The dispatcher", "The manager"):
        desk.counter.later(30 * MINUTE)
        assert told in desk.lin.news()
    late = [post for post in desk.lin.posts() if post.key.startswith("late/")]
    assert len(late) == 1, "one message, which goes on telling"


def test_open_ones_stand_first_and_the_rest_is_a_page_away(counter: Counter):
    counter.bind()
    lin = counter.resident("Lin")
    for _ in range(23):
        lin.files()
        counter.later(MINUTE)
    for number in (22, 23):
        lin.sends(f"r:{counter.request(number).id}:cancel")
    lin.says("/requests")
    assert [label.split()[1] for label in lin.last().labels[:20]] == [f"R-{n}" for n in range(21, 1, -1)]
    lin.taps("More")
    assert [label.split()[1] for label in lin.last().labels[:3]] == ["R-1", "R-23", "R-22"]
    lin.taps("Back")
    assert "R-21" in lin.last().labels[0]
    for strange in ("99", "-1", "x", "0" * 9):
        lin.sends(f"p:requests:{strange}")
        assert "R-" in lin.last().labels[0]


def test_a_note_reaches_the_worker_and_the_card(desk: Cast):
    desk.claimed()
    desk.lin.sends(f"s:note:{desk.counter.request().id}")
    desk.lin.shows("valve", caption="The left one")
    desk.lin.picks("~done")
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group"}
    assert "The left one" in heard["worker"]
    assert "The left one" in heard["group"]
    for chat in (GROUP, desk.wang.speaker.id):
        assert "valve" in [one.file_id for post in desk.counter.postman.chat(chat) for one in post.media]
    assert "you added: The left one" in shown(desk)


def test_hurry_reaches_the_worker_and_the_third_time_the_dispatcher(desk: Cast):
    desk.claimed()
    shown(desk)
    assert "Passed on" in desk.lin.taps("Please hurry")
    assert "asks to hurry" in desk.heard()["worker"]
    assert "ask again from Mon, Mar 2 14:00" in desk.lin.taps("Please hurry")
    assert "worker" not in desk.heard()
    for _ in range(2):
        desk.counter.later(4 * HOUR)
        desk.lin.taps("Please hurry")
    heard = desk.heard()
    assert "asked to hurry 3 times" in heard["dispatcher"]
    assert "催办 3 次" in heard["group"]


def test_hurry_for_what_nobody_has_shows_the_card_again(desk: Cast):
    desk.lin.files()
    desk.wang.news()
    posts = len(desk.counter.postman.chat(GROUP))
    desk.lin.sends(f"f:hurry:{desk.counter.request().id}")
    assert len(desk.counter.postman.chat(GROUP)) == posts + 1


def test_another_time_is_told_to_the_worker_and_the_workers_to_the_resident(desk: Cast):
    desk.claimed()
    number = desk.counter.request().id
    desk.lin.sends(f"s:move:{number}")
    desk.lin.picks("202603030000")
    heard = desk.heard()
    assert "another time was chosen, Tue, Mar 3 08:00–10:00. Before it was: As soon as" in heard["worker"]
    assert "another time" not in heard["resident"]
    desk.wang.sends(f"s:move:{number}")
    desk.wang.picks("soon")
    heard = desk.heard()
    assert "Wang, badge 07 would like to come" in heard["resident"]
    assert desk.lin.last().labels == ["🕑 Change the time"]
    assert "another time was chosen" not in heard["worker"]


def test_called_off_with_a_reason(desk: Cast):
    desk.claimed()
    desk.lin.sends(f"s:call_off:{desk.counter.request().id}")
    desk.lin.taps("Another reason")
    desk.lin.says("We move out")
    desk.lin.picks("~done")
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group"}
    assert "We move out" in heard["worker"]
    assert "you called it off" in shown(desk)


def test_once_begun_the_dispatcher_grants_or_refuses_it(desk: Cast):
    desk.claimed()
    number = desk.counter.request().id
    desk.wang.taps("Start")
    desk.heard()
    desk.lin.sends(f"s:call_off:{number}")
    desk.lin.taps("It works again")
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "dispatcher"} | ({"group"} & set(heard))
    assert "You decide" in heard["dispatcher"]
    desk.dai.taps("Go on with it")
    desk.dai.says("The pipe is open")
    desk.dai.picks("~done")
    heard = desk.heard()
    assert "The pipe is open" in heard["resident"]
    assert "goes on" in heard["worker"]
    assert "moved on" in desk.dai.sends(f"s:refuse_cancel:{number}")
    desk.lin.sends(f"s:call_off:{number}")
    desk.lin.taps("It works again")
    desk.heard()
    desk.dai.taps("Call it off")
    heard = desk.heard()
    assert "cancelled by Dai" in heard["worker"]
    assert desk.counter.request().state is State.CANCELLED


def test_opened_again_it_is_filed_anew_and_says_what_it_was(desk: Cast):
    desk.claimed()
    desk.done()
    desk.lin.picks("fixed")
    desk.counter.later(5 * DAY)
    desk.heard()
    shown(desk)
    desk.lin.taps("Not fixed after all")
    desk.lin.says("It drips again")
    desk.lin.picks("~done")
    heard = desk.heard()
    assert "R-2" in heard["resident"]
    assert "R-1" in heard["group"]
    assert (desk.counter.request(2).link, desk.counter.request(1).state) == (Link.REOPENED, State.CLOSED)
    assert "opened again as R-2" in shown(desk)
    assert "moved on" not in desk.lin.sends(f"p:request:{desk.counter.request(2).id}")
    desk.counter.later(15 * DAY)
    assert "Not fixed after all" not in shown(desk)
    assert "no right" in desk.lin.sends(f"s:reopen:{desk.counter.request().id}")


def test_an_answer_may_come_when_the_question_was_given_up(desk: Cast):
    desk.claimed()
    desk.wang.taps("Ask")
    desk.wang.says("Which tap?")
    desk.wang.picks("~done")
    desk.counter.later(4 * DAY)
    assert desk.counter.request().state is State.ON_HOLD
    desk.heard()
    shown(desk)
    desk.lin.taps("Answer")
    desk.lin.says("The left one")
    desk.lin.picks("~done")
    heard = desk.heard()
    assert "The left one" in heard["worker"]
    assert desk.counter.request().state is State.ACCEPTED


@pytest.mark.parametrize("script", ["note", "move", "call_off", "refuse_cancel", "reopen", "answer"])
def test_nobody_else_can_wish_anything(desk: Cast, script: str):
    desk.claimed()
    number = desk.counter.request().id
    for guest in (desk.counter.resident("Sun"), desk.counter.guest("Stranger")):
        assert "no right" in guest.sends(f"s:{script}:{number}")
        assert "no right" in guest.sends(f"f:hurry:{number}")
    assert desk.lin.sends(f"s:{script}:x") == "This is not there any more."


def test_each_reads_it_in_their_own_language(counter: Counter):
    counter.bind()
    desk = Cast(
        counter=counter,
        lin=counter.resident("Lin", language="zh_CN"),
        wang=counter.staff("Wang", badge="07"),
        dai=counter.staff("Dai", Role.DISPATCHER),
        mei=counter.staff("Mei", Role.MANAGER),
    )
    desk.claimed()
    desk.lin.sends(f"f:hurry:{counter.request().id}")
    in_their_own_language(desk.heard())
    shown(desk)
    assert "07" in desk.lin.last().text
