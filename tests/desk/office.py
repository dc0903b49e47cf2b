"""A small housing company with two estates, kept in memory: what the rules of the desk are tried on."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar

from desk.actions import closing, dispatching, jobs, orders, reporting
from desk.actions.perform import perform
from desk.actions.reporting import ReportRepair
from desk.errors import DeskError
from desk.records import (
    SYSTEM,
    Change,
    Estate,
    Event,
    Home,
    Occupancy,
    Opening,
    Person,
    Queue,
    Request,
    Role,
    Staff,
    State,
    Survey,
    Timer,
)
from storage.memory import MemoryDatabase, MemoryWork

T = TypeVar("T")

#: a Monday, 10:00 in Shanghai
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DAILY = tuple(Opening(weekday=day, start=time(8), end=time(18)) for day in range(7))
#: what the desk may still have to do about one request
KINDS = ("assigned", "unclaimed", "question", "resume", "silence", "survey", "survey_reminder")


@dataclass
class Office:
    """Lotus Garden with everybody in it, and Rose Garden next door with a staff of its own."""

    database: MemoryDatabase = field(default_factory=MemoryDatabase)
    now: datetime = MONDAY
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lotus, self.plumbing, self.wiring, self.home = self._build("Lotus Garden")
        self.rose, self.other_queue, _, self.other_home = self._build("Rose Garden")
        self._move_in("Lin", self.home)
        self._move_in("Neighbour", self.home)
        self._move_in("Rosa", self.other_home)
        for name, role in POSTS.items():
            self.hire(name, role)
        self.hire("Electrician", Role.WORKER, queues=(self.wiring.id,))
        self.hire("Plumber of Rose", Role.WORKER, estate=self.rose)
        self.hire("Manager of Rose", Role.MANAGER, estate=self.rose)
        self.person("Stranger")

    def _build(self, name: str) -> tuple[Estate, Queue, Queue, Home]:
        def build(work: MemoryWork) -> tuple[Estate, Queue, Queue, Home]:
            estate = work.estates.save(Estate(name=name, time_zone="Asia/Shanghai", hours=DAILY))
            queues = [
                work.estates.save_queue(
                    Queue(estate_id=estate.id, code=code, title={"en": code}, kinds=(code,))
                )
                for code in ("plumbing", "electrical")
            ]
            home = work.estates.save_home(Home(estate_id=estate.id, code="1-1-101"))
            return estate, queues[0], queues[1], home

        return self.write(build)

    def write(self, act: Callable[[MemoryWork], T]) -> T:
        """One transaction."""
        with self.database.write() as work:
            return act(work)

    def read(self, look: Callable[[MemoryWork], T]) -> T:
        """One look at what is committed."""
        with self.database.read() as work:
            return look(work)

    # ── people ──

    def person(self, name: str) -> Person:
        """Somebody by name; met for the first time, they are noted."""
        if name not in self.people:
            newcomer = Person(telegram_id=100 + len(self.people), name=name, language="en")
            self.people[name] = self.write(lambda work: work.people.save(newcomer))
        return self.people[name]

    def _move_in(self, name: str, home: Home) -> None:
        person = self.person(name)
        living = Occupancy(
            person_id=person.id, home_id=home.id, estate_id=home.estate_id, since=MONDAY - 9 * DAY
        )
        self.write(lambda work: work.people.occupy(living))

    def neighbour(self, name: str, code: str) -> Home:
        """They live in another home of Lotus Garden."""
        home = self.write(lambda work: work.estates.save_home(Home(estate_id=self.lotus.id, code=code)))
        self._move_in(name, home)
        return home

    def move_out(self, name: str) -> None:
        """They live nowhere any more."""
        person = self.person(name).id
        with self.database.write() as work:
            for living in work.people.occupancies(person, self.now):
                work.people.occupy(replace(living, until=self.now))

    def hire(
        self, name: str, role: Role, *, estate: Estate | None = None, queues: tuple[int, ...] = ()
    ) -> None:
        """They hold a post."""
        post = Staff(
            person_id=self.person(name).id,
            estate_id=(estate or self.lotus).id,
            role=role,
            badge=name[:2],
            queues=queues,
            since=MONDAY - 9 * DAY,
        )
        self.write(lambda work: work.people.hire(post))

    def dismiss(self, name: str) -> None:
        """They hold no post any more."""
        person = self.person(name).id
        with self.database.write() as work:
            for post in work.people.staff_of(person, self.now):
                work.people.hire(replace(post, until=self.now))

    # ── orders ──

    def order(self, name: str, order: object) -> Any:
        """They order something, now."""
        return self.write(lambda work: perform(work, self.person(name), order, self.now))

    def tried(self, name: str, order: object) -> DeskError | None:
        """They try to order something; whatever was done is committed, also when it was refused."""

        def attempt(work: MemoryWork) -> DeskError | None:
            try:
                perform(work, self.person(name), order, self.now)
            except DeskError as refusal:
                return refusal
            return None

        return self.write(attempt)

    def repair(self, name: str = "Lin", **changes: Any) -> ReportRepair:
        """What a resident would send."""
        home = self.home if name != "Rosa" else self.other_home
        known: dict[str, Any] = {"kind": "leak", "problem": "The tap drips", "home_id": home.id}
        return ReportRepair(**({"resident_id": self.person(name).id} | known | changes))

    def file(self, name: str = "Lin", **changes: Any) -> int:
        """A new request; its id."""
        change: Change = self.order(name, self.repair(name, **changes))
        return change.request.id

    def claimed(self, worker: str = "Wang") -> int:
        """A request that somebody has claimed."""
        number = self.file()
        self.order(worker, orders.Claim(request_id=number))
        return number

    def finished(self, worker: str = "Wang") -> int:
        """A request that its worker calls done."""
        number = self.claimed(worker)
        self.order(worker, orders.Finish(request_id=number, note="New washer"))
        return number

    def closed(self) -> int:
        """A request that its resident calls fixed."""
        number = self.finished()
        self.order("Lin", orders.Confirm(request_id=number))
        return number

    def asked(self) -> int:
        """A closed request whose resident was asked for a score."""
        number = self.closed()
        self.later(2 * HOUR)
        self.fire("survey", number)
        return number

    # ── time ──

    def later(self, by: timedelta) -> None:
        """Time passes; nothing fires by itself."""
        self.now += by

    def fire(self, kind: str, number: int) -> Any:
        """Fires one timer as the clockwork does: taken first, then acted upon."""
        return self.write(lambda work: fire(work, kind, number, self.now))

    # ── what is there ──

    def request(self, number: int) -> Request:
        """The request as it is."""
        return self.read(lambda work: work.requests.get(number))

    def state(self, number: int) -> State:
        """Where it stands."""
        return self.request(number).state

    def events(self, number: int) -> tuple[Event, ...]:
        """Its history."""
        return self.read(lambda work: work.requests.events(number))

    def survey(self, number: int) -> Survey | None:
        """What its resident said."""
        return self.read(lambda work: work.surveys.get(number))

    def timer(self, kind: str, number: int) -> Timer | None:
        """One timer of a request."""
        return self.read(lambda work: work.timers.get(f"{kind}/{number}"))

    def timers(self, number: int) -> set[str]:
        """Which timers a request has."""
        return {kind for kind in KINDS if self.timer(kind, number) is not None}

    def due_in(self, kind: str, number: int) -> timedelta:
        """How long until that timer fires."""
        timer = self.timer(kind, number)
        assert timer is not None
        return timer.due_at - self.now


POSTS = {
    "Wang": Role.WORKER,
    "Zhao": Role.WORKER,
    "Guard": Role.GUARD,
    "Fees": Role.FEES,
    "Dai": Role.DISPATCHER,
    "Mei": Role.MANAGER,
    "Olga": Role.OWNER,
}


def fire(work: MemoryWork, kind: str, number: int, now: datetime) -> Any:
    """What `bot.clockwork` does with a timer that is due."""

    timer = work.timers.get(f"{kind}/{number}")
    assert timer is not None, f"no timer {kind}"
    work.timers.cancel(timer.key)
    request = work.requests.get(number)
    match kind:
        case "unclaimed":
            return reporting.unclaimed(work, request, SYSTEM, now)
        case "silence":
            return closing.close_unanswered(work, request, now)
        case "survey":
            return closing.ask_score(work, request, now)
        case "survey_reminder":
            return closing.remind(work, request.id, now)
        case "question":
            reminders = timer.payload["reminders"]
            assert isinstance(reminders, int)
            return jobs.unanswered(work, request, reminders, now)
        case "assigned":
            return dispatching.not_accepted(work, request, now)
        case _:
            return jobs.resume(work, request, SYSTEM, now) if request.state is State.ON_HOLD else None
