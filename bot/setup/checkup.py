"""What the doctor looks at in a database that is in use: how safely it keeps, and whether work gets done."""

import shutil
from collections.abc import Callable, Iterator
from typing import Final

from bot.clock import open_clock
from bot.health import LATE, WAITS
from bot.settings import Settings
from bot.setup.database import existing
from bot.setup.errors import Ill
from bot.snapshot import Snapshot, look
from storage.work import Database

#: bytes that have to be free: a write-ahead log and a backup want room
FREE: Final = 1024**3
START: Final = "Nobody sends for this bot: start `python -m bot run`"


class Checkup:
    """One look at a database with tables."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def looks(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """What is looked at, each for itself."""
        yield "durability", self._durability
        yield "disk", self._disk
        yield "sender", self._sender
        yield "outbox", self._outbox
        yield "timers", self._timers
        yield "dead letters", self._dead_letters

    def _durability(self) -> str:
        with existing(self._settings) as database:
            found = database.durability()
        said = ", ".join(f"{name} {value}" for name, value in found.items())
        if found.get("journal_mode", "wal") != "wal":
            raise Ill(f"{said}. Put the file on a local disk: without WAL, readers and the writer block")
        if found.get("fsync") == "off" or (self._settings.durable and found["synchronous"] == "off"):
            raise Ill(f"{said}. A power cut may take what was confirmed: switch it on in postgresql.conf")
        return said

    def _disk(self) -> str:
        free = shutil.disk_usage(self._settings.data_dir).free
        told = f"{free / 1024**3:.1f} GB free at {self._settings.data_dir.resolve()}"
        if free < FREE:
            raise Ill(f"{told}, less than {FREE / 1024**3:.0f}. Make room")
        return told

    def _sender(self) -> str:
        with existing(self._settings) as database:
            led = database.is_led(self._settings.bot_id)
        return "at work" if led else f"none. {START}"

    def _outbox(self) -> str:
        seen, led = self._seen()
        told = f"{seen.depth} waiting"
        for lane, (_look_at, limit) in WAITS.items():
            if seen.age(lane) > limit:
                what = f"{told}, {lane.name.lower()}s for {seen.age(lane):.0f} s"
                raise Ill(f"{what}. {'Look for mail.* and telegram.* in the log' if led else START}")
        return told

    def _timers(self) -> str:
        seen, led = self._seen()
        told = f"{seen.overdue} due, the earliest {seen.late:.0f} s late"
        if seen.late > LATE[1]:
            raise Ill(f"{told}. {'Look for timers.failed in the log' if led else START}")
        return told

    def _dead_letters(self) -> str:
        seen, _led = self._seen()
        if not seen.updates_set_aside + seen.mail_refused:
            return "none"
        told = f"{seen.updates_set_aside} updates set aside, {seen.mail_refused} pieces of mail refused"
        raise Ill(f"{told}. Run `python -m bot dead-letters list`")

    def _seen(self) -> tuple[Snapshot, bool]:
        """How things stand, and whether anybody works on them."""
        bot_id = self._settings.bot_id
        with existing(self._settings) as database:
            return _snapshot(database, bot_id, self._settings), database.is_led(bot_id)


def _snapshot(database: Database, bot_id: int, settings: Settings) -> Snapshot:
    with database.read() as work:
        return look(work, bot_id, open_clock(settings.clock).now())
