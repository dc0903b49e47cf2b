"""Visitors, for the gate: who may see a pass, who lets in, and who comes without one."""

import pytest

from desk.records import Role
from desk.records.rules import Approval
from desk.records.visitors import Stay, Visitor
from tests.bot.counter import DAY, GROUP, HOUR, MINUTE, Counter, Guest
from tests.bot.visits import allows, code_in, expects, link_of, opens, seen


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A host."""
    return counter.resident("Lin")


@pytest.fixture
def guard(counter: Counter) -> Guest:
    """Who keeps the gate."""
    return counter.staff("Gu", Role.GUARD, "G1")


# ── the gate ──


def test_the_guard_scans_lets_in_and_the_host_hears_it(any_counter: Counter):
    lin, guard = any_counter.resident("Lin"), any_counter.staff("Gu", Role.GUARD)
    visitor = expects(lin)
    link = link_of(lin)
    card = opens(guard, link)
    for word in ("Valid", "Grandma", "1-1-101", "Lin"):
        assert word in card
    lin.news()
    assert "let them in" in guard.taps("Has arrived")
    assert "Grandma has arrived." in lin.news()
    assert "Already inside" in guard.last().text
    assert seen(any_counter, visitor).entries == 1
    guard.taps("Has left")
    assert "Grandma has left" in lin.news()
    assert "Used already" in opens(guard, link)


def test_two_guards_with_the_same_pass_let_one_in(any_counter: Counter):
    lin = any_counter.resident("Lin")
    first, second = any_counter.staff("A", Role.GUARD), any_counter.staff("B", Role.GUARD)
    visitor = expects(lin)
    for guard in (first, second):
        assert "Valid" in opens(guard, link_of(lin))
    assert "let them in" in first.taps("Has arrived")
    lin.news()
    assert "Do not let them in" in second.taps("Has arrived")
    assert "Already inside" in second.last().text
    assert lin.news() == ""
    assert seen(any_counter, visitor).entries == 1


def test_a_guard_types_code_plate_or_name_without_any_command(lin: Guest, guard: Guest):
    lin.says("/visitor", "Grandma Wang")
    lin.picks("once", "now", "4h", "1")
    lin.says("京A12345")
    lin.picks("family", "~send")
    code = code_in(lin.last().text)
    for typed in (code, f"{code[:3]} {code[3:]}", "京a 12345", "grandma"):
        guard.says(typed)
        assert "Valid" in guard.last().text
        assert "Grandma Wang" in guard.last().text
    guard.says("Nobody Such")
    assert "Nobody found" in guard.last().text


def test_a_name_is_found_a_while_after_it_is_over_and_some_days_before(
    counter: Counter, lin: Guest, guard: Guest
):
    expects(lin)
    counter.later(6 * HOUR)
    guard.says("grandma")
    assert "Expired" in guard.last().text
    expects(lin, keys=("once", "now", "1h", "1", "~skip", "family", "~send"))
    guard.says("grandma")
    labels = guard.last().labels
    assert [label[0] for label in labels] == ["🟢", "⌛"]


def test_several_of_one_name_are_offered(counter: Counter, lin: Guest, guard: Guest):
    expects(lin, "Anna A")
    expects(lin, "Anna B")
    guard.says("anna")
    assert "Several fit" in guard.last().text
    guard.taps("Anna B")
    assert "Anna B" in guard.last().text
    assert "Valid" in guard.last().text


def test_who_guesses_codes_waits_and_names_still_work(lin: Guest, guard: Guest):
    expects(lin)
    code = code_in(lin.last().text)
    wrong = [f"{one:06}" for one in range(11) if f"{one:06}" != code][:10]
    guard.says(*wrong, code)
    assert "Too many wrong codes" in guard.last().text
    guard.says("Grandma")
    assert "Valid" in guard.last().text
    guard.counter.later(11 * MINUTE)
    guard.says(code)
    assert "Valid" in guard.last().text


def test_words_of_a_manager_or_of_a_guard_who_lives_here_may_mean_something_else(
    counter: Counter, lin: Guest
):
    mei, both = counter.staff("Mei", Role.MANAGER), counter.resident("Both")
    counter.hire(both, Role.GUARD)
    expects(lin)
    mei.says("hello")
    assert "Nobody found" not in mei.last().text
    both.says("/repair", "The tap is leaking")
    assert "Send more, or tap Done" in both.last().text
    both.says("/cancel", "Grandma")
    assert "Valid" in both.last().text


@pytest.mark.parametrize("who", ["stranger", "neighbour", "worker", "dispatcher"])
def test_anybody_else_who_opens_the_link_reads_nothing_personal(counter: Counter, lin: Guest, who: str):
    other = {
        "stranger": lambda: counter.newcomer("Sun"),
        "neighbour": lambda: counter.resident("Neighbour"),
        "worker": lambda: counter.staff("Wang"),
        "dispatcher": lambda: counter.staff("Dai", Role.DISPATCHER),
    }[who]()
    visitor = expects(lin)
    told = opens(other, link_of(lin))
    assert told == "🎫 This is a visitor pass. Please show it to the guard at the gate."
    assert opens(other, "pass-1-forged") == told
    verbs = {"varrive", "vleave", "vtext", "vin", "vout", "vok", "vno", "vrevoke"}
    for verb in sorted(verbs - {"vrevoke"} if who == "dispatcher" else verbs):
        assert other.sends(f"f:{verb}:{visitor.id}")
    other.sends(f"p:visit:{visitor.id}")
    assert "Grandma" not in other.news()
    assert seen(counter, visitor) == visitor


def test_the_host_who_opens_it_sees_their_own_pass(lin: Guest):
    expects(lin)
    assert "Grandma" in opens(lin, link_of(lin))


def test_a_guard_of_another_estate_is_told_that_it_is_the_wrong_one(counter: Counter, lin: Guest):
    rose, _home, _queues = counter.build("Rose Garden", ("en",))
    foreign = counter.staff("Rosa", Role.GUARD, estate=rose)
    visitor = expects(lin)
    assert "Wrong estate" in opens(foreign, link_of(lin))
    foreign.says(code_in(lin.last().text), "Grandma")
    foreign.sends(f"f:varrive:{visitor.id}")
    foreign.sends(f"p:visit:{visitor.id}")
    assert "1-1-101" not in foreign.news()
    assert seen(counter, visitor).state is Stay.ACTIVE


def test_a_forged_link_is_no_pass(lin: Guest, guard: Guest):
    expects(lin)
    for forged in ("pass-1", "pass-1-AAAAAAAAAAAAAAAAAAAAAA", "pass-", "pass-x-y", link_of(lin)[:-1] + "!"):
        assert "no pass of ours" in opens(guard, forged)


def test_a_pass_taken_back_or_over_lets_nobody_in(counter: Counter, lin: Guest, guard: Guest):
    visitor = expects(lin)
    link = link_of(lin)
    lin.taps("Take the pass back")
    assert "Taken back" in opens(guard, link)
    assert "Do not let them in" in guard.sends(f"f:varrive:{visitor.id}")
    assert "Taken back" in next(post for post in lin.posts() if post.picture).text
    second = expects(lin)
    counter.later(5 * HOUR)
    assert seen(counter, second).state is Stay.EXPIRED
    assert "Expired" in opens(guard, link_of(lin))


def test_too_early_says_when(lin: Guest, guard: Guest):
    lin.says("/visitor", "Grandma")
    lin.picks("once")
    lin.says("tomorrow 15:00", "20:00")
    lin.picks("1", "~skip", "family", "~send")
    card = opens(guard, link_of(lin))
    assert "Not yet" in card
    assert "Tue, Mar 3 15:00–20:00" in card


def test_another_gate_is_the_wrong_one_until_the_guard_changes_it(counter: Counter, lin: Guest, guard: Guest):
    allows(counter, gates=("North", "西门"))
    lin.says("/visitor", "Grandma")
    lin.picks("once", "now", "4h", "1", "~skip", "family")
    lin.taps("西门")
    lin.picks("~send")
    assert "西门" in lin.last().text
    guard.says("/gate")
    guard.taps("North")
    assert "Wrong gate" in opens(guard, link_of(lin))
    guard.taps("Change the gate", "西门")
    assert "Valid" in opens(guard, link_of(lin))
    guard.taps("Has arrived")
    assert "(西门)" in lin.posts()[-1].text


def test_the_gates_page_lists_who_is_expected_today(counter: Counter, lin: Guest, guard: Guest):
    expects(lin)
    guard.says("/gate")
    guard.taps("Grandma")
    assert "Valid" in guard.last().text
    for who in (lin, counter.guest("Sun"), counter.staff("Wang")):
        who.says("/gate")
        assert "Only the gate" in who.last().text


# ── without a pass ──


def courier(guard: Guest) -> Visitor:
    """Somebody stands at the gate."""
    guard.says("/walkup", "101", "Courier")
    guard.picks("delivery")
    number = int(guard.button("Turn away").rpartition(":")[2])
    return guard.counter.read(lambda work: work.visitors.get(number))


def test_everybody_at_home_is_asked_and_the_first_answer_counts(any_counter: Counter):
    lin, ann = any_counter.resident("Lin"), any_counter.resident("Ann")
    guard, sun = any_counter.staff("Gu", Role.GUARD), any_counter.guest("Sun")
    visitor = courier(guard)
    for living in (lin, ann):
        assert "Somebody is at the gate for 1-1-101" in living.last().text
        assert "Courier" in living.last().text
    assert sun.posts() == []
    guard.news()
    assert "gate is told" in ann.taps("Let in")
    assert "Let them in" in guard.news()
    assert "Let in by: Ann" in lin.last().text
    assert "Let in by: You" in ann.last().text
    assert "answered already" in lin.sends(f"f:vout:{visitor.id}")
    assert seen(any_counter, visitor).host_id == ann.id
    any_counter.later(HOUR)
    assert "⏳" not in guard.news()


def test_the_home_refuses(counter: Counter, lin: Guest, guard: Guest):
    courier(guard)
    guard.news()
    lin.taps("Refuse")
    assert "Do not let them in" in guard.news()


def test_when_nobody_answers_the_guard_is_told_to_call(counter: Counter, lin: Guest, guard: Guest):
    visitor = courier(guard)
    guard.news()
    counter.later(5 * MINUTE)
    assert "Nobody in 1-1-101 answers about Courier" in guard.news()
    guard.taps("I called them")
    assert seen(counter, visitor).state is Stay.ARRIVED
    assert "Let in by: Gu" in lin.last().text


def test_a_walk_up_that_nobody_settles_is_over_after_an_hour(counter: Counter, lin: Guest, guard: Guest):
    visitor = courier(guard)
    counter.later(HOUR)
    assert seen(counter, visitor).state is Stay.EXPIRED
    assert lin.last().labels == []


def test_in_time_their_names_go_from_the_chats_of_gate_office_and_home(counter: Counter, lin: Guest):
    counter.bind()
    allows(counter, approval=Approval.ALWAYS, queue="electrical")
    guard, dai = counter.staff("Gu", Role.GUARD), counter.staff("Dai", Role.DISPATCHER)
    expects(lin)
    dai.sends("f:vok:1")
    opens(guard, link_of(lin))
    courier(guard)
    lin.taps("Let in")
    group = counter.postman.chat(GROUP)
    assert "Grandma" in group[-1].text
    counter.later(31 * DAY)
    cards = {post.key: post.text for post in (*guard.posts(), *lin.posts(), *group)}
    wiped = {key for key, text in cards.items() if text.startswith("🧹")}
    assert wiped == {"visit/1", "gate/1", "gate/2", "walkup/2"}


def test_an_empty_home_is_called(counter: Counter, guard: Guest):
    courier(guard)
    assert "Please call them" in guard.news()


@pytest.mark.parametrize(
    "typed, told", [("9-9-999", "no home 9-9-999"), ("?", "no home ?"), ("101", "Who are they")]
)
def test_a_home_is_found_by_what_the_visitor_says(guard: Guest, typed: str, told: str):
    guard.says("/walkup", typed)
    assert told in guard.last().text


def test_only_the_gate_asks_homes(counter: Counter, lin: Guest):
    for who in (lin, counter.guest("Sun"), counter.staff("Wang")):
        who.says("/walkup")
        assert "no right" in who.last().text
