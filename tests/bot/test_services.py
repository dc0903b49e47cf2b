"""Whatever else the estate offers, as its residents order it: a form of the estate's own, slots with room."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.records import Home, State, Type
from desk.records.services import Asks, Field, Service
from tests.bot.counter import DAY, HOUR, Counter, Guest

HALL = Service(
    estate_id=0,
    code="hall",
    title={"en": "Community hall", "zh_CN": "活动室"},
    about={"en": "Free for two hours.", "zh_CN": "每次两小时"},
    fields=(
        Field(code="slot", title={"en": "When?", "zh_CN": "何时？"}, asks=Asks.SLOT),
        Field(code="people", title={"en": "How many people?"}, asks=Asks.NUMBER),
        Field(code="day", title={"en": "Key on which day?"}, asks=Asks.DATE),
        Field(
            code="size",
            title={"en": "Which half?"},
            asks=Asks.CHOICE,
            options={"a": {"en": "Left"}, "b": {"en": "Right"}},
        ),
        Field(code="note", title={"en": "Anything else?"}, optional=True),
        Field(code="plan", title={"en": "A plan?"}, asks=Asks.FILES, optional=True),
        Field(code="rules", title={"en": "I keep to the rules."}, asks=Asks.CONSENT),
    ),
    queue_id=0,
    promise=timedelta(days=1),
    length=timedelta(hours=5),
    ticket="H",
)


@pytest.fixture
def lin(any_counter: Counter) -> Guest:
    """A resident of an estate with a hall."""
    offer(any_counter, HALL)
    return any_counter.resident()


def offer(counter: Counter, service: Service) -> Service:
    """The estate offers it."""
    kept = replace(service, estate_id=counter.estate.id, queue_id=counter.queues[0].id)
    return counter.write(lambda work: work.services.save(kept))


def fill_in(guest: Guest) -> None:
    """From the menu to the review, with the first slot."""
    guest.says("/services")
    guest.taps("Community hall", "13:00")
    guest.says("１２")
    guest.taps("Tue, Mar 3")
    guest.taps("Left", "Skip", "Skip", "I agree")


def test_a_service_from_the_menu_to_the_filed_request(lin: Guest):
    fill_in(lin)
    read_back = lin.last().text
    for told in ("Community hall", "13:00–18:00", "How many people? 12", "Left", "Anything else? —"):
        assert told in read_back
    lin.taps("Send")
    request = lin.counter.request()
    assert (request.type, request.kind, request.state) == (Type.SERVICE, "hall", State.NEW)
    assert (request.details.ticket, request.queue_id) == ("H-02", lin.counter.queues[0].id)
    assert request.solve_by - request.opened_at == DAY
    assert request.details.form["size"] == "a"
    assert "Community hall" in lin.news()


def test_a_slot_is_given_once_and_comes_back_when_called_off(lin: Guest):
    fill_in(lin)
    other = lin.counter.resident("Wei", home=another_home(lin.counter))
    fill_in(other)
    lin.taps("Send")
    assert "no longer on offer" in other.taps("Send")
    assert "When?" in other.last().text
    assert "Mon" not in " ".join(other.last().labels)
    request = lin.counter.request()
    lin.sends(f"r:{request.id}:cancel")
    assert lin.counter.read(lambda work: work.services.booking(request.id)) is None


def another_home(counter: Counter) -> Home:
    return counter.write(
        lambda work: work.estates.save_home(Home(estate_id=counter.estate.id, code="1-1-102"))
    )


@pytest.mark.parametrize("number", ["many", "-1", "1e99", "NaN", ""])
def test_what_is_no_number_is_asked_again(lin: Guest, number: str):
    lin.says("/services")
    lin.taps("Community hall", "13:00")
    lin.says(number or " ")
    assert "How many people?" in lin.last().text


def test_a_day_that_has_passed_is_refused_kindly(lin: Guest):
    lin.says("/services")
    lin.taps("Community hall", "13:00")
    lin.says("3", "2026-03-01")
    assert "This day has passed" in lin.last().text
    lin.says("soon")
    assert "Please tap a day" in lin.last().text
    lin.says("2026-03-09")
    assert "Which half?" in lin.last().text


def test_who_does_not_live_here_is_offered_nothing(lin: Guest):
    stranger = lin.counter.guest("Sun")
    stranger.says("/services")
    assert "No services are offered here" in stranger.last().text
    assert "no right" in stranger.sends("s:service:hall")
    assert "not there any more" in lin.sends("s:service:../hall")


def test_a_service_withdrawn_meanwhile_is_not_ordered(lin: Guest):
    fill_in(lin)
    (service,) = lin.counter.read(lambda work: work.services.all(lin.counter.estate.id))
    lin.counter.write(lambda work: work.services.save(replace(service, open=False)))
    lin.taps("Send")
    assert lin.counter.read(lambda work: work.requests.of_resident(lin.id)) == ()


def test_a_slot_that_has_passed_meanwhile_is_asked_again(lin: Guest):
    fill_in(lin)
    lin.counter.now += 4 * HOUR
    lin.taps("Send")
    assert "When?" in lin.last().text


def test_a_booked_time_is_no_visit_at_home_and_is_dealt_with_before_it_begins(lin: Guest):
    fill_in(lin)
    lin.taps("Send")
    request = lin.counter.request()
    assert request.visit is not None
    assert request.solve_by is not None
    assert request.respond_by == min(request.opened_at + DAY, request.visit.start)
    assert request.solve_by >= request.visit.end
    assert "Somebody deals with it by" in lin.news()
    lin.says("/requests")
    lin.taps("Community hall")
    for untold in ("Visit:", "at home"):
        assert untold not in lin.last().text
