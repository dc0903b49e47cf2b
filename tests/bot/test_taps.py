"""Orders by one tap: who may, when, and what becomes of data that nobody offered."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings, strategies as st

from bot import pages, taps
from bot.said import Chat, Tap
from desk.records import Role, State
from storage.memory import MemoryDatabase
from tests.bot.counter import GROUP, HOUR, Counter, Guest, group_chat


@dataclass
class Cast:
    """A desk with everybody who may tap, and one new request."""

    counter: Counter
    lin: Guest
    wang: Guest
    zhao: Guest
    dai: Guest
    stranger: Guest
    foreign: Guest

    def state(self) -> State:
        """Where the request stands."""
        return self.counter.request().state

    def order(self, who: Guest, verb: str) -> str:
        """A tap on an order about the request; the toast."""
        return who.sends(f"r:{self.counter.request().id}:{verb}")


def cast(counter: Counter) -> Cast:
    """Everybody comes in, and the tap leaks."""
    counter.bind()
    rose, _home, _queues = counter.build("Rose Garden", ("en",))
    found = Cast(
        counter=counter,
        lin=counter.resident("Lin"),
        wang=counter.staff("Wang", badge="07"),
        zhao=counter.staff("Zhao", badge="08"),
        dai=counter.staff("Dai", Role.DISPATCHER),
        stranger=counter.guest("Sun"),
        foreign=counter.staff("Rosa", estate=rose),
    )
    found.lin.files()
    return found


@pytest.fixture
def desk(counter: Counter) -> Cast:
    """In memory."""
    return cast(counter)


@pytest.fixture
def kept_desk(any_counter: Counter) -> Cast:
    """In memory, and on SQLite."""
    return cast(any_counter)


# ── claiming ──


def test_the_first_tap_claims_and_the_second_is_told_who_has_it(kept_desk: Cast):
    assert "It is yours" in kept_desk.wang.claims()
    assert kept_desk.order(kept_desk.zhao, "claim") == "Wang, badge 07 has it already."
    assert kept_desk.counter.request().worker_id == kept_desk.wang.id


def test_a_second_tap_of_the_same_worker_hears_the_same(desk: Cast):
    button = desk.counter.postman.data(GROUP, ":claim")
    desk.wang.sends(button)
    desk.wang.news()
    assert "It is yours" in desk.wang.sends(button)
    assert desk.wang.news() == ""


@pytest.mark.parametrize("who", ["lin", "stranger", "foreign"])
def test_who_does_not_work_here_cannot_claim(desk: Cast, who: str):
    assert "no right" in desk.order(getattr(desk, who), "claim")
    assert desk.state() is State.NEW


def test_a_request_that_was_called_off_cannot_be_claimed(desk: Cast):
    desk.order(desk.lin, "cancel")
    assert "no longer possible" in desk.order(desk.wang, "claim")


# ── the job, one tap at a time ──


def test_a_worker_takes_the_job_through(kept_desk: Cast):
    for verb, state in (("claim", State.ACCEPTED), ("way", State.ACCEPTED), ("start", State.IN_PROGRESS)):
        kept_desk.order(kept_desk.wang, verb)
        assert kept_desk.state() is state
    kept_desk.wang.taps("Hold", "No access", "1 day")
    assert kept_desk.state() is State.ON_HOLD
    kept_desk.order(kept_desk.wang, "resume")
    assert kept_desk.state() is State.IN_PROGRESS
    kept_desk.wang.taps("✅ Done")
    kept_desk.wang.says("New washer")
    kept_desk.wang.picks("~done")
    kept_desk.order(kept_desk.lin, "fixed")
    assert kept_desk.state() is State.CLOSED


def test_on_my_way_is_said_once(desk: Cast):
    desk.order(desk.wang, "claim")
    way = desk.wang.button("On my way")
    desk.wang.sends(way)
    assert "on the way" in desk.lin.news()
    desk.wang.sends(way)
    assert desk.lin.news() == ""
    assert "🚶 On my way" not in desk.wang.last().labels


@pytest.mark.parametrize("verb", ["way", "start", "resume", "fixed", "cancel", "reviewed"])
@pytest.mark.parametrize("who", ["stranger", "foreign", "zhao"])
def test_nobody_else_can_do_a_thing_with_it(desk: Cast, who: str, verb: str):
    desk.order(desk.wang, "claim")
    before = desk.counter.request()
    assert "no right" in desk.order(getattr(desk, who), verb)
    assert desk.counter.request() == before


@pytest.mark.parametrize("verb", ["resume", "fixed"])
def test_what_does_not_fit_the_state_is_refused(desk: Cast, verb: str):
    desk.order(desk.wang, "claim")
    who = desk.lin if verb == "fixed" else desk.wang
    assert "no longer possible" in desk.order(who, verb)


@pytest.mark.parametrize("script", ["ask", "hold", "release", "finish", "not_fixed", "answer"])
@pytest.mark.parametrize("who", ["stranger", "foreign", "zhao"])
def test_nobody_else_can_begin_to_talk_about_it(desk: Cast, who: str, script: str):
    desk.order(desk.wang, "claim")
    guest: Guest = getattr(desk, who)
    assert "no right" in guest.sends(f"s:{script}:{desk.counter.request().id}")
    guest.says("/cancel")
    assert "nothing to cancel" in guest.last().text


@pytest.mark.parametrize("script", ["answer", "not_fixed"])
def test_a_talk_that_does_not_fit_the_state_is_not_begun(desk: Cast, script: str):
    assert "no longer possible" in desk.lin.sends(f"s:{script}:{desk.counter.request().id}")


def test_once_the_work_has_begun_a_resident_can_only_ask_to_call_it_off(desk: Cast):
    desk.order(desk.wang, "claim")
    desk.order(desk.wang, "start")
    desk.order(desk.lin, "cancel")
    assert desk.counter.request().state is State.IN_PROGRESS
    assert "the dispatcher decides" in desk.lin.news()
    assert "moved on" in desk.order(desk.lin, "cancel"), "asked already"


def test_a_request_of_another_estate_is_not_shown(desk: Cast):
    for guest in (desk.stranger, desk.foreign):
        assert "no right" in guest.sends(f"p:request:{desk.counter.request().id}")
        assert "leaking" not in guest.news()


# ── scores ──


def closed(desk: Cast) -> None:
    """The job is done, and two hours later its resident is asked."""
    desk.order(desk.wang, "claim")
    desk.wang.taps("✅ Done")
    desk.wang.says("New washer")
    desk.wang.picks("~done")
    desk.order(desk.lin, "fixed")
    desk.counter.later(3 * HOUR)


def test_a_score_is_given_with_one_tap_and_explained(desk: Cast):
    closed(desk)
    assert desk.lin.taps("2") == "Thank you!"
    desk.lin.taps("Too slow", "Done")
    desk.lin.says("Two days!")
    desk.lin.taps("Done")
    survey = desk.counter.survey()
    assert (survey.score, survey.reasons, survey.words) == (2, ("slow",), "Two days!")


def test_two_taps_on_a_score_begin_one_explanation(desk: Cast):
    closed(desk)
    two = desk.lin.button("2")
    desk.lin.sends(two)
    desk.lin.sends(two)
    desk.lin.taps("Too slow")
    desk.lin.sends(two)
    desk.lin.taps("Done", "Skip")
    assert desk.counter.survey().reasons == ("slow",)
    assert desk.lin.last().labels == []


@pytest.mark.parametrize("score", ["0", "6", "99"])
def test_a_score_is_one_to_five(desk: Cast, score: str):
    closed(desk)
    assert "no longer possible" in desk.lin.sends(f"v:{desk.counter.request().id}:{score}")
    assert desk.counter.survey().score is None


@pytest.mark.parametrize("who", ["stranger", "foreign", "wang", "dai"])
def test_nobody_scores_for_another(desk: Cast, who: str):
    closed(desk)
    assert "no right" in getattr(desk, who).sends(f"v:{desk.counter.request().id}:5")
    assert desk.counter.survey().score is None


# ── data that nobody offered ──


#: with blanks in between
FORGED = (
    " : :: r:: r:1: r:x:claim r:1:explode r:9999:claim r:-1:claim r:１:claim r:99999999999999999999:claim",
    "v:1:x p:: p:request: p:request:0 p:setup: p:late:x p:new:x p:new:0001-01-01 p:new:9999-12-31 s::",
    "s:forget:claim p:gate:claim f:arrears_file:claim",
    "s:join: s:explain:1 s:ask: s:repair:junk k:: k:x:continue k:\x00:drop k:\ud800:over a:b:c:d 1:2:3",
)


def test_data_that_nobody_offered_are_answered(kept_desk: Cast):
    eve = kept_desk.counter.newcomer("Eve")
    for data in " ".join(FORGED).split(" "):
        for guest in (kept_desk.lin, kept_desk.dai, kept_desk.foreign, eve):
            guest.sends(data)
    assert kept_desk.state() is State.NEW


PARTS = st.sampled_from(
    [*"rvpsk012", *taps.ORDERS, *taps.ABOUT, *pages.LISTS, *pages.PAGES, "request", "continue", "over", ""]
)
DATA = st.one_of(st.lists(PARTS, min_size=3, max_size=3).map(":".join), st.text(max_size=64))


@pytest.fixture(scope="module")
def claimed() -> Cast:
    """Wang has the job; whoever else taps, it stays so."""
    desk = cast(Counter(MemoryDatabase()))
    desk.order(desk.wang, "claim")
    return desk


@settings(max_examples=100, deadline=None)
@given(
    who=st.sampled_from(["stranger", "foreign", "zhao", "newcomer"]),
    tapped=st.lists(DATA, max_size=4),
    chat=st.sampled_from([None, group_chat()]),
)
def test_no_data_raise_or_change_what_is_anothers(
    claimed: Cast, who: str, tapped: list[str], chat: Chat | None
):
    before, heard = claimed.counter.request(), len(claimed.lin.posts())
    guest: Guest = getattr(claimed, who, None) or claimed.counter.newcomer("Eve")
    for one in tapped:
        guest.does(Tap(id="t", data=one, message_id=None), chat)
    assert claimed.counter.request() == before
    assert len(claimed.lin.posts()) == heard
