"""Mail that one process has written is heard of by the one that sends."""

import threading

import pytest

from storage.work import Database


class Bell:
    """Counts how often it rang."""

    def __init__(self) -> None:
        self._rung = threading.Semaphore(0)

    def ring(self) -> None:
        self._rung.release()

    def heard(self, seconds: float = 10) -> bool:
        return self._rung.acquire(timeout=seconds)


@pytest.mark.postgres
def test_a_bell_rings_when_mail_is_committed_and_only_for_its_bot(postgres_url: str):
    bell = Bell()
    with Database(postgres_url) as writer, Database(postgres_url) as mine, mine.listening(7, bell.ring):
        assert bell.heard()  # once it listens, for what came before
        with writer.write() as work:
            work.outbox.announce(8)
        with writer.write() as work:
            work.outbox.announce(7)
            assert not bell.heard(0.05)
        assert bell.heard()
        assert not bell.heard(0.05)


@pytest.mark.postgres
def test_it_rings_again_when_the_connection_was_lost(postgres_url: str):
    bell = Bell()
    with Database(postgres_url) as writer, Database(postgres_url) as mine, mine.listening(7, bell.ring):
        assert bell.heard()
        with writer.write() as work:
            work.connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'"
            )
        assert bell.heard()


def test_on_a_file_there_is_nobody_to_hear_of(sqlite_url: str):
    with Database(sqlite_url) as database, database.listening(7, lambda: None):
        pass
