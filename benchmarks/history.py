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
#: in terms of `n`, of the number of people, and of the number of homes
VALUES: Final = {
    "requests": """
        n, 1, 1 + n - n / {people} * {people}, 1 + n - n / {homes} * {homes}, 1, 'water.leak',
        'The tap drips and drips', '[]', FALSE, 'en', 'normal', 'bot', 'closed', 5, {at}, {at}, {at}, 0, 0
        """,
    "events": "n, 1, {at}, 'filed', 'resident', 'Li Wei', '', 'new', '', '{{}}'",
    "updates": "1, -n, {at}",
    "messages": "1, 1 + n - n / {people} * {people}, 'old/' || n, n",
}


def fill(database: Database, stored: int, *, people: int, homes: int = 1) -> None:
    """Makes so many closed requests of the first estate, the last of them just before `NOW`."""
    values = {"people": people, "homes": homes, "at": _at(database, stored)}
    series = _series(database, stored)
    with database.write() as work:
        for table, columns in COLUMNS.items():
            chosen = VALUES[table].format(**values)
            work.connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM {series}")
        work.connection.exec_driver_sql(f"INSERT INTO counters (estate_id, requests) VALUES (1, {stored})")
        if database.is_sqlite:
            work.connection.exec_driver_sql("ANALYZE")


def _series(database: Database, stored: int) -> str:
    if not database.is_sqlite:
        return f"generate_series(1, {stored}) AS n"
    count = f"SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {stored}"
    return f"(WITH RECURSIVE s(n) AS ({count}) SELECT n FROM s)"


def _at(database: Database, stored: int) -> str:
    """When request `n` was opened; SQLite keeps microseconds since 1970."""
    first, apart = int(NOW.timestamp()) - PAST_SECONDS, PAST_SECONDS * 1_000_000 // stored
    if database.is_sqlite:
        return f"({first * 1_000_000} + n * {apart})"
    return f"to_timestamp({first} + n * {apart / 1e6})"
