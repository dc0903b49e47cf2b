"""What the desk needs kept, as protocols; `storage` implements them in SQL and in memory."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desk.figures import Move, Score, Standing
from desk.mail import Backlog, Delivery, Outgoing
from desk.records import (
    Change,
    Code,
    Estate,
    Event,
    Home,
    Occupancy,
    Person,
    Queue,
    Request,
    Role,
    Staff,
    State,
    Survey,
    Timer,
)


class Unavailable(Exception):
    """What is kept cannot be reached or written at the moment; nothing was changed. It is no fault of the
    work that was to be done, which may be tried again later."""


class Busy(Unavailable):
    """Somebody else is writing at the moment."""


class Estates(Protocol):
    """Estates with their homes and queues."""

    def all(self) -> tuple[Estate, ...]:
        """Every estate, by id."""

    def get(self, estate_id: int) -> Estate:
        """The estate; raises `NotFound`."""

    def save(self, estate: Estate) -> Estate:
        """Adds it (id 0) or replaces it; names are unique."""

    def home(self, home_id: int) -> Home:
        """The home; raises `NotFound`."""

    def homes(self, estate_id: int) -> tuple[Home, ...]:
        """All homes of an estate, by code."""

    def save_home(self, home: Home) -> Home:
        """Adds it (id 0) or replaces it; codes are unique in an estate."""

    def queue(self, queue_id: int) -> Queue:
        """The queue; raises `NotFound`."""

    def queues(self, estate_id: int) -> tuple[Queue, ...]:
        """All queues of an estate, in the order they were added."""

    def save_queue(self, queue: Queue) -> Queue:
        """Adds it (id 0) or replaces it; codes are unique in an estate."""


class People(Protocol):
    """Persons, where they live, and what they may do."""

    def get(self, person_id: int) -> Person:
        """The person; raises `NotFound`."""

    def by_telegram(self, telegram_id: int) -> Person | None:
        """Who writes from this Telegram account."""

    def save(self, person: Person) -> Person:
        """Adds (id 0) or replaces."""

    def occupancies(self, person_id: int, now: datetime) -> tuple[Occupancy, ...]:
        """The homes a person lives in now, the longest first."""

    def occupy(self, occupancy: Occupancy) -> Occupancy:
        """Adds (id 0) or replaces; living there already changes nothing."""

    def staff(self, estate_id: int, now: datetime, role: Role | None = None) -> tuple[Staff, ...]:
        """Who works for an estate now (in a role)."""

    def staff_of(self, person_id: int, now: datetime) -> tuple[Staff, ...]:
        """Which posts a person holds now."""

    def hire(self, staff: Staff) -> Staff:
        """Adds (id 0) or replaces; the same person, estate and role is one post."""

    def issue(self, code: Code) -> None:
        """Keeps the hash of a new code."""

    def code(self, hash: str) -> Code | None:
        """The code with this hash, spent or not."""

    def spend(self, hash: str, person_id: int, now: datetime) -> bool:
        """Marks an unspent, unexpired code as spent in one conditional update; False if it was not."""


class Requests(Protocol):
    """Requests and their audit trail."""

    def get(self, request_id: int) -> Request:
        """The request; raises `NotFound`."""

    def by_number(self, estate_id: int, number: int) -> Request | None:
        """The request that a person quotes."""

    def add(self, change: Change) -> Change:
        """Files a new request under the estate's next number; both come back with their ids."""

    def record(self, change: Change) -> Change:
        """Writes the next version and its event; raises `Conflict` if somebody was quicker."""

    def events(self, request_id: int) -> tuple[Event, ...]:
        """Its history, oldest first."""

    def last_event(self, request_id: int) -> Event:
        """What happened to it last; raises `NotFound`."""

    def of_resident(self, person_id: int, limit: int = 20) -> tuple[Request, ...]:
        """What a person reported, newest first."""

    def open_by_state(self) -> Mapping[State, int]:
        """How many are open in each state, over all estates."""

    def of_worker(self, person_id: int) -> tuple[Request, ...]:
        """Open work of a worker, oldest first."""

    def find(
        self,
        estate_id: int,
        *,
        states: Collection[State] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
    ) -> tuple[Request, ...]:
        """Requests of an estate in these states (all if none), opened in [since, until), oldest first."""


