"""What the demo keeps: the example estate, and a link for everybody who plays."""

from datetime import datetime
from typing import Final

from bot.clock import SystemClock
from bot.setup import codes
from bot.setup.cast import PARTS, Part
from bot.setup.children import ROOT
from bot.setup.estate_file import read_estate_file
from bot.setup.import_estate import import_estate
from desk.ports import Work
from desk.records import Estate, Role
from storage.migrate import migrate
from storage.work import Database

ESTATE: Final = ROOT / "examples/sunny-court.toml"


def prepare_estate(url: str) -> tuple[dict[Part, str], int]:
    """Imports the example; a code for everybody, and how many queues want a topic."""
    migrate(url)
    file = read_estate_file(ESTATE)
    with Database(url, durable=False, pool_size=1) as database, database.write() as work:
        now = SystemClock().now()
        import_estate(work, file, now)
        estate = codes.find_estate(work, "")
        return {part: _code(work, estate, part, now) for part in PARTS}, len(file.queues)


def _code(work: Work, estate: Estate, part: Part, now: datetime) -> str:
    if part.role is Role.RESIDENT:
        return codes.home_code(work, estate, part.home, now)
    return codes.invite(work, estate, part.role, part.queue, part.badge, now)
