"""A transaction's way to the driver, past SQLAlchemy's own machinery for each statement.

`Connection.execute` looks a statement up in its cache, sets up a context and a result object: about 20 µs,
40 with many columns, against 2 to 10 of SQLite's own. An update runs some fifteen statements in the one
thread that writes, so they go straight to a cursor, with SQLAlchemy's errors. Rejected: `exec_driver_sql`,
which saves only half of it.
"""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]


class Link:
    """The driver's connection under one transaction, and what was read in it."""

    def __init__(self, connection: Connection) -> None:
        #: SQLAlchemy's, for statements that are put together as they are run
        self.sql = connection
        self.dialect = connection.dialect
        self._driver: Any = connection.connection.dbapi_connection
        self._errors = connection.dialect.loaded_dbapi.Error
        #: what queries of the standing tables found, by query and values
        self.found: dict[tuple[Any, ...], Any] = {}
        #: whether a savepoint was undone
        self.undone = False

    @property
    def lost(self) -> bool:
        """Whether the database's session, and with it the transaction, is gone."""
        return self.sql.invalidated

    def cut(self) -> None:
        """Gives the session up: nothing of its transaction must be kept."""
        self.sql.invalidate()
        self._driver = None

    def cursor(self) -> Any:
        """A cursor of the driver's; raises SQLAlchemy's error once the session is lost."""
        return (self._driver or self.sql.connection).cursor()

    def run(self, text: str, parameters: Any, *, many: bool = False) -> tuple[list[Row], int]:
        """Runs text: its rows, and how many it changed."""
        cursor = self.cursor()
        try:
            (cursor.executemany if many else cursor.execute)(text, parameters)
            return (cursor.fetchall() if cursor.description else []), cursor.rowcount
        except self._errors as error:
            raise self._told(text, error) from error
        finally:
            cursor.close()

    def _told(self, text: str, error: Any) -> BaseException:
        """The driver's error as SQLAlchemy tells it; a lost connection does not go back to the pool."""
        lost = self.dialect.is_disconnect(error, self._driver, None)
        _keep_quiet(error)
        if lost:
            self.cut()
        told: BaseException = DBAPIError.instance(
            text, None, error, self._errors, True, connection_invalidated=lost, dialect=self.dialect
        )
        return told


def _keep_quiet(error: Any) -> None:
    """PostgreSQL quotes the row that broke a rule, and with it what people wrote: only the rule is told."""
    rule = getattr(getattr(error, "diag", None), "message_primary", None)
    if rule:
        error.args = (rule,)