class Surveys(Protocol):
    """What residents said of closed jobs."""

    def get(self, request_id: int) -> Survey | None:
        """The survey of a request, once asked."""

    def save(self, survey: Survey) -> None:
        """Adds or replaces."""

    def reviews(self, estate_id: int, limit: int = 50) -> tuple[Survey, ...]:
        """Low scores that no manager has looked into yet, the most urgent first."""


class Timers(Protocol):
    """What is to happen later."""

    def set(self, timer: Timer) -> None:
        """Adds the timer, or moves the one with its key."""

    def cancel(self, key: str) -> None:
        """Drops it if it is there."""

    def get(self, key: str) -> Timer | None:
        """The timer with this key, if it is still to come."""

    def take(self, now: datetime, limit: int = 100) -> tuple[Timer, ...]:
        """Due timers, locked until this transaction ends; each is then cancelled or set anew."""

    def next_due(self) -> datetime | None:
        """When the earliest one is due."""

    def overdue(self, now: datetime) -> int:
        """How many are due."""


class Outbox(Protocol):
    """Mail on its way, and where delivered messages can be found again."""

    def put(self, outgoing: Outgoing) -> Outgoing:
        """Adds it; an unsent one with the same chat and key is replaced, its place in the line kept. A
        waiting REPOST stays one, the more urgent lane counts, and the rest is as in the newer. Returns it as
        it waits now."""

    def fresh(self) -> tuple[Outgoing, ...] | None:
        """What was put in this transaction, in its order; None if some of it was undone, so that only the
        outbox itself can tell."""

    def announce(self, bot_id: int) -> None:
        """Tells the process that sends for the bot, once this is committed; where that is another one."""

    def waiting(self, bot_id: int, now: datetime, after: int = 0, limit: int = 500) -> tuple[Outgoing, ...]:
        """Unsent mail that may go now, with id > after, by id."""

    def message(self, bot_id: int, chat_id: int, key: str) -> int | None:
        """The Telegram id of a keyed message, if it was sent."""

    def settle(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Records what became of mail. A SENT keyed one remembers its message id. Mail that was
        replaced while it was under way stays waiting in its newer form."""

    def postpone(self, outgoing: Outgoing, until: datetime | None) -> None:
        """Counts a failed attempt and keeps it for later."""

    def forget(self, bot_id: int, chat_id: int, key: str) -> None:
        """The message is gone in Telegram: the next SHOW sends it anew."""

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: its mail, its messages and the estate's staff chat follow."""

    def depth(self, bot_id: int) -> int:
        """How much mail waits."""

    def backlog(self, bot_id: int, now: datetime) -> tuple[Backlog, ...]:
        """How much of each lane waits, and since when."""

    def refused(self, bot_id: int, limit: int = 50) -> tuple[Delivery, ...]:
        """What Telegram refused for good, the latest first."""

    def refused_count(self, bot_id: int) -> int:
        """How much that is."""

    def refusal(self, bot_id: int, mail_id: int) -> Delivery | None:
        """One piece of it."""

    def resend(self, bot_id: int, mail_id: int, now: datetime) -> bool:
        """Puts refused mail into the outbox once more, as new mail; False if it is not there any more, or
        newer mail of the same key came after it, which it would undo."""

    def drop(self, bot_id: int, mail_id: int) -> bool:
        """Forgets refused mail; False if it is not there."""


class Statistics(Protocol):
    """What happened in a stretch of time, read by index: no query walks through the whole history."""

    def moves(self, estate_id: int, since: datetime, until: datetime) -> tuple[Move, ...]:
        """Every change of state before `until` of each request that had one in [since, until): request by
        request, oldest first."""

    def open_at(self, estate_id: int, moment: datetime) -> tuple[Standing, ...]:
        """What was open just before a moment, each in the state of then; the longest open first."""

    def scores(self, estate_id: int, since: datetime, until: datetime) -> tuple[Score, ...]:
        """The scores that residents gave in [since, until), oldest first."""


class Work(Protocol):
    """One transaction: everything that one update causes, kept or undone together."""

    @property
    def estates(self) -> Estates: ...
    @property
    def people(self) -> People: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def surveys(self) -> Surveys: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def statistics(self) -> Statistics: ...
