"""Filing any request: the estate's next number, the first row of its history, the promise to respond."""

from datetime import datetime

from desk import service_levels
from desk.actions.actors import resident
from desk.ports import Work
from desk.records import Change, Estate, Event, Person, Request, State


def file_request(work: Work, request: Request, person: Person, estate: Estate, now: datetime) -> Change:
    """Files what a person ordered for themselves, and starts the promise to respond."""
    filed = Event(
        request_id=0,
        estate_id=estate.id,
        at=now,
        name="filed",
        actor=resident(person),
        before=None,
        after=State.NEW,
    )
    change = work.requests.add(Change(request=request, event=filed))
    work.timers.set(service_levels.unclaimed(change.request, estate, now))
    return change
