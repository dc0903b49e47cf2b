"""What is somebody's own: when to be disturbed, what is kept of them, and being forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from desk.actions import households, my_requests
from desk.actions.actors import Handler, resident
from desk.actions.joining import forget_guesses
from desk.errors import NotPossible
from desk.lifecycle import possible
from desk.plain import plain
from desk.ports import Work
from desk.records import NOBODY, Change, Event, Json, Notice, Person, Request, Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNotice:
    """Such notices are wanted, or not."""

    notice: Notice
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetQuiet:
    """The hours for nothing but what is urgent; None is the estate's."""

    quiet: tuple[time, time] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMe:
    """Delete what can be deleted of me."""


@dataclass(frozen=True, slots=True)
class Preferred:
    """What somebody wishes is noted."""

    person: Person


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Somebody was forgotten. `person` is who they were: whoever tells them the last thing needs the chat."""

    person: Person
    cancelled: tuple[Change, ...]


def _set_notice(work: Work, person: Person, order: SetNotice, now: datetime) -> Preferred:
    off = {*person.wishes.off} - {order.notice} if order.on else {*person.wishes.off} | {order.notice}
    return _wish(work, person, replace(person.wishes, off=tuple(sorted(off))))


def _set_quiet(work: Work, person: Person, order: SetQuiet, now: datetime) -> Preferred:
    return _wish(work, person, replace(person.wishes, quiet=order.quiet))


def _wish(work: Work, person: Person, wishes: Wishes) -> Preferred:
    return Preferred(work.people.save(replace(person, wishes=wishes)))


# ── what is kept ──


def export(work: Work, person: Person, now: datetime) -> dict[str, Json]:
    """Everything that the desk itself keeps about somebody, as they may read it."""
    return {
        "profile": plain(person, "id"),
        "homes": [_home(work, one.home_id, plain(one)) for one in work.households.of_person(person.id)],
        "asked_to_be_linked": [
            plain(one, "home_id", "settled_by") for one in work.households.knocked(person.id, _EVER)
        ],
        "posts": [plain(one) for one in work.people.staff_of(person.id, now)],
        "requests": [_request(work, one) for one in work.requests.of_resident(person.id, limit=_MOST)],
    }


_EVER, _MOST = datetime.fromisoformat("2000-01-01T00:00:00+00:00"), 10_000


def _home(work: Work, home_id: int, link: Json) -> Json:
    home = work.estates.home(home_id)
    about: dict[str, Json] = {"home": home.code, "estate": work.estates.get(home.estate_id).name}
    return about | (link if isinstance(link, dict) else {})


def _request(work: Work, request: Request) -> Json:
    kept = plain(request, "worker_id", "accused_id", "version", "escalation")
    about = kept if isinstance(kept, dict) else {}
    survey = work.surveys.get(request.id)
    return about | {
        "history": [_event(one, request) for one in work.requests.events(request.id)],
        "survey": plain(survey, "reviewed_by") if survey else None,
    }


def _event(event: Event, request: Request) -> Json:
    """A step as its resident may read it: who of the staff it was is not theirs to take along."""
    own = event.actor.person_id == request.resident_id
    kept = plain(event, "actor", "request_id", "estate_id")
    about = kept if isinstance(kept, dict) else {}
    return about | {"by": "you" if own else str(event.actor.role)}


# ── being forgotten ──


def pseudonym(person: Person) -> str:
    """What stands for the name afterwards."""
    return f"Resident {person.id}"


def in_the_way(work: Work, person: Person) -> tuple[Request, ...]:
    """Open requests that the person cannot call off alone: work has begun."""
    actor = resident(person)
    return tuple(
        one for one in households.open_requests(work, person.id) if not possible(one, "cancelled", actor)
    )


def _forget(work: Work, person: Person, order: ForgetMe, now: datetime) -> Forgotten:
    """Calls off, moves out, and leaves a pseudonym: states, times and scores stay for the audit trail."""
    if work.people.staff_of(person.id, now) or in_the_way(work, person):
        raise NotPossible
    actor = resident(person)
    waiting = households.open_requests(work, person.id)
    cancelled = tuple(my_requests.call_off(work, one, actor, "", now) for one in waiting)
    for link in work.people.occupancies(person.id, now):
        households.end(work, link, now, now, person.id)
    for knock in work.households.knocked(person.id, _EVER):
        if work.households.settle(knock.id, person.id, False, now):
            work.timers.cancel(f"knock/{knock.id}")
    forget_guesses(work, person)
    work.privacy.fade_person(person.id, pseudonym(person), now)
    left = Person(id=person.id, telegram_id=NOBODY - person.id, name=pseudonym(person), blocked=True)
    work.people.save(left)
    return Forgotten(person, cancelled)


HANDLERS: Mapping[type, Handler] = {
    SetNotice: _set_notice,
    SetQuiet: _set_quiet,
    ForgetMe: _forget,
}
