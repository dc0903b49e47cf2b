"""Settings and privacy: quiet hours, notices, everything as a file, and being forgotten."""

import json
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.clockwork import seed_timers
from bot.session import Session
from bot.setup.documents import WrongFile
from desk.actions.perform import perform
from desk.records import NOBODY, HomeRole, Notice, Occupancy, Role, Rules, State, Wishes
from desk.records.fees import Payment
from desk.records.rules import PrivacyRules
from desk.records.visitors import Stay, VisitChange
from dialogs.engine.heard import Words
from tests.bot.counter import DAY, HOUR, ME, Counter, Guest
from tests.bot.estate import ISSUE, reader
from tests.bot.test_household import expected


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident; the staff group is there."""
    counter.bind()
    return counter.resident()


def wishes(guest: Guest) -> Wishes:
    """What somebody wishes."""
    return guest.counter.read(lambda work: work.people.get(guest.id)).wishes


# ── settings ──


def test_notices_are_switched_off_and_on_and_two_taps_count_once(any_counter: Counter):
    lin = any_counter.resident()
    lin.says("/settings")
    off = lin.button("Reminders of fees")
    lin.sends(off)
    lin.sends(off)
    assert wishes(lin).off == (Notice.FEES,)
    assert "✗ 💰 Reminders of fees" in lin.last().labels
    lin.taps("Reminders of fees")
    assert wishes(lin).off == ()


@pytest.mark.parametrize("data", ["f:notice:", "f:notice:fees", "f:notice:fees-maybe", "f:notice:all-off"])
def test_a_switch_that_there_is_not_is_no_switch(lin: Guest, data: str):
    assert "not there" in lin.sends(data)
    assert wishes(lin) == Wishes()


@pytest.mark.parametrize(
    "said, hours",
    [
        ("21:30-7:15", (time(21, 30), time(7, 15))),
        ("22 to 7", (time(22), time(7))),
        ("２２：００到７：００", (time(22), time(7))),
    ],
)
def test_quiet_hours_are_written_in_many_ways(lin: Guest, said: str, hours: tuple[time, time]):
    lin.says("/settings")
    lin.taps("Quiet hours")
    lin.says("25:00-7:00")
    assert "two times" in lin.last().text
    lin.says(said)
    assert wishes(lin).quiet == hours
    assert f"{hours[0]:%H:%M}–{hours[1]:%H:%M}" in lin.last().text


def test_no_quiet_hours_and_those_of_the_estate(lin: Guest):
    lin.says("/settings")
    lin.taps("Quiet hours", "No quiet hours")
    assert "Quiet hours: none" in lin.last().text
    lin.taps("Quiet hours", "As the estate")
    assert wishes(lin).quiet is None
    assert "Quiet hours: 22:00–08:00" in lin.last().text


def closed(counter: Counter, lin: Guest) -> None:
    """A request of theirs is done and confirmed."""
    wang = counter.staff("Wang")
    lin.files()
    wang.claims()
    wang.taps("✅ Done")
    wang.says("New washer")
    wang.picks("~done")
    lin.taps("Fixed")
    lin.news()


def wish(guest: Guest, wanted: Wishes) -> None:
    """They wish so."""

    def save(work: Session) -> None:
        work.people.save(replace(work.people.get(guest.id), wishes=wanted))

    guest.counter.write(save)


def test_who_wants_no_surveys_is_not_asked(counter: Counter, lin: Guest):
    wish(lin, Wishes(off=(Notice.SURVEYS,)))
    closed(counter, lin)
    counter.later(3 * DAY)
    assert lin.news() == ""


def test_a_survey_waits_for_the_end_of_the_quiet_hours(counter: Counter, lin: Guest):
    wish(lin, Wishes(quiet=(time(9), time(18))))
    closed(counter, lin)
    counter.later(7 * HOUR)
    assert lin.news() == ""
    counter.later(2 * HOUR)
    assert "How did we do" in lin.news()


# ── privacy ──


def test_what_is_kept_is_told_in_plain_words(counter: Counter, lin: Guest):
    counter.staff("Mei", Role.MANAGER)
    lin.says("/privacy")
    for part in ("What we keep of you", "36 months", "run by Lotus Garden", "In charge: Mei"):
        assert part in lin.last().text


def exported(guest: Guest) -> Any:
    """The file that somebody was sent."""
    guest.says("/export")
    [file] = [post.file for post in guest.posts() if post.file is not None]
    return json.loads(file.content)


def test_the_file_has_everything_that_is_theirs_and_nothing_of_others(counter: Counter, lin: Guest):
    closed(counter, lin)
    counter.resident("Neighbour").files("A secret leak")
    lin.says("The lamp is broken")
    told = exported(lin)
    desk = told["desk"]
    assert desk["profile"]["name"] == "Lin"
    assert [(one["home"], one["role"]) for one in desk["homes"]] == [("1-1-101", "owner")]
    [request] = desk["requests"]
    assert request["problem"] == "The tap is leaking"
    assert request["history"][0]["name"] == "filed"
    assert "lamp" in json.dumps(told["conversations"])
    assert "secret" not in json.dumps(told)
    assert "Wang" not in json.dumps(told)


def test_who_is_forgotten_leaves_a_pseudonym(any_counter: Counter):
    lin = any_counter.resident()
    any_counter.bind()
    closed(any_counter, lin)
    number = lin.id
    lin.says("/forget")
    lin.taps("Forget me", "Send")
    assert "You are forgotten." in lin.last().text
    assert (lin.posts()[-2].text, lin.posts()[-2].labels) == ("✅ Done.", [])
    key = lin.posts()[-2].key
    assert any_counter.read(lambda work: work.outbox.message(ME.id, lin.speaker.id, key))
    any_counter.later(HOUR)
    assert any_counter.read(lambda work: work.outbox.message(ME.id, lin.speaker.id, key)) is None
    assert any_counter.read(lambda work: work.people.by_telegram(lin.speaker.id)) is None
    left = any_counter.read(lambda work: work.people.get(number))
    assert (left.name, left.telegram_id, left.forgotten) == (f"Resident {number}", NOBODY - number, True)
    assert any_counter.read(lambda work: work.people.occupancies(number, any_counter.now)) == ()
    request = any_counter.request()
    assert (request.problem, request.state, request.resident_id) == ("", State.CLOSED, number)
    events = any_counter.read(lambda work: work.requests.events(request.id))
    assert {one.actor.name for one in events} == {f"Resident {number}", "Wang"}
    assert any_counter.read(lambda work: work.runs.open(number)) is None


def test_nothing_is_sent_to_who_is_forgotten_and_a_new_word_begins_anew(counter: Counter, lin: Guest):
    closed(counter, lin)
    before = lin.id
    lin.says("/forget")
    lin.taps("Forget me", "Send")
    lin.news()
    counter.later(5 * DAY)
    assert lin.news() == ""
    lin.says("/menu")
    assert lin.id != before
    assert "not linked to a home" in lin.last().text


def test_open_requests_are_called_off_with_it(counter: Counter, lin: Guest):
    lin.files()
    lin.says("/forget")
    lin.taps("Forget me")
    assert "1 open request is called off" in lin.last().text
    lin.taps("Send")
    assert counter.request().state is State.CANCELLED
    assert counter.request().problem == ""


def test_work_that_has_begun_is_in_the_way(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    lin.files()
    wang.claims()
    wang.taps("Start")
    lin.says("/forget")
    assert "Work on these requests has begun" in lin.last().text
    assert lin.sends("s:forget:") != ""
    assert counter.read(lambda work: work.people.get(lin.id)).name == "Lin"


def test_who_works_here_is_not_forgotten(counter: Counter):
    wang = counter.staff("Wang")
    wang.says("/forget")
    assert "You work here" in wang.last().text
    assert wang.sends("s:forget:") != ""


def test_the_words_of_old_requests_are_forgotten_by_the_clock(counter: Counter, lin: Guest):
    rules = Rules(privacy=PrivacyRules(words=timedelta(days=10)))
    counter.estate = replace(counter.estate, rules=rules)
    counter.write(lambda work: work.estates.save(counter.estate))
    closed(counter, lin)

    def seed(work: Session) -> None:
        seed_timers(work, counter.now)

    counter.write(seed)
    counter.later(9 * DAY)
    assert counter.request().problem == "The tap is leaking"
    counter.later(2 * DAY)
    assert counter.request().problem == ""
    assert counter.request().state is State.CLOSED


def test_a_tenant_can_be_forgotten_and_the_owner_hears_of_the_link_no_more(counter: Counter, lin: Guest):
    sun = counter.guest("Sun")
    link = Occupancy(
        person_id=sun.id, home_id=counter.home.id, estate_id=counter.estate.id, since=counter.now,
        role=HomeRole.TENANT,
    )  # fmt: skip
    counter.write(lambda work: work.people.occupy(link))
    sun.does(Words("注销"))
    sun.taps("Forget me", "Send")
    lin.says("/household")
    assert "Sun" not in lin.last().text
    assert "Resident" not in lin.last().text


def test_the_file_has_guests_and_payments_and_forgetting_takes_the_guests(counter: Counter, lin: Guest):
    order = expected(counter)
    guest = counter.write(lambda work: perform(work, work.people.get(lin.id), order, counter.now))
    assert isinstance(guest, VisitChange)
    paid = Payment(
        estate_id=counter.estate.id, home_id=counter.home.id, at=counter.now, amount=Decimal(7),
        method="cash", reference="7", person_id=lin.id,
    )  # fmt: skip
    counter.write(lambda work: work.fees.save_payment(paid))
    told = exported(lin)
    assert [one["name"] for one in told["visitors"]] == ["Gundula"]
    assert [one["amount"] for one in told["fees"]["payments"]] == ["7"]
    lin.says("/forget")
    lin.taps("Forget me", "Send")
    kept = counter.read(lambda work: work.visitors.get(guest.visitor.id))
    assert (kept.name, kept.state) == ("", Stay.REVOKED)
    signed = counter.read(lambda work: work.visitors.events(kept.id))
    assert "Lin" not in {one.actor.name for one in signed}
    assert len(counter.read(lambda work: work.fees.payments(counter.home.id))) == 1


def test_an_estate_says_how_long_words_are_kept(tmp_path: Path):
    read = reader(tmp_path)
    kept = read(ISSUE + '[privacy]\nwords = "400d"\n').estate.rules.privacy
    assert (kept.words, read(ISSUE).estate.rules.privacy) == (timedelta(days=400), PrivacyRules())
    with pytest.raises(WrongFile, match="longer than nothing"):
        read(ISSUE + '[privacy]\nwords = "0d"\n')


def test_a_reminder_of_a_question_waits_for_the_end_of_the_quiet_hours(counter: Counter, lin: Guest):
    wang = counter.staff("Wang")
    lin.files()
    wang.claims()
    wang.taps("Ask")
    wang.says("Is the valve closed?")
    wang.picks("~done")
    wish(lin, Wishes(quiet=(time(9), time(18))))
    lin.news()
    counter.later(DAY)
    assert lin.news() == ""
    counter.later(9 * HOUR)
    assert "still waiting for your answer" in lin.news()


def test_a_conversation_left_open_is_not_recalled_in_quiet_hours(counter: Counter, lin: Guest):
    wish(lin, Wishes(quiet=(time(9), time(18))))
    lin.says("The tap is leaking")
    lin.news()
    counter.later(5 * HOUR)
    assert lin.news() == ""
    counter.later(4 * HOUR)
    assert "in the middle of something" in lin.news()
