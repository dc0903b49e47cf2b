"""What one update costs storage: python -m benchmarks.storage [--stored 1000000] [--updates 6400] [URL].

One update: its id is noted, the run gets an answer, a request is filed with its event, two messages are put
into the outbox, and the resident's own requests are read. 64 updates, each in a savepoint, share a commit.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.history import NOW, fill
from desk.mail import Outgoing, Verb
from desk.records import Actor, Change, Estate, Event, Home, Media, Person, Queue, Request, Role, State
from dialogs.engine.answers import Answers
from dialogs.engine.runs import Run
from storage.migrate import migrate
from storage.work import Database, SqlWork

BATCH = 64
PEOPLE = 500


def settle_in(work: SqlWork) -> list[Person]:
    """An estate with people who are each in a conversation."""
    estate = work.estates.save(Estate(name="Lotus Garden", time_zone="Asia/Shanghai"))
    work.estates.save_home(Home(estate_id=estate.id, code="3-2-501"))
    work.estates.save_queue(Queue(estate_id=estate.id, code="repair", title={"en": "Repairs"}))
    people = [work.people.save(Person(telegram_id=number, name="Li Wei")) for number in range(PEOPLE)]
    for person in people:
        work.runs.save(run(person, NOW))
    return people


def run(person: Person, now: datetime) -> Run:
    """A conversation with three answers."""
    answers = Answers({"home": 1, "problem": {"text": "The tap drips", "photos": []}, "at": now.isoformat()})
    return Run(
        id=f"r{person.id}",
        person_id=person.id,
        script="report_repair",
        answers=answers,
        started_at=NOW,
        touched_at=now,
    )


def filed(person: Person, now: datetime) -> Change:
    """A request with a photo."""
    request = Request(
        estate_id=1,
        resident_id=person.id,
        home_id=1,
        queue_id=1,
        kind="water.leak",
        problem="The tap in the kitchen drips and drips",
        media=(Media(kind="photo", file_id="A" * 72),),
        opened_at=now,
        respond_by=now,
        solve_by=now,
    )
    actor = Actor(role=Role.RESIDENT, person_id=person.id, name=person.name)
    event = Event(request_id=0, estate_id=1, at=now, name="filed", actor=actor, before=None, after=State.NEW)
    return Change(request=request, event=event)


def update(work: SqlWork, person: Person, number: int) -> None:
    """Everything that one update asks of storage."""
    now = NOW + timedelta(seconds=number)
    work.inbox.first_time(1, number, now)
    work.runs.save(run(person, now))
    request = work.requests.add(filed(person, now)).request
    shown = Outgoing(bot_id=1, chat_id=person.telegram_id, verb=Verb.SHOW, payload={"text": "Filed. " * 20})
    work.outbox.put(replace(shown, key=f"run/{number}"))
    work.outbox.put(replace(shown, key=f"card/{request.id}", chat_id=-1001234567890))
    work.requests.of_resident(person.id, limit=5)


def measure(database: Database, people: list[Person], first: int, updates: int) -> tuple[float, float]:
    """Microseconds of processor and of time an update."""
    processor, clock = time.process_time(), time.perf_counter()
    for start in range(first, first + updates, BATCH):
        with database.write() as work:
            for number in range(start, start + BATCH):
                with work.savepoint():
                    update(work, people[number % PEOPLE], number)
    scale = 1e6 / updates
    return (time.process_time() - processor) * scale, (time.perf_counter() - clock) * scale


def main() -> None:
    """Measures and tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--stored", type=int, default=1000)
    parser.add_argument("--updates", type=int, default=6400)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.url or f"sqlite:///{Path(folder) / 'steward.db'}"
        migrate(url)
        with Database(url) as database:
            with database.write() as work:
                people = settle_in(work)
            fill(database, chosen.stored, people=PEOPLE)
            measure(database, people, 0, BATCH * 10)
            processor, clock = measure(database, people, BATCH * 10, chosen.updates)
    sys.stdout.write(f"{chosen.stored} stored: {processor:.0f} µs processor, {clock:.0f} µs an update\n")


if __name__ == "__main__":
    main()
