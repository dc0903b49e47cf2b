"""What a conversation may see of the desk: one person's part of the world, read anew on every turn."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from desk import discretion, lifecycle
from desk.actions import households
from desk.actions.actors import resident, staff_actor
from desk.actions.joining import digest_of, look_up
from desk.calendar import EVERY_WEEK, OFFERED, Days, slots
from desk.catalogue import Catalogue, catalogue
from desk.errors import BadCode, Conflict, NotAllowed
from desk.ports import Work
from desk.records import Code, Estate, Home, Knock, Occupancy, Person, Queue, Request, Slot, Survey
from desk.routing import queue_for, queue_of
from desk.taxonomy import Kind


def every_week(estate: Estate) -> Days:
    """No holidays."""
    return EVERY_WEEK


@dataclass(frozen=True, slots=True)
class DeskView:
    """The desk as one person sees it now; it reads and never writes."""

    work: Work
    person: Person
    estate: Estate
    now: datetime
    #: what the country's calendar makes of an estate's week
    days: Callable[[Estate], Days] = every_week

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

    def slots(self, queue: Queue, count: int = OFFERED) -> tuple[Slot, ...]:
        """When that queue can come next."""
        hours = queue.hours or self.estate.hours
        return slots(hours, self.estate.time_zone, self.now, count, days=self.days(self.estate))

    def catalogue(self) -> Catalogue:
        """What can be asked for here."""
        return catalogue(self.work, self.estate.id)

    def queue_of(self, kind: Kind) -> Queue:
        """Who will deal with a kind of request, as the estate wants it."""
        return queue_of(kind, self.work.estates.queues(self.estate.id))

    def request(self, request_id: object) -> Request:
        """A request that is the person's own, or of an estate where the person may work on requests.

        Raises `NotAllowed` for everybody else, a guard too; a fee clerk sees what is about a bill.
        """
        if not isinstance(request_id, int):
            raise NotAllowed
        request = self.work.requests.get(request_id)
        discretion.require(self.work, request, self.person.id, self.now)
        posts = self.work.people.staff_of(self.person.id, self.now)
        here = [post.role for post in posts if post.estate_id == request.estate_id]
        at_work = any(role in lifecycle.CREW or lifecycle.may_clerk(role, request) for role in here)
        if request.resident_id != self.person.id and not at_work:
            raise NotAllowed
        return request

    def shared(self, request_id: object) -> Request:
        """A request that the person follows, or may see anyhow; raises `NotAllowed`."""
        if isinstance(request_id, int) and self.work.followers.get(request_id, self.person.id) is not None:
            return self.work.requests.get(request_id)
        return self.request(request_id)

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

    # ── households ──

    def estates(self) -> tuple[Estate, ...]:
        """Every estate; their names are no secret."""
        return self.work.estates.all()

    def may_knock(self) -> bool:
        """Whether the person may ask once more today to be linked."""
        return households.may_knock(self.work, self.person, self.now)

    def knock(self, knock_id: object) -> Knock:
        """Somebody's wish to be linked that this person may answer, and nobody has; raises `NotAllowed`."""
        knock = self.work.households.knock_of(knock_id) if isinstance(knock_id, int) else None
        if knock is None or not households.answerable(self.work, self.person, knock, self.now):
            raise NotAllowed
        if knock.settled_at is not None:
            raise Conflict
        return knock

    def in_office(self, estate_id: int) -> bool:
        """Whether the person belongs to the office of an estate."""
        return households.in_office(self.work, self.person.id, estate_id, self.now)

    def home_at(self, door: str) -> Home | None:
        """The home with this door, which only the office may look for; raises `NotAllowed`."""
        if not self.in_office(self.estate.id):
            raise NotAllowed
        return households.home_at(self.work, self.estate.id, door)

    def owned(self, home_id: object) -> Home:
        """A home about which the person may decide; raises `NotAllowed`."""
        if not isinstance(home_id, int) or not households.owns(self.work, self.person.id, home_id, self.now):
            raise NotAllowed
        return self.work.estates.home(home_id)

    def link(self, occupancy_id: object) -> Occupancy:
        """Somebody's link to a home, still in force, that this person may end; raises `NotAllowed`."""
        link = self.work.households.occupancy(occupancy_id) if isinstance(occupancy_id, int) else None
        if link is None or not households.may_end(self.work, self.person, link, self.now):
            raise NotAllowed
        if link.until is not None and link.until <= self.now:
            raise NotAllowed
        return link

    def only_owner(self, home_id: int) -> bool:
        """Whether the person is the only one who may decide about a home."""
        return households.owners(self.work, home_id, self.now) == (self.person.id,)

    def open_requests(self, home_id: int | None = None) -> tuple[Request, ...]:
        """What the person reported that is still open, of one home or at all."""
        return households.open_requests(self.work, self.person.id, home_id)
