"""Filing any request: the estate's next number, the first row of its history, and the promise to respond."""

from collections.abc import Mapping

from desk import service_levels
from desk.ports import Work
from desk.records import Actor, Change, Estate, Event, Json, Request, State


def file(work: Work, request: Request, actor: Actor, data: Mapping[str, Json] | None = None) -> Change:
    """Files what somebody wants under the estate's next number."""
    filed = Event(
        request_id=0,
        estate_id=request.estate_id,
        at=request.opened_at,
        name="filed",
        actor=actor,
        before=None,
        after=State.NEW,
        data=data or {},
    )
    return work.requests.add(Change(request=request, event=filed))


def file_promised(
    work: Work, request: Request, actor: Actor, estate: Estate, data: Mapping[str, Json] | None = None
) -> Change:
    """The same, and somebody hears of it when nobody claims it in time."""
    change = file(work, request, actor, data)
    work.timers.set(service_levels.first(change.request, estate, request.opened_at))
    return change
