"""Every query of an update's way is answered by an index, however much is stored.

The statements are taken as they are run, so that the test looks at the very words that the database gets.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Engine, event

from desk.mail import Delivery, Fate, Verb
from desk.records import Change, Code, Occupancy, Role, Staff, State, Survey, Timer
from dialogs.engine.runs import RunState
from storage.link import Link
from storage.work import Database, SqlWork
from tests.contracts.samples import (
    BOT,
    CHAT,
    CLAIMED,
    HOUR,
    NOW,
    Place,
    event as signed,
    file,
    mail,
    run,
    sent,
    settled,
)
from tests.contracts.test_fees import charge as bill
from tests.contracts.test_visitors import arrive, note

run_by_link = Link.run
Statements = list[tuple[str, Any]]
Step = Callable[[SqlWork, Place], object]


@contextmanager
def listening() -> Iterator[Statements]:
    """Every statement that is run inside, with its parameters."""
    heard: Statements = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool):
        heard.append((statement, parameters[0] if many else parameters))

    def note_and_run(link: Link, text: str, parameters: Any, *, many: bool = False) -> Any:
        note(link, None, text, parameters, None, many)
        return run_by_link(link, text, parameters, many=many)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with patch.object(Link, "run", note_and_run):  # past SQLAlchemy's events
            yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def claim(work: SqlWork, place: Place) -> None:
    new = file(work, place)
    work.requests.record(Change(request=replace(new, **CLAIMED), event=signed(new, "claimed")))


def deliver(work: SqlWork, _: Place) -> None:
    for key, verb in (("a", Verb.REPOST), ("b", Verb.SHOW)):
        work.outbox.put(mail(key, verb=verb))
    first, second = work.outbox.waiting(BOT, NOW)
    work.outbox.settle([sent(first), Delivery(outgoing=second, fate=Fate.REFUSED)], NOW)
    work.outbox.postpone(second, NOW)
    work.outbox.forget(BOT, CHAT, "a")


def converse(work: SqlWork, place: Place) -> None:
    started = run("k3f9", place.resident)
    for state in (RunState.OPEN, RunState.OPEN, RunState.PARKED):
        work.runs.save(replace(started, state=state))


def survey(work: SqlWork, place: Place) -> None:
    request = file(work, place)
    asked = Survey(
        request_id=request.id, estate_id=place.estate.id, resident_id=place.resident.id, asked_at=NOW
    )
    work.surveys.save(asked)
    work.surveys.get(request.id)


def move_in(work: SqlWork, place: Place) -> None:
    work.people.issue(Code(hash="a", estate_id=place.estate.id, issued_at=NOW, expires_at=NOW + HOUR))
    work.people.code("a")
    work.people.spend("a", place.resident.id, NOW)
    person, estate = place.resident.id, place.estate.id
    work.people.occupy(Occupancy(person_id=person, home_id=place.home.id, estate_id=estate, since=NOW))
    work.people.hire(Staff(person_id=person, estate_id=estate, role=Role.WORKER, since=NOW))


def tick(work: SqlWork, _: Place) -> None:
    work.timers.set(Timer(key="a", kind="b", due_at=NOW))
    work.timers.take(NOW)
    work.timers.get("a")
    work.timers.cancel("a")


def set_aside(work: SqlWork, _: Place) -> None:
    for _attempt in range(3):
        work.inbox.failed(BOT, 1, "", "{}", NOW)
    work.dead_letters.waiting(BOT)
    work.dead_letters.count(BOT)
    work.dead_letters.get(BOT, 1)
    work.dead_letters.ask(BOT, 1, NOW)
    work.dead_letters.asked(BOT)
    work.dead_letters.drop(BOT, 1)


def resend(work: SqlWork, _: Place) -> None:
    work.outbox.put(mail("a"))
    (put,) = work.outbox.waiting(BOT, NOW)
    work.outbox.settle([Delivery(outgoing=put, fate=Fate.REFUSED)], NOW)
    work.outbox.resend(BOT, put.id, NOW)
    work.outbox.drop(BOT, put.id)


def keep_the_gate(work: SqlWork, place: Place) -> None:
    visitor = note(work, place, plate="A1", code_hash="h")
    arrive(work, visitor)
    estate = place.estate.id
    work.visitors.events(visitor.id)
    work.visitors.of_host(place.resident.id)
    work.visitors.open_in_home(place.home.id)
    work.visitors.by_code(estate, "h")
    work.visitors.by_plate(estate, "A1")
    work.visitors.by_name(estate, "x", NOW, NOW + HOUR, 9)
    work.visitors.forget_words(visitor.id)
    work.visitors.key(estate)


def keep_the_books(work: SqlWork, place: Place) -> None:
    home, estate = place.home.id, place.estate.id
    charge = work.fees.save_charge(bill(place))
    work.fees.save_charge(charge)
    work.fees.charge(charge.id)
    work.fees.charges(home)
    work.fees.charges_in(estate, charge.period)
    work.fees.payments(home)
    work.fees.by_reference(estate, "A-1")
    work.fees.readings(1)


HOT: dict[str, Step] = {
    "keep the books": keep_the_books,
    "who owes": lambda work, place: work.fees.standings(place.estate.id, NOW.date()),
    "tariffs": lambda work, place: work.fees.tariffs(place.estate.id),
    "meters": lambda work, place: work.fees.meters(place.estate.id),
    "keep the gate": keep_the_gate,
    "who is expected": lambda work, place: work.visitors.at_gate(place.estate.id, NOW, NOW + HOUR, 9),
    "take in": lambda work, place: work.inbox.first_time(BOT, 1, NOW),
    "fail": lambda work, place: work.inbox.failed(BOT, 1, "", "", NOW),
    "who": lambda work, place: work.people.by_telegram(place.resident.telegram_id),
    "person": lambda work, place: work.people.get(place.resident.id),
    "where": lambda work, place: work.people.occupancies(place.resident.id, NOW),
    "posts": lambda work, place: work.people.staff_of(place.resident.id, NOW),
    "colleagues": lambda work, place: work.people.staff(place.estate.id, NOW),
    "managers": lambda work, place: work.people.staff(place.estate.id, NOW, Role.MANAGER),
    "move in": move_in,
    "estate": lambda work, place: work.estates.get(place.estate.id),
    "queues": lambda work, place: work.estates.queues(place.estate.id),
    "homes": lambda work, place: work.estates.homes(place.estate.id),
    "file": file,
    "claim": claim,
    "request": lambda work, place: work.requests.get(file(work, place).id),
    "number": lambda work, place: work.requests.by_number(place.estate.id, 1),
    "history": lambda work, place: work.requests.events(1),
    "of resident": lambda work, place: work.requests.of_resident(place.resident.id),
    "of worker": lambda work, place: work.requests.of_worker(place.worker.id),
    "find": lambda work, place: work.requests.find(place.estate.id),
    "find new": lambda work, place: work.requests.find(place.estate.id, states=[State.NEW]),
    "find between": lambda work, place: work.requests.find(place.estate.id, since=NOW, until=NOW + HOUR),
    "survey": survey,
    "reviews": lambda work, place: work.surveys.reviews(place.estate.id),
    "timers": tick,
    "next timer": lambda work, place: work.timers.next_due(),
    "deliver": deliver,
    "sweep": lambda work, place: work.sweep(BOT, NOW),
    "overdue": lambda work, place: work.timers.overdue(NOW),
    "backlog": lambda work, place: work.outbox.backlog(BOT, NOW),
    "refused count": lambda work, place: work.outbox.refused_count(BOT),
    "refusal": lambda work, place: work.outbox.refusal(BOT, 1),
    "resend": resend,
    "dead letters": set_aside,
    "open by state": lambda work, place: work.requests.open_by_state(),
    "depth": lambda work, place: work.outbox.depth(BOT),
    "message": lambda work, place: work.outbox.message(BOT, CHAT, "a"),
    "refused": lambda work, place: work.outbox.refused(BOT),
    "converse": converse,
    "open run": lambda work, place: work.runs.open(place.resident.id),
    "parked run": lambda work, place: work.runs.parked(place.resident.id),
    "run": lambda work, place: work.runs.get("k3f9"),
}

#: the few queues, posts and homes of one person or estate may be sorted; what grows without end may not
MAY_SORT = {
    "open by state",
    "queues",
    "where",
    "posts",
    "colleagues",
    "managers",
    "tariffs",
    "meters",
    "who owes",
}

#: an index over only what is open may be read through
OPEN_ONLY = "SCAN requests USING COVERING INDEX ix_requests_open_queue"


def given(parameters: Any) -> Any:
    """As SQLAlchemy wants them: it takes a list for many sets of parameters."""
    return tuple(parameters) if isinstance(parameters, list) else parameters


def plans(work: SqlWork, explain: str, step: Callable[[], object]) -> Iterator[str]:
    """The plan of every statement of a step, one line each."""
    with listening() as heard:
        step()
    for statement, parameters in heard:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            rows = work.connection.exec_driver_sql(f"{explain} {statement}", given(parameters)).all()
            yield "\n".join([statement, *(str(row[-1]) for row in rows)])


@pytest.mark.parametrize("name", HOT)
def test_sqlite_searches_and_never_scans(sqlite_database: Database, name: str):
    place = settled(sqlite_database)
    with sqlite_database.write() as work:
        for plan in plans(work, "EXPLAIN QUERY PLAN", lambda: HOT[name](work, place)):
            assert "SCAN" not in plan.replace(OPEN_ONLY, ""), plan
            assert name in MAY_SORT or "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize("name", HOT)
def test_postgres_could_do_without_reading_a_table_through(postgres_database: Database, name: str):
    place = settled(postgres_database)
    with postgres_database.write() as work:
        # on a handful of rows it would rightly read them all
        work.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for plan in plans(work, "EXPLAIN", lambda: HOT[name](work, place)):
            assert "Seq Scan" not in plan, plan
