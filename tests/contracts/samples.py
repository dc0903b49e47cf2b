"""A small estate to try things on, and shorthand for records."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desk.mail import Delivery, Fate, Outgoing, Verb
from desk.records import Actor, Change, Estate, Event, Home, Person, Queue, Request, Role, State
from dialogs.engine.runs import Run
from storage.memory import MemoryDatabase, MemoryWork
from storage.work import Database, SqlWork

Store = Database | MemoryDatabase
Work = SqlWork | MemoryWork

NOW = datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BOT = 7_000_000_001
CHAT = 6_000_000_002


@dataclass(frozen=True)
class Place:
    """An estate with one home, one queue, a resident and a worker."""

    estate: Estate
    home: Home
    queue: Queue
    resident: Person
    worker: Person


def settle_in(work: Work, name: str = "Lotus Garden") -> Place:
    """Builds the estate."""
    estate = work.estates.save(Estate(name=name, time_zone="Asia/Shanghai", languages=("zh_CN", "en")))
    return Place(
        estate=estate,
        home=work.estates.save_home(Home(estate_id=estate.id, code="3-2-501")),
        queue=work.estates.save_queue(Queue(estate_id=estate.id, code="repair", title={"en": "Repairs"})),
        resident=work.people.save(Person(telegram_id=estate.id * 10, name="Li Wei")),
        worker=work.people.save(Person(telegram_id=estate.id * 10 + 1, name="王师傅")),
    )


def settled(database: Store, name: str = "Lotus Garden") -> Place:
    """Builds the estate in a transaction of its own."""
    with database.write() as work:
        return settle_in(work, name)


def need(place: Place, **changes: Any) -> Request:
    """A request that is not filed yet."""
    values: dict[str, Any] = {
        "estate_id": place.estate.id,
        "resident_id": place.resident.id,
        "home_id": place.home.id,
        "queue_id": place.queue.id,
        "kind": "water.leak",
        "problem": "The tap drips",
        "opened_at": NOW,
        "respond_by": NOW + HOUR,
        "solve_by": NOW + 24 * HOUR,
    }
    return Request(**(values | changes))


def event(request: Request, name: str = "filed", **changes: Any) -> Event:
    """An event of a request, signed by its resident."""
    values: dict[str, Any] = {
        "request_id": request.id,
        "estate_id": request.estate_id,
        "at": request.opened_at,
        "name": name,
        "actor": Actor(role=Role.RESIDENT, person_id=request.resident_id, name="Li Wei"),
        "before": None,
        "after": request.state,
    }
    return Event(**(values | changes))


def file(work: Work, place: Place, **changes: Any) -> Request:
    """A request that is filed."""
    request = need(place, **changes)
    return work.requests.add(Change(request=request, event=event(request))).request


def mail(key: str = "", text: str = "hello", **changes: Any) -> Outgoing:
    """A message to be shown, or said if it has no key."""
    values: dict[str, Any] = {"bot_id": BOT, "chat_id": CHAT, "key": key, "payload": {"text": text}}
    values["verb"] = Verb.SHOW if key else Verb.SAY
    return Outgoing(**(values | changes))


def sent(outgoing: Outgoing, message_id: int | None = 1) -> Delivery:
    """That a message was sent."""
    return Delivery(outgoing=outgoing, fate=Fate.SENT, message_id=message_id)


class Broken(Exception):
    """What goes wrong in tests."""


@contextmanager
def breaks(inside: AbstractContextManager[Any]) -> Iterator[Any]:
    """Something that goes wrong at its end, which has to come out of it."""
    with pytest.raises(Broken), inside as entered:  # noqa: PT012 - that is the point
        yield entered
        raise Broken


def run(id: str, person: Person, **changes: Any) -> Run:
    """A conversation of a person."""
    values: dict[str, Any] = {"script": "report_repair", "started_at": NOW, "touched_at": NOW}
    return Run(id=id, person_id=person.id, **(values | changes))


#: what claiming changes of a new request
CLAIMED: dict[str, Any] = {"state": State.ACCEPTED, "version": 2}
