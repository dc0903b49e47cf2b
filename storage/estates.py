"""Estates with their homes and queues, in SQL."""

from sqlalchemy import Connection, bindparam, select

from desk.records import Estate, Home, Queue
from storage.prepared import Prepared
from storage.rows import Keeper
from storage.tables import estates, homes, queues

ESTATE = Keeper(Estate, estates)
HOME = Keeper(Home, homes)
QUEUE = Keeper(Queue, queues)

ALL = Prepared(select(*ESTATE.columns).order_by(estates.c.id))
HOMES = Prepared(select(*HOME.columns).where(homes.c.estate_id == bindparam("estate")))
QUEUES = Prepared(
    select(*QUEUE.columns).where(queues.c.estate_id == bindparam("estate")).order_by(queues.c.id)
)


class SqlEstates:
    """`desk.ports.Estates` over a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Estate, ...]:
        """Every estate, by id."""
        return ESTATE.all(ALL.rows(self._connection, {}))

    def get(self, estate_id: int) -> Estate:
        """The estate; raises `NotFound`."""
        return ESTATE.get(self._connection, estate_id)

    def save(self, estate: Estate) -> Estate:
        """Adds it (id 0) or replaces it; raises `Conflict` if the name is taken."""
        return ESTATE.save(self._connection, estate)

    def home(self, home_id: int) -> Home:
        """The home; raises `NotFound`."""
        return HOME.get(self._connection, home_id)

    def homes(self, estate_id: int) -> tuple[Home, ...]:
        """All homes of an estate, by code; sorted here, since databases differ in how they sort text."""
        rows = HOMES.rows(self._connection, {"estate": estate_id})
        return tuple(sorted(HOME.all(rows), key=lambda home: home.code))

    def save_home(self, home: Home) -> Home:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        return HOME.save(self._connection, home)

    def queue(self, queue_id: int) -> Queue:
        """The queue; raises `NotFound`."""
        return QUEUE.get(self._connection, queue_id)

    def queues(self, estate_id: int) -> tuple[Queue, ...]:
        """All queues of an estate, in the order they were added."""
        return QUEUE.all(QUEUES.rows(self._connection, {"estate": estate_id}))

    def save_queue(self, queue: Queue) -> Queue:
        """Adds it (id 0) or replaces it; raises `Conflict` if the code is taken."""
        return QUEUE.save(self._connection, queue)
