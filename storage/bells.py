"""How the process that sends learns of mail that another one has written: PostgreSQL's LISTEN and NOTIFY.

A bell only saves waiting: a ring that is lost costs the second until the sender's next look.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Engine, text

#: seconds between looks at whether to go on listening, and between tries while the database is away
PATIENCE: Final = 1.0

#: rings when the transaction is committed
RING: Final = text("SELECT pg_notify(:channel, '')")


def channel(bot_id: int) -> str:
    """The name of a bot's bell."""
    return f"steward_mail_{bot_id}"


@contextmanager
def listening(engine: Engine, bot_id: int, ring: Callable[[], None]) -> Iterator[None]:
    """Meanwhile `ring` is called, from a thread, whenever another process has written mail for the bot."""
    over = threading.Event()
    thread = threading.Thread(target=_listen, args=(engine, bot_id, ring, over), name="bell", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


def _listen(engine: Engine, bot_id: int, ring: Callable[[], None], over: threading.Event) -> None:
    while not over.is_set():
        try:
            _hear(engine, bot_id, ring, over)
        except Exception:  # the database is away; the sender looks by itself, and says so
            over.wait(PATIENCE)


def _hear(engine: Engine, bot_id: int, ring: Callable[[], None], over: threading.Event) -> None:
    """On a connection of its own, for as long as that lives."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()
        connection.exec_driver_sql(f"LISTEN {channel(bot_id)}")
        driver: Any = connection.connection.driver_connection
        ring()  # for what came before
        while not over.is_set():
            for _ in driver.notifies(timeout=PATIENCE, stop_after=1):
                ring()
