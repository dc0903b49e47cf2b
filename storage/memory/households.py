"""Who lives in a home, who asks to, and forgetting; in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from desk.errors import NotFound
from desk.mail import Outgoing
from desk.records import Code, Details, Event, Knock, Occupancy, Request, Survey
from desk.records.visitors import VisitEvent
from dialogs.engine.runs import Run
from storage.memory.desk import REQUEST_MARKS, SURVEY_MARKS
from storage.memory.outbox import Message, Settled, Waiting
from storage.memory.people import in_force
from storage.memory.shelves import Room, Shelf


class MemoryHouseholds:
    """`desk.ports.Households` in memory."""

    def __init__(self, room: Room) -> None:
        self._occupancies = Shelf(room, "occupancies", Occupancy, ["person_id", "home_id", "until"])
        self._knocks = Shelf(room, "knocks", Knock, ["person_id", "estate_id", "settled_at"])
        self._codes = Shelf(room, "codes", Code)

    def living_in(self, home_id: int, now: datetime) -> tuple[Occupancy, ...]:
        """Who belongs to a home now, the longest first."""
        return _by_age(one for one in self._occupancies.where(home_id=home_id) if in_force(one, now))

    def occupancy(self, occupancy_id: int) -> Occupancy:
        """One person's link to one home, ended or not; raises `NotFound`."""
        if found := self._occupancies.get(occupancy_id):
            return found
        raise NotFound

    def of_person(self, person_id: int) -> tuple[Occupancy, ...]:
        """Every link that a person has or had, the oldest first."""
        return _by_age(self._occupancies.where(person_id=person_id))

    def knock(self, knock: Knock) -> Knock:
        """Notes that somebody asks to be linked."""
        knock = replace(knock, id=knock.id or self._knocks.next_id())
        self._knocks.put(knock.id, knock)
        return knock

    def knock_of(self, knock_id: int) -> Knock:
        """The one with this number; raises `NotFound`."""
        if found := self._knocks.get(knock_id):
            return found
        raise NotFound

    def settle(self, knock_id: int, by: int | None, granted: bool, now: datetime) -> bool:
        """Answers it; False if somebody was quicker."""
        knock = self._knocks.get(knock_id)
        if knock is None or knock.settled_at is not None:
            return False
        self._knocks.put(knock_id, replace(knock, settled_at=now, settled_by=by, granted=granted))
        return True

    def knocked(self, person_id: int, since: datetime) -> tuple[Knock, ...]:
        """What a person asked since then, the oldest first."""
        return _in_line(one for one in self._knocks.where(person_id=person_id) if one.asked_at >= since)

    def waiting(self, estate_id: int, limit: int = 50) -> tuple[Knock, ...]:
        """What nobody has answered yet, the longest waiting first."""
        return _in_line(self._knocks.where(estate_id=estate_id, settled_at=None))[:limit]

    def void_codes(self, home_id: int, issued_by: int, now: datetime) -> int:
        """Makes the unspent codes worthless that somebody made for a home; how many they were."""
        found = [
            one
            for one in self._codes.all()
            if (one.home_id, one.issued_by, one.spent_at) == (home_id, issued_by, None)
            and one.expires_at > now
        ]
        for one in found:
            self._codes.put(one.hash, replace(one, expires_at=now))
        return len(found)

    def sweep(self, before: datetime, limit: int) -> int:
        """Forgets what was answered before then."""
        return self._knocks.sweep(lambda one: one.settled_at is not None and one.settled_at < before, limit)


def _by_age(found: Iterable[Occupancy]) -> tuple[Occupancy, ...]:
    return tuple(sorted(found, key=lambda one: (one.since, one.id)))


def _in_line(found: Iterable[Knock]) -> tuple[Knock, ...]:
    return tuple(sorted(found, key=lambda one: (one.asked_at, one.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Faded:
    """When the words of a request were forgotten."""

    at: datetime


class MemoryPrivacy:
    """`desk.ports.Privacy` in memory."""

    def __init__(self, room: Room) -> None:
        self._requests = Shelf(room, "requests", Request, REQUEST_MARKS)
        self._events = Shelf(room, "events", Event, ["request_id"])
        self._surveys = Shelf(room, "surveys", Survey, SURVEY_MARKS)
        self._visits = Shelf(room, "visitor_events", VisitEvent, ["visitor_id"])
        self._faded = Shelf(room, "faded", Faded)
        self._runs = Shelf(room, "runs", Run, ["person_id", "state"])
        self._knocks = Shelf(room, "knocks", Knock, ["person_id", "estate_id", "settled_at"])
        place = ["outgoing.bot_id", "outgoing.chat_id", "outgoing.key"]
        self._mail = Shelf(room, "outbox", Waiting, place)
        self._settled = Shelf(room, "settled", Settled)
        self._messages = Shelf(room, "messages", Message, ["chat_id"])

    def fade(self, estate_id: int, before: datetime, now: datetime, limit: int = 500) -> int:
        """Drops words, pictures and details of requests that were closed before then."""
        old = [one for one in self._requests.where(estate_id=estate_id) if _closed_before(one, before)]
        return self._fade(sorted(old, key=lambda one: one.closed_at or now), now, limit)

    def fade_person(self, person_id: int, pseudonym: str, now: datetime) -> int:
        """Drops the same of all closed requests of a person, and puts the pseudonym for the name."""
        for event in self._events.all():
            if event.actor.person_id == person_id:
                self._events.put(event.id, replace(event, actor=replace(event.actor, name=pseudonym)))
        mine = self._requests.where(resident_id=person_id)
        for visit in self._visits.all():
            if visit.actor.person_id == person_id:
                self._visits.put(visit.id, replace(visit, actor=replace(visit.actor, name=pseudonym)))
        return self._fade([one for one in mine if not one.state.open], now)

    def drop_talks(self, person_id: int) -> None:
        """Drops a person's conversations, and what they wrote when asking to be linked."""
        for run in self._runs.where(person_id=person_id):
            self._runs.remove(run.id)
        for knock in self._knocks.where(person_id=person_id):
            self._knocks.put(knock.id, replace(knock, door="", words=""))

    def drop_mail(self, chat_id: int, before: datetime) -> None:
        """Drops all mail for a private chat that was written before then, and where its messages are."""
        for waiting in self._mail.all():
            if _of(waiting.outgoing, chat_id, before):
                self._mail.remove(waiting.outgoing.id)
        for settled in self._settled.all():
            if _of(settled.delivery.outgoing, chat_id, before):
                self._settled.remove(settled.delivery.outgoing.id)
        for message in self._messages.where(chat_id=chat_id):
            self._messages.remove((message.bot_id, message.chat_id, message.key))

    def _fade(self, found: list[Request], now: datetime, limit: int | None = None) -> int:
        fresh = [one for one in found if self._faded.get(one.id) is None][:limit]
        for request in fresh:
            self._faded.put(request.id, Faded(at=now))
            self._requests.put(request.id, replace(request, problem="", media=(), details=Details()))
            for event in self._events.where(request_id=request.id):
                self._events.put(event.id, replace(event, why="", data={}))
            if survey := self._surveys.get(request.id):
                self._surveys.put(request.id, replace(survey, words=""))
        return len(fresh)


def _of(mail: Outgoing, chat_id: int, before: datetime) -> bool:
    return mail.chat_id == chat_id and (mail.since is None or mail.since < before)


def _closed_before(request: Request, before: datetime) -> bool:
    return request.closed_at is not None and request.closed_at < before
