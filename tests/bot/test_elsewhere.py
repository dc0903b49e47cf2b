"""Words out of the blue lead to the conversation that they are for, and nothing has to be said twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.records import State, Type
from desk.records.services import Field, Service
from tests.bot.counter import Counter, Guest


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident."""
    return counter.resident()


def heard(lin: Guest, words: str, kind: str) -> str:
    """What is asked after a kind was tapped; whatever stands among the proposals, by its code."""
    lin.says("/repair", words)
    lin.picks("~done", kind)
    return lin.last().text


def test_a_complaint_goes_on_as_one_with_what_was_told(lin: Guest):
    assert "Where is it?" in heard(lin, "我要投诉楼上半夜噪音", "c_noise")
    lin.picks("building", "no")
    assert "Please check your complaint" in lin.last().text
    assert "我要投诉楼上半夜噪音" in lin.last().text
    lin.taps("Send")
    assert (lin.counter.request().type, lin.counter.request().kind) == (Type.COMPLAINT, "c_noise")


def test_back_leads_through_the_new_conversation_and_a_change_keeps_the_rest(lin: Guest):
    heard(lin, "我要投诉楼上半夜噪音", "c_noise")
    lin.picks("building", "no")
    lin.taps("Change", "Kind", "Hygiene")
    assert "Kind: Hygiene" in lin.last().text


def test_a_kind_that_a_service_is_for_opens_its_form(lin: Guest):
    counter = lin.counter
    service = Service(
        estate_id=counter.estate.id,
        code="permit",
        title={"en": "Renovation permit"},
        fields=(Field(code="what", title={"en": "What will be done?"}),),
        queue_id=counter.queues[0].id,
        kinds=("renovation",),
        promise=timedelta(days=1),
    )
    kept = counter.write(lambda work: work.services.save(service))
    assert "What will be done?" in heard(lin, "装修申请", "renovation")
    lin.says("New kitchen")
    lin.taps("Send")
    assert (counter.request().kind, counter.request().state) == ("permit", State.NEW)
    counter.write(lambda work: work.services.save(replace(kept, open=False)))
    assert "What will be done?" not in heard(lin, "装修申请", "renovation")
