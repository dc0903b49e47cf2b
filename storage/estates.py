"""Estates with their homes and queues, in SQL."""

from sqlalchemy import bindparam, select

from desk.records import Estate, Home, Queue
from storage.link import Link
from storage.prepared import Query
from storage.rows import Keeper
from storage.tables import estates, homes, queues

ESTATE = Keeper(Estate, estates)
HOME = Keeper(Home, homes)
QUEUE = Keeper(Queue, queues)

ALL = Query(select(*ESTATE.columns).order_by(estates.c.id), ESTATE.read)
HOMES = Query(select(*HOME.columns).where(homes.c.estate_id == bindparam("estate")), HOME.read)
QUEUES = Query(
    select(*QUEUE.columns).where(queues.c.estate_id == bindparam("estate")).order_by(queues.c.id),
    QUEUE.read,
)


class SqlEstates:
    """`desk.ports.Estates` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def all(self) -> tuple[Estate, ...]:
        """Every estate, by id."""
        return ALL.all(self._link, {})

    def get(self, estate_id: int) -> Estate:
        """The estate; raises `NotFound`."""
        return ESTATE.get(self._link, estate_id)

    def save(self, estate: Estate) -> Estate:
        """Adds it (id 0) or replaces it; raises `Conflict` if the name is taken."""
        return ESTATE.save(self._link, estate)

    def home(self, home_id: int) -> Home:
        """The home; raises `NotFound`."""
        return HOME.get(self._link, home_id)

    def homes(self, estate_id: int) -> tuple[Home, ...]:
        """All homes of an estate, by code; sorted here, since databases differ in how they sort text."""
        found = HOMES.all(self._link, {"estate": estate_id})
        return tuple(sorted(found, key=lambda home: home.code))

    def save_home(self, home: Home) -> Home:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        return HOME.save(self._link, home)

    def queue(self, queue_id: int) -> Queue:
        """The queue; raises `NotFound`."""
        return QUEUE.get(self._link, queue_id)

    def queues(self, estate_id: int) -> tuple[Queue, ...]:
        """All queues of an estate, in the order they were added."""
        return QUEUES.all(self._link, {"estate": estate_id})

    def save_queue(self, queue: Queue) -> Queue:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        return QUEUE.save(self._link, queue)
