"""Visitors, for the host and the office: the pass, what cannot be, who says yes, and being forgotten."""

import json
import re
from datetime import time, timedelta

import pytest

from bot import flows
from desk.records import Role, State
from desk.records.rules import Approval
from desk.records.visitors import Stay
from tests.bot.counter import DAY, GROUP, HOUR, Counter, Guest, group_chat
from tests.bot.visits import allows, code_in, expects, link_of, newest, opens, seen


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A host."""
    return counter.resident("Lin")


@pytest.fixture
def guard(counter: Counter) -> Guest:
    """Who keeps the gate."""
    return counter.staff("Gu", Role.GUARD, "G1")


# ── registering ──


def test_from_the_first_word_to_the_pass(lin: Guest):
    lin.says("/visitor", "Grandma")
    lin.picks("once")
    lin.says("tomorrow 15:00", "20:00")
    lin.says("٣")
    lin.says("京a·12345")
    lin.picks("family")
    review = lin.last().text
    for word in (
        "1-1-101",
        "Grandma",
        "Once",
        "Tue, Mar 3 15:00",
        "Tue, Mar 3 20:00",
        "3 people",
        "京A12345",
    ):
        assert word in review
    lin.news()
    lin.picks("~send")
    visitor, picture, text = newest(lin), lin.posts()[-3], lin.last()
    assert (visitor.name, visitor.people, visitor.plate) == ("Grandma", 3, "京A12345")
    assert len(link_of(lin)) <= 64
    code = code_in(picture.text)
    assert "V-1" in picture.text
    assert any(label.endswith(code) for label in picture.labels)
    assert code_in(text.text) == code
    assert text.labels == []
    for word in ("Grandma", "Lotus Garden", "1-1-101", "15:00", "20:00", "京A12345"):
        assert word in text.text


def test_the_code_is_nowhere_in_what_is_kept_of_the_visitor(lin: Guest):
    expects(lin)
    code = code_in(lin.last().text)
    assert code not in repr(newest(lin))


@pytest.mark.parametrize(
    "said, told",
    [
        ("some day", "I do not understand this time"),
        ("yesterday 18:00", "has passed already"),
        ("1.3. 10:00", "has passed already"),
        ("today 08:00", "has passed already"),
        ("1.6. 10:00", "at most 30 days ahead"),
        ("4/5", "I do not understand this time"),
        ("🎈", "I do not understand this time"),
    ],
)
def test_a_beginning_that_cannot_be_is_told_kindly(lin: Guest, said: str, told: str):
    lin.says("/visitor", "Grandma")
    lin.picks("once")
    lin.says(said)
    assert told in lin.last().text


@pytest.mark.parametrize(
    "said, told",
    [
        ("13:00", "before they come"),
        ("tomorrow", ""),
        ("20.3. 10:00", "may last at most 7 days"),
        ("?", "I do not"),
    ],
)
def test_an_end_before_the_beginning_or_far_away_is_told_kindly(lin: Guest, said: str, told: str):
    lin.says("/visitor", "Grandma")
    lin.picks("once")
    lin.says("15:00", said)
    assert (told or "How many people?") in lin.last().text


def test_hours_people_and_names_have_their_limits(counter: Counter, lin: Guest):
    allows(counter, hours=(time(6), time(23)), people=4)
    lin.says("/visitor", "!!!")
    assert "a name that the guard can read" in lin.last().text
    lin.says("Grandma")
    lin.picks("once")
    lin.says("tomorrow 23:30")
    assert "between 06:00 and 23:00" in lin.last().text
    lin.says("tomorrow 22:30", "tomorrow 23:30", "5")
    assert "at most 4 people" in lin.last().text
    lin.says("many")
    assert "as a number" in lin.last().text
    lin.says("4", "no car")
    assert "does not look like a number plate" in lin.last().text


def test_a_home_with_all_its_passes_waits_for_a_free_one(counter: Counter, lin: Guest):
    allows(counter, passes=1)
    first = expects(lin)
    lin.says("/visitor")
    assert "has 1 visitor pass already" in lin.last().text
    lin.picks("on")
    assert "has 1 visitor pass already" in lin.last().text
    lin.sends(f"f:vrevoke:{first.id}")
    lin.picks("on")
    assert any("visitor's name" in post.text for post in lin.posts())


def test_changing_the_day_asks_for_the_end_again_where_it_no_longer_fits(lin: Guest):
    lin.says("/visitor", "Grandma")
    lin.picks("once", "now", "4h", "1", "~skip", "family", "~change", "=from")
    lin.says("tomorrow 15:00")
    assert "no longer on offer" in lin.last().text
    lin.says("18:00")
    lin.picks("~send")
    assert newest(lin).end - newest(lin).start == 3 * HOUR


def test_what_was_typed_as_tomorrow_stays_that_day(counter: Counter, lin: Guest):
    lin.says("/visitor", "Grandma")
    lin.picks("once")
    lin.says("tomorrow 15:00")
    counter.now += DAY
    lin.says("20:00", "2")
    lin.picks("~skip", "family", "~send")
    assert newest(lin).start == counter.now.replace(hour=7, minute=0)  # 15:00 in Shanghai


def test_a_regular_visitor_has_days_and_hours(counter: Counter, lin: Guest, guard: Guest):
    lin.says("/visitor", "Cleaner")
    lin.picks("regular", "+0", "+2", "~done")
    lin.says("9:00", "8:00")
    assert "before they come" in lin.last().text
    lin.says("12:00", "30.3.")
    lin.picks("1", "~skip", "service")
    assert "Mon, Wed" in lin.last().text
    lin.picks("~send")
    assert "Mon, Wed, 09:00–12:00" in lin.last().text
    assert "Valid" in opens(guard, link_of(lin))
    counter.now += DAY
    assert "Not now" in opens(guard, link_of(lin))


def test_the_same_guest_again_is_asked_only_what_is_new(lin: Guest):
    lin.says("/visitor", "Grandma")
    lin.picks("once", "now", "4h", "3")
    lin.says("A 1234")
    lin.picks("family", "~send")
    lin.taps("again")
    lin.picks("once", "now", "2h", "~send")
    again = newest(lin)
    assert (again.id, again.name, again.people, again.plate, again.reason) == (
        2,
        "Grandma",
        3,
        "A1234",
        "family",
    )


def test_nobody_registers_for_a_home_that_is_not_theirs(counter: Counter, lin: Guest, guard: Guest):
    visitor = expects(lin)
    for who in (counter.guest("Sun"), guard):
        who.says("/visitor")
        assert "no right" in who.last().text
    other = counter.resident("Neighbour")
    assert "not there" in other.sends(f"s:visitor:{visitor.id}")


def test_in_chinese(counter: Counter):
    mei = counter.resident("梅", "zh_CN")
    mei.says("/visitor", "王芳")
    mei.picks("once")
    mei.says("明天下午3点", "晚上8点")
    mei.picks("2", "~skip", "family", "~send")
    visitor = newest(mei)
    assert visitor.end - visitor.start == 5 * HOUR
    assert re.search(r"[a-z]{4}", mei.last().text.replace("Lotus Garden", "")) is None, mei.last().text


# ── the office ──


def test_the_office_approves_in_private_and_the_host_gets_the_pass(
    counter: Counter, lin: Guest, guard: Guest
):
    allows(counter, approval=Approval.ALWAYS)
    dai, mei = counter.staff("Dai", Role.DISPATCHER), counter.staff("Mei", Role.MANAGER)
    visitor = expects(lin)
    assert "The office is asked" in lin.last().text
    assert "may they come" in dai.last().text
    assert (mei.posts(), guard.posts()) == ([], [])
    dai.taps("Approve")
    assert "Expected" in dai.last().text
    assert dai.last().labels == []
    assert "Valid" in opens(guard, link_of(lin))
    assert "no longer possible" in mei.sends(f"f:vok:{visitor.id}")


def test_the_card_stands_in_the_security_queues_topic(counter: Counter, lin: Guest):
    counter.bind()
    allows(counter, approval=Approval.ALWAYS, queue="electrical", guards_approve=True)
    guard = counter.staff("Gu", Role.GUARD)
    visitor = expects(lin)
    data = counter.postman.data(GROUP, f":vno:{visitor.id}")
    worker = counter.staff("Wang")
    assert "no right" in worker.sends(data)
    assert "private chat" in guard.sends(data)
    guard.says("Nobody told us about Grandma")
    assert "Grandma may not come: Nobody told us about Grandma" in lin.last().text
    assert seen(counter, visitor).state is Stay.REFUSED
    assert counter.postman.chat(GROUP)[-1].labels == []
    assert "no longer possible" in guard.sends(data)


def test_long_stays_alone_are_asked_about(counter: Counter, lin: Guest):
    allows(counter, approval=Approval.LONG, long=timedelta(hours=3))
    assert expects(lin).state is Stay.REQUESTED
    assert expects(lin, keys=("once", "now", "2h", "1", "~skip", "family", "~send")).state is Stay.ACTIVE


def test_an_office_that_never_answers_is_told_to_the_host(counter: Counter, lin: Guest):
    allows(counter, approval=Approval.ALWAYS)
    dai = counter.staff("Dai", Role.DISPATCHER)
    visitor = expects(lin)
    counter.later(5 * HOUR)
    assert seen(counter, visitor).state is Stay.EXPIRED
    assert "has not answered in time" in lin.last().text
    assert dai.last().labels == []


# ── my visitors, and forgetting ──


def test_my_visitors_lists_those_expected_first_and_opens_one(counter: Counter, lin: Guest, guard: Guest):
    gone = expects(lin, "Gone")
    lin.sends(f"f:vrevoke:{gone.id}")
    expects(lin, "Coming")
    lin.says("/visitors")
    labels = lin.last().labels
    assert "Coming" in labels[0]
    assert "Gone" in labels[1]
    lin.taps("Coming")
    assert lin.last().picture is not None
    ann = counter.resident("Ann")
    ann.says("/visitors")
    assert "no visitors yet" in ann.last().text


def test_names_are_forgotten_and_the_visit_still_counts(counter: Counter, lin: Guest):
    visitor = expects(lin)
    counter.later(4 * HOUR + 30 * DAY)
    kept = seen(counter, visitor)
    assert (kept.name, kept.code_hash, kept.state) == ("", None, Stay.EXPIRED)
    lin.says("/visitors")
    lin.taps("a visitor")
    assert "Grandma" not in lin.last().text


def test_a_host_takes_all_of_it_along(counter: Counter, lin: Guest, guard: Guest):
    first = expects(lin)
    opens(guard, link_of(lin))
    guard.taps("Has arrived")
    expects(lin, "Uncle")
    host = counter.read(lambda work: work.people.get(lin.id))
    told = json.dumps(counter.read(lambda work: flows.EXPORTS["visitors"](work, host, counter.now)))
    for word in ("Grandma", "Uncle", "issued", "arrived"):
        assert word in told
    assert first.code_hash
    assert first.code_hash not in told
    assert "Gu" not in told


def test_a_request_and_a_visitor_are_two_things(counter: Counter, lin: Guest):
    counter.bind()
    lin.files()
    expects(lin)
    assert counter.request().state is State.NEW
    assert "V-1" not in str([post.text for post in counter.postman.chat(GROUP)])
    assert group_chat().id == GROUP
