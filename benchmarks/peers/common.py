"""What every peer has: the driver's environment, and one table for what was asked for.

The table is SQLite with WAL and synchronous=NORMAL; the conversation is kept by each library's own storage.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import Coroutine
from urllib.parse import urlsplit

import uvloop

TOKEN = os.environ["BOT_TOKEN"]
API = os.environ["TELEGRAM_API_BASE"]
POLLING = os.environ["MODE"] == "polling"
WEBHOOK_URL = os.environ["WEBHOOK_URL"]
HOOK = urlsplit(WEBHOOK_URL)
STAFF = int(os.environ["STAFF_CHAT_ID"])
#: "" keeps conversations in memory
REDIS_URL = os.environ.get("REDIS_URL", "")

CATEGORIES = ("Plumbing", "Electricity", "Lift", "Other")
TIMES = ("Morning", "Afternoon", "Evening")
COLUMNS = (
    "resident INTEGER, category TEXT, description TEXT, slot TEXT, status TEXT, staff INTEGER, created REAL"
)


class Requests:
    """The durable row."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(os.environ["DB_PATH"], isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.connection.execute(f"CREATE TABLE IF NOT EXISTS requests(id INTEGER PRIMARY KEY, {COLUMNS})")

    def insert(self, resident: int, category: str, description: str, slot: str) -> int:
        """Files a request; its number."""
        words = (
            "INSERT INTO requests(resident, category, description, slot, status, created)"
            " VALUES(?, ?, ?, ?, 'new', ?)"
        )
        values = (resident, category, description, slot, time.time())
        return self.connection.execute(words, values).lastrowid or 0

    def claim(self, number: int, staff: int) -> bool:
        """Whether this one came first."""
        words = "UPDATE requests SET status='claimed', staff=? WHERE id=? AND status='new'"
        return self.connection.execute(words, (staff, number)).rowcount == 1


def summary(category: str, description: str, slot: str) -> str:
    """What is asked for, as every peer shows it."""
    return f"{category}: {description}\nTime: {slot}"


def run(work: Coroutine[None, None, None]) -> None:
    """On uvloop, as ours."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)
