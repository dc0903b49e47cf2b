"""What a conversation may see of the desk: one person's part of the world, read anew on every turn."""

from dataclasses import dataclass, replace
from datetime import datetime

from desk import discretion, lifecycle
from desk.actions.actors import resident, staff_actor
from desk.actions.joining import digest_of, look_up
from desk.calendar import slots
from desk.errors import BadCode, NotAllowed
from desk.ports import Work
from desk.records import Code, Estate, Home, Person, Queue, Request, Slot, Survey
from desk.routing import queue_for


@dataclass(frozen=True, slots=True)
class DeskView:
    """The desk as one person sees it now; it reads and never writes."""

    work: Work
    person: Person
    estate: Estate
    now: datetime

    def homes(self) -> tuple[Home, ...]:
        """Where the person lives now."""
        living = self.work.people.occupancies(self.person.id, self.now)
        return tuple(self.work.estates.home(one.home_id) for one in living)

    def at(self, home: Home) -> "DeskView":
        """The desk of the estate that this home is in: somebody may live in two."""
        return replace(self, estate=self.work.estates.get(home.estate_id))

    def queue_for(self, kind: str) -> Queue:
        """Who will deal with a kind of request."""
        return queue_for(kind, self.work.estates.queues(self.estate.id))

    def slots(self, queue: Queue) -> tuple[Slot, ...]:
        """When that queue can come."""
        return slots(queue.hours or self.estate.hours, self.estate.time_zone, self.now)

    def request(self, request_id: object) -> Request:
        """A request that is the person's own, or of an estate where the person may work on requests.

        Raises `NotAllowed` for everybody else, a guard or a fee clerk too.
        """
        if not isinstance(request_id, int):
            raise NotAllowed
        request = self.work.requests.get(request_id)
        discretion.require(self.work, request, self.person.id, self.now)
        posts = self.work.people.staff_of(self.person.id, self.now)
        at_work = any(post.estate_id == request.estate_id and post.role in lifecycle.CREW for post in posts)
        if request.resident_id != self.person.id and not at_work:
            raise NotAllowed
        return request

    def require(self, request: Request, step: str) -> None:
        """Raises `Refused` unless this person could take that step with the request now."""
        if lifecycle.STEPS[step].who == lifecycle.RESIDENT:
            actor = resident(self.person)
        else:
            actor = staff_actor(self.work, self.person, request.estate_id, self.now)
        lifecycle.check(request, lifecycle.STEPS[step], actor)

    def survey(self, request_id: object) -> Survey | None:
        """What the person said of a closed job so far."""
        return self.work.surveys.get(self.request(request_id).id)

    def code(self, code: object) -> Code | None:
        """The unspent code that somebody came in with; None once it is used."""
        try:
            return look_up(self.work, str(code), self.now)
        except BadCode:
            return None

    def used_by_me(self, code: str) -> bool:
        """Whether this very person has used the code before: who opens a link twice did nothing wrong."""
        found = self.work.people.code(digest_of(code))
        return found is not None and found.spent_by == self.person.id
