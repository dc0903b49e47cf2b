"""Whatever a record says, a database gives it back."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from desk.records import Change, Estate, Event, Request, Survey, Timer
from desk.records.fees import Charge, Payment, Tariff
from dialogs.engine.runs import Run
from storage.codec import codec
from storage.work import Database
from tests.contracts.samples import Place, file, settled
from tests.storage.records import any_of

#: the database is the same for all examples, so names are numbered
NUMBERS = count(1)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def places(database: Database) -> Place:
    """An estate for this example alone."""
    return settled(database, f"Estate {next(NUMBERS)}")


@few
@given(estate=any_of(Estate, id=0))
def test_any_estate(sql_database: Database, estate: Estate):
    with sql_database.write() as work:
        kept = work.estates.save(replace(estate, name=f"{estate.name} {next(NUMBERS)}"))
        assert work.estates.get(kept.id) == kept


@few
@given(data=st.data())
def test_any_request_and_event(sql_database: Database, data: st.DataObject):
    place = places(sql_database)
    known: dict[str, Any] = {"id": 0, "estate_id": place.estate.id}
    people = {"resident_id": place.resident.id, "worker_id": place.worker.id, "accused_id": None}
    homes = {"home_id": place.home.id, "queue_id": place.queue.id}
    request = data.draw(any_of(Request, **known, **people, **homes, linked_id=None))
    event = data.draw(any_of(Event, **known))
    event = replace(event, actor=replace(event.actor, person_id=place.worker.id))
    with sql_database.write() as work:
        kept = work.requests.add(Change(request=request, event=event))
        assert replace(kept.request, id=0, number=0) == replace(request, number=0)
        assert work.requests.get(kept.request.id) == kept.request
        assert work.requests.events(kept.request.id) == (kept.event,)


def same(kept: object, given: object) -> None:
    """Equal, and in the same order inside."""
    assert kept == given
    pack = codec(type(given)).pack
    assert json.dumps(pack(kept)) == json.dumps(pack(given))


@few
@given(data=st.data())
def test_any_survey_timer_and_run(sql_database: Database, data: st.DataObject):
    place = places(sql_database)
    people = {"resident_id": place.resident.id, "reviewed_by": place.worker.id}
    with sql_database.write() as work:
        known = {"request_id": file(work, place).id, "estate_id": place.estate.id}
        survey = data.draw(any_of(Survey, **known, **people))
        timer = data.draw(any_of(Timer, key=f"t{next(NUMBERS)}"))
        run = data.draw(any_of(Run, id=f"r{next(NUMBERS)}", person_id=place.resident.id))
        kept: list[tuple[Callable[[Any], None], Callable[[Any], object], Any, Any]] = [
            (work.surveys.save, work.surveys.get, survey.request_id, survey),
            (work.timers.set, work.timers.get, timer.key, timer),
            (work.runs.save, work.runs.get, run.id, run),
        ]
        for save, get, key, record in kept:
            save(record)
            same(get(key), record)


@few
@given(data=st.data(), amount=st.decimals(-(10**9), 10**9, places=4))
def test_any_tariff_charge_and_payment(sql_database: Database, data: st.DataObject, amount: Decimal):
    place, number = places(sql_database), next(NUMBERS)
    known: dict[str, Any] = {"id": 0, "estate_id": place.estate.id}
    home = {**known, "home_id": place.home.id, "amount": amount}
    with sql_database.write() as work:
        tariff = work.fees.save_tariff(data.draw(any_of(Tariff, **known)))
        charge = work.fees.save_charge(data.draw(any_of(Charge, **home, dispute_id=None)))
        paid = any_of(Payment, **home, person_id=place.resident.id, reference=f"{number}")
        payment = work.fees.save_payment(data.draw(paid))
        assert work.fees.tariffs(place.estate.id) == (tariff,)
        assert work.fees.charge(charge.id) == charge
        assert work.fees.payment(payment.id) == payment
