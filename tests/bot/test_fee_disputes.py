"""Disputing a line of a bill: filed as a request, linked to the line, and no reminders meanwhile."""

from dataclasses import replace

import pytest

from desk.records import HomeRole, Occupancy, Role, State, Type
from tests.bot.counter import DAY, GROUP, Counter, Guest
from tests.bot.till import Till, seen


@pytest.fixture
def till(any_counter: Counter) -> Till:
    till = Till(any_counter)
    till.two_months()
    return till


def disputes(guest: Guest) -> None:
    """The water of February, in words."""
    guest.says("/fees")
    guest.taps("February", "Dispute a line", "Water", "The amount is wrong")
    guest.says("I was away all month")
    guest.taps("Done")
    guest.taps("Send")


def test_a_dispute_is_a_request_that_names_the_line(till: Till):
    lin = till.counter.resident()
    disputes(lin)
    request = till.counter.request()
    assert (request.type, request.kind) == (Type.FEES, "recalculate")
    assert request.problem == "February 2026 · Water charge · CN¥51.00\nI was away all month"
    assert request.details.form["tariff"] == "water"
    charge = till.counter.read(lambda work: work.fees.charge(int(str(request.details.form["charge"]))))
    assert charge.dispute_id == request.id


def test_who_deals_with_it_reads_the_line_in_their_own_language(till: Till):
    till.counter.bind()
    disputes(till.counter.resident())
    card = till.counter.postman.chat(GROUP)[-1].html
    assert "2026年2月 · 水费 · ¥51.00\n🌐 英语\n<blockquote>I was away all month</blockquote>" in card


def test_what_is_disputed_is_not_asked_for_and_marked(till: Till):
    lin = till.counter.resident()
    disputes(lin)
    lin.says("/fees")
    assert "To pay: CN¥515.15" in lin.last().text
    assert "In dispute, not to be paid until it is settled: CN¥51.00" in lin.last().text
    lin.taps("February")
    assert "⚖️ Water charge: CN¥51.00" in lin.last().text


def test_a_line_is_disputed_once_at_a_time(till: Till):
    lin = till.counter.resident()
    disputes(lin)
    lin.says("/fees")
    lin.taps("February", "Dispute a line")
    assert [one for one in lin.last().labels if "CN¥" in one] == ["Property fee · CN¥250.60"]


def test_once_it_is_settled_the_line_is_owed_again(till: Till):
    lin = till.counter.resident()
    disputes(lin)
    lin.sends(f"r:{till.counter.request().id}:cancel")
    lin.says("/fees")
    assert "To pay: CN¥566.15" in lin.last().text
    assert "dispute" not in lin.last().text


def test_only_who_meters_can_doubt_a_reading(till: Till):
    lin = till.counter.resident()
    lin.says("/fees")
    lin.taps("February", "Dispute a line", "Property fee")
    assert "The meter reading is wrong" not in lin.last().labels
    lin.says("/cancel", "/fees")
    lin.taps("February", "Dispute a line", "Water")
    assert "The meter reading is wrong" in lin.last().labels


def test_nobody_disputes_the_bill_of_another_home(till: Till):
    sun, home = till.counter.guest("Sun"), till.counter.home.id
    assert "no right" in seen(sun, f"s:dispute:{home}/2026-02")
    assert till.counter.read(lambda work: work.requests.of_resident(sun.id)) == ()


def test_who_moves_out_in_the_middle_disputes_no_more(till: Till):
    lin = till.counter.resident()
    lin.says("/fees")
    lin.taps("February", "Dispute a line", "Water")
    with till.counter.opened() as work:
        for living in work.people.occupancies(lin.id, till.counter.now):
            work.people.occupy(replace(living, until=till.counter.now))
    lin.taps("The amount is wrong")
    assert "no right" in lin.news()


def test_family_sees_no_fees(till: Till):
    child, home = till.counter.guest("Child"), till.counter.home
    since = till.counter.now - DAY
    living = Occupancy(
        person_id=child.id, home_id=home.id, estate_id=home.estate_id, since=since, role=HomeRole.FAMILY
    )
    till.counter.write(lambda work: work.people.occupy(living))
    child.says("/fees")
    assert "To pay" not in child.last().text
    assert "no right" in seen(child, f"p:fee_bill:{home.id}/2026-02")
    assert "no right" in seen(child, f"s:dispute:{home.id}/2026-02")


def test_the_office_reads_which_line_it_is(till: Till):
    till.counter.bind()
    lin, wang = till.counter.resident(), till.counter.staff("Wang", Role.WORKER)
    disputes(lin)
    wang.claims()
    assert "February 2026 · Water charge · CN¥51.00" in wang.news()


def test_who_looks_after_fees_takes_it_on_and_settles_it(till: Till):
    till.counter.bind()
    lin, fei = till.counter.resident(), till.counter.staff("Fei", Role.FEES)
    disputes(lin)
    fei.claims()
    assert till.counter.request().worker_id == fei.id
    fei.taps("✅ Done")
    fei.says("The meter was read anew: 9 m³.")
    fei.picks("~done")
    assert "9 m³" in lin.news()
    lin.sends(f"r:{till.counter.request().id}:fixed")
    assert till.counter.request().state is State.CLOSED


def test_who_looks_after_fees_takes_on_nothing_else(till: Till):
    till.counter.bind()
    fei = till.counter.staff("Fei", Role.FEES)
    request = till.counter.resident().files()
    assert "no right" in fei.claims()
    assert "no right" in seen(fei, f"p:request:{request.id}")
