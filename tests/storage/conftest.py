"""What only the SQL storage does is tested on both of its databases."""

from tests.storage.databases import (
    memory_database,
    postgres_database,
    postgres_template,
    sql_database,
    sqlite_database,
    sqlite_template,
)

__all__ = [
    "memory_database",
    "postgres_database",
    "postgres_template",
    "sql_database",
    "sqlite_database",
    "sqlite_template",
]
