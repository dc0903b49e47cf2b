"""Requests of the past, made by the database itself, so that an old estate is there in seconds."""

from datetime import UTC, datetime
from typing import Final

from storage.work import Database

#: when the benchmarks play, and over which time the past is spread
NOW: Final = datetime(2026, 3, 2, 2, tzinfo=UTC)
PAST_SECONDS: Final = 2 * 365 * 86_400

COLUMNS: Final = {
    "requests": """
        number, estate_id, resident_id, home_id, queue_id, kind, problem, media, entry, language,
        priority, channel, state, version, opened_at, respond_by, solve_by, not_fixed, escalation
        """,
    "events": "request_id, estate_id, at, name, actor_role, actor_name, actor_badge, after, why, data",
    "updates": "bot_id, update_id, at",
    "messages": "bot_id, chat_id, key, message_id",
}
#: in terms of `n`; who it is decides where it is, as the town has it
VALUES: Final = {
    "requests": """
        n, {estate}, {resident}, {home}, {estate}, 'water.leak', 'The tap drips and drips', '[]', FALSE,
        'en', 'normal', 'bot', 'closed', 5, {at}, {at}, {at}, 0, 0
        """,
    "events": "n, {estate}, {at}, 'filed', 'resident', 'Li Wei', '', 'new', '', '{{}}'",
    "updates": "1, -n, {at}",
    "messages": "1, {resident}, 'old/' || n, n",
}


def fill(
    database: Database, stored: int, *, people: int, homes: int = 1, estates: int = 1, until: datetime = NOW
) -> None:
    """Makes so many closed requests, the last of them just before `until`. Estate and queue have one number;
    a resident's is that of their home and, modulo the estates, of their estate."""
    resident = f"(n - n / {people} * {people})"
    values = {
        "resident": f"1 + {resident}",
        "home": f"1 + {resident} - {resident} / {homes} * {homes}",
        "estate": f"1 + {resident} - {resident} / {estates} * {estates}",
        "at": _at(database, stored, until),
    }
    series = _series(database, stored)
    with database.write() as work:
        for table, columns in COLUMNS.items():
            chosen = VALUES[table].format(**values)
            work.connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM {series}")
        for estate in range(1, estates + 1):
            counted = f"INSERT INTO counters (estate_id, requests) VALUES ({estate}, {stored})"
            work.connection.exec_driver_sql(counted)
        if database.is_sqlite:
            work.connection.exec_driver_sql("ANALYZE")


def _series(database: Database, stored: int) -> str:
    if not database.is_sqlite:
        return f"generate_series(1, {stored}) AS n"
    count = f"SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {stored}"
    return f"(WITH RECURSIVE s(n) AS ({count}) SELECT n FROM s)"


def _at(database: Database, stored: int, until: datetime) -> str:
    """When request `n` was opened; SQLite keeps microseconds since 1970."""
    first, apart = int(until.timestamp()) - PAST_SECONDS, PAST_SECONDS * 1_000_000 // stored
    if database.is_sqlite:
        return f"({first * 1_000_000} + n * {apart})"
    return f"to_timestamp({first} + n * {apart / 1e6})"
