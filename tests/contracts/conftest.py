"""Every contract of storage runs on the three implementations: an SQLite file, PostgreSQL, memory."""

from tests.storage.databases import (
    database,
    memory_database,
    postgres_database,
    postgres_template,
    sqlite_database,
    sqlite_template,
)

__all__ = [
    "database",
    "memory_database",
    "postgres_database",
    "postgres_template",
    "sqlite_database",
    "sqlite_template",
]
