"""Steward as a bot under test of the load driver in ../shared/bench: an estate of residents, then `bot run`.

The driver's environment (BOT_TOKEN, TELEGRAM_API_BASE, MODE, WEBHOOK_URL, DB_PATH …) becomes ours.
The process stays the one that was started, since the driver reads its processor time.
"""

import os
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from desk.records import Estate, Home, Occupancy, Opening, Person, Queue, Role, Staff
from storage.migrate import migrate
from storage.work import Database, SqlWork

ROOT: Final = Path(__file__).parents[1]
#: how the driver numbers its people
RESIDENTS, WORKERS = 1_000_000_000, 2_000_000_000


def populate(work: SqlWork, staff_chat: int, residents: int, now: datetime) -> None:
    """One estate, everybody linked and hired already."""
    hours = tuple(Opening(weekday=day, start=time(8), end=time(18)) for day in range(7))
    estate = work.estates.save(
        Estate(name="Bench", time_zone="Asia/Shanghai", hours=hours, staff_chat=staff_chat)
    )
    plumbing = Queue(estate_id=estate.id, code="plumbing", title={"en": "Plumbing"}, kinds=("plumbing",))
    work.estates.save_queue(plumbing)
    home = work.estates.save_home(Home(estate_id=estate.id, code="1-1-101"))
    for number in range(residents):
        person = _person(work, RESIDENTS + number, f"Resident N{number}")
        living = Occupancy(person_id=person.id, home_id=home.id, estate_id=estate.id, since=now)
        work.people.occupy(living)
    for number in range(50):
        person = _person(work, WORKERS + number, f"Staff N{number}")
        post = Staff(person_id=person.id, estate_id=estate.id, role=Role.WORKER, badge=str(number), since=now)
        work.people.hire(post)


def _person(work: SqlWork, telegram_id: int, name: str) -> Person:
    return work.people.save(Person(telegram_id=telegram_id, name=name, language="en", telegram_language="en"))


def settings(given: dict[str, str], url: str) -> dict[str, str]:
    """The driver's environment in our own names."""
    hook = given["WEBHOOK_URL"]
    webhook = given["MODE"] == "webhook"
    return {
        **given,
        "PYTHONPATH": str(ROOT),
        "STEWARD_BOT_TOKEN": given["BOT_TOKEN"],
        "STEWARD_TELEGRAM_API": given["TELEGRAM_API_BASE"],
        "STEWARD_DATABASE_URL": url,
        "STEWARD_DATA_DIR": str(Path(given["DB_PATH"]).parent),
        "STEWARD_MODE": given["MODE"],
        "STEWARD_WEBHOOK_URL": hook,
        "STEWARD_WEBHOOK_SECRET": "bench",
        "STEWARD_LISTEN": urlsplit(hook).netloc if webhook else "",
        "STEWARD_LIMITS": "none",
        "STEWARD_LOG": "json",
    }


def main() -> None:
    """Populates a database that is not there yet, and becomes the bot."""
    path = Path(os.environ["DB_PATH"])
    url = f"sqlite:///{path}"
    if not path.exists():
        migrate(url)
        with Database(url, durable=False) as database, database.write() as work:
            residents = int(os.environ.get("RESIDENTS", "500"))
            populate(work, int(os.environ["STAFF_CHAT_ID"]), residents, datetime.now(UTC))
    words = [sys.executable, "-m", "bot", "run"]
    os.execve(sys.executable, words, settings(dict(os.environ), url))  # noqa: S606  our own module


if __name__ == "__main__":
    main()
