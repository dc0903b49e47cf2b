"""The writer's threads: many jobs and one commit, each job undone alone, nothing told before it is kept."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest

from bot.jobs import GROUP
from bot.session import Session
from bot.writer import Writer
from desk.records import Person
from storage.migrate import migrate
from storage.work import Database, SqlWork


class Poison(Exception):
    """A job that fails."""


def adds(number: int, then: Callable[[Session], object] | None = None) -> Callable[[Session], int]:
    """A job that notes a person, and perhaps does something more."""

    def job(session: Session) -> int:
        session.people.save(Person(telegram_id=number, name="x"))
        if then is not None:
            then(session)
        return number

    return job


def fails(_session: Session) -> None:
    """What goes wrong."""
    raise Poison


def kept(database: Database, *numbers: int) -> list[int]:
    """Which of these people are in the database."""
    with database.read() as work:
        return [one for one in numbers if work.people.by_telegram(one) is not None]


@pytest.fixture
async def writer(sqlite: Database) -> AsyncIterator[Writer]:
    """At work on SQLite, once it is started."""
    writer = Writer(sqlite)
    yield writer
    if not writer.closed:
        await writer.close()


async def together(writer: Writer, *jobs: Callable[[Session], object]) -> list[object]:
    """Jobs that were all handed in before the writer began, so that they share a commit."""
    tasks = [asyncio.ensure_future(writer.run(job)) for job in jobs]
    await asyncio.sleep(0)
    writer.start()
    return await asyncio.gather(*tasks, return_exceptions=True)


class Counted:
    """A database that counts its transactions, and may refuse to commit."""

    def __init__(self, database: Database, *, refuses: bool = False) -> None:
        self.database = database
        self.refuses = refuses
        self.commits = 0
        self.is_sqlite = True

    @contextmanager
    def write(self, *, wait: bool = True) -> Iterator[SqlWork]:
        with self.database.write(wait=wait) as work:
            yield work
            if self.refuses:
                raise OSError("the disk is gone")
        self.commits += 1


async def test_what_waits_shares_one_commit(sqlite: Database):
    counted = Counted(sqlite)
    writer = Writer(counted)
    results = await together(writer, *(adds(number) for number in range(1, GROUP + 2)))
    assert results == [*range(1, GROUP + 2)]
    assert counted.commits == 2
    await writer.close()


async def test_a_poison_job_is_undone_alone(sqlite: Database, writer: Writer):
    results = await together(writer, adds(1), adds(2, fails), adds(3))
    assert [results[0], type(results[1]), results[2]] == [1, Poison, 3]
    assert kept(sqlite, 1, 2, 3) == [1, 3]


async def test_where_the_commit_fails_everybody_hears_so(sqlite: Database):
    writer = Writer(Counted(sqlite, refuses=True))
    results = await together(writer, adds(1), adds(2, fails), adds(3))
    assert {type(result) for result in results} == {OSError}
    assert kept(sqlite, 1, 2, 3) == []
    await writer.close()


async def test_a_database_that_gives_up_the_transaction_deceives_nobody(sqlite: Database, writer: Writer):
    """SQLite may undo all of a transaction by itself, on a full disk; a result can be relied on."""

    def full_disk(session: Session) -> None:
        assert isinstance(session, SqlWork)
        session.connection.exec_driver_sql("ROLLBACK")
        raise Poison

    results = await together(writer, adds(1), adds(2, full_disk), adds(3))
    told = [result for result in results if isinstance(result, int)]
    assert told == kept(sqlite, *told)
    assert isinstance(results[1], Exception)
    assert await writer.run(adds(4)) == 4
    assert kept(sqlite, 4) == [4]


async def test_a_result_comes_only_after_the_commit(sqlite: Database, writer: Writer):
    writer.start()
    for number in range(1, 20):
        assert kept(sqlite, await writer.run(adds(number))) == [number]


async def test_closing_finishes_what_was_handed_in(sqlite: Database, writer: Writer):
    tasks = [asyncio.ensure_future(writer.run(adds(number))) for number in range(1, 251)]
    await asyncio.sleep(0)
    writer.start()
    await writer.close()
    assert [task.result() for task in tasks] == [*range(1, 251)]


async def test_what_is_handed_in_after_closing_is_refused(writer: Writer):
    writer.start()
    await writer.close()
    with pytest.raises(RuntimeError):
        await asyncio.wait_for(writer.run(adds(1)), timeout=1)


async def test_nobody_listens_any_more_and_the_others_are_told(sqlite: Database, writer: Writer):
    gone, there = (asyncio.ensure_future(writer.run(adds(number))) for number in (1, 2))
    await asyncio.sleep(0)
    gone.cancel()
    writer.start()
    assert await there == 2
    assert kept(sqlite, 1, 2) == [1, 2]


async def test_on_postgres_the_jobs_of_one_chat_stay_in_order(postgres_url: str):
    await asyncio.to_thread(migrate, postgres_url)
    done: list[tuple[int, int]] = []

    def notes(chat: int, number: int) -> Callable[[Session], None]:
        def job(session: Session) -> None:
            session.people.by_telegram(number)
            done.append((chat, number))

        return job

    with Database(postgres_url) as database:
        writer = Writer(database)
        writer.start()
        jobs = [(chat, number) for number in range(20) for chat in (-100, 7, 8, 9, 0)]
        await asyncio.gather(*(writer.run(notes(*job), job[0]) for job in jobs))
        await writer.close()
    assert sorted(done) == sorted(jobs)
    for chat in (-100, 7, 8, 9):
        numbers = [number for one, number in done if one == chat]
        assert all(before < after for before, after in pairwise(numbers))
