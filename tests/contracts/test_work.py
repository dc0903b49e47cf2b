"""Transactions: all of one or nothing, and what others see of it."""

import threading

import pytest

from dialogs.engine.runs import RunState
from storage.errors import DatabaseUnwritable
from storage.work import Database
from tests.contracts.samples import (
    BOT,
    CHAT,
    HOUR,
    NOW,
    Store,
    breaks,
    file,
    mail,
    run,
    sent,
    settle_in,
    settled,
)


def test_a_transaction_that_raises_leaves_nothing(database: Store):
    with breaks(database.write()) as work:
        settle_in(work)
        work.outbox.put(mail("a"))
    with database.read() as work:
        assert work.estates.all() == ()
        assert work.outbox.depth(BOT) == 0


def test_a_savepoint_that_raises_is_undone_alone(database: Store):
    place = settled(database)
    with database.write() as work:
        with work.savepoint():
            work.outbox.put(mail("before"))
        with breaks(work.savepoint()):
            work.inbox.first_time(BOT, 1, NOW)
            work.outbox.put(mail("within"))
            file(work, place)
        with work.savepoint():
            work.outbox.put(mail("after"))
    with database.write() as work:
        assert [one.key for one in work.outbox.waiting(BOT, NOW)] == ["before", "after"]
        assert work.requests.find(place.estate.id) == ()
        assert work.inbox.first_time(BOT, 1, NOW)


def test_savepoints_nest(database: Store):
    with database.write() as work, work.savepoint():
        work.outbox.put(mail("outer"))
        with breaks(work.savepoint()):
            work.outbox.put(mail("inner"))
        with work.savepoint():
            work.outbox.put(mail("second"))
    with database.write() as work, breaks(work.savepoint()), work.savepoint():
        work.outbox.put(mail("third"))
    with database.read() as work:
        assert [one.key for one in work.outbox.waiting(BOT, NOW)] == ["outer", "second"]


def test_a_reader_sees_what_is_committed_and_nothing_else(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a"))
        with database.read() as reader:
            assert reader.outbox.depth(BOT) == 0
    with database.read() as reader:
        assert reader.outbox.depth(BOT) == 1
        with database.write() as work:
            work.outbox.put(mail("b"))
        assert reader.outbox.depth(BOT) == 1, "one snapshot a transaction"


def test_a_reader_cannot_write(database: Store):
    with pytest.raises(DatabaseUnwritable), database.read() as work:
        work.outbox.put(mail("a"))
    with database.read() as work:
        assert work.outbox.depth(BOT) == 0


def test_what_comes_out_is_not_the_object_that_went_in(database: Store):
    payload = {"rows": [["a"]]}
    with database.write() as work:
        work.outbox.put(mail("a", payload=payload))
        payload["rows"].append(["b"])
        (first,) = work.outbox.waiting(BOT, NOW)
        rows = first.payload["rows"]
        assert isinstance(rows, list)
        rows.append("c")
        (second,) = work.outbox.waiting(BOT, NOW)
    assert second.payload == {"rows": [["a"]]}


def test_a_chat_is_worked_for_by_one_at_a_time(database: Store):
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait(10)
        with database.write() as work:
            work.lock_chat(5)
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with database.write() as work:
        work.lock_chat(5)
        inside.set()
        thread.join(0.2)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_bot_has_one_sender(database: Store):
    lead = database.try_lead(BOT)
    assert lead is not None
    assert lead.held()
    assert database.try_lead(BOT) is None
    other = database.try_lead(BOT + 1)
    assert other is not None
    other.release()
    lead.release()
    lead.release()
    assert not lead.held()
    with database.try_lead(BOT) or pytest.fail("released, so free again") as again:
        assert again.held()


@pytest.mark.parametrize("name", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_others_see_that_a_bot_has_a_sender(name: str, request: pytest.FixtureRequest):
    database: Database = request.getfixturevalue(f"{name}_database")
    assert not database.is_led(BOT)
    with database.try_lead(BOT) or pytest.fail("free"):
        assert database.is_led(BOT)
    assert not database.is_led(BOT)


def test_how_a_commit_is_kept(sqlite_database: Database):
    assert sqlite_database.durability() == {"journal_mode": "wal", "synchronous": "full"}


@pytest.mark.postgres
def test_how_a_server_keeps_a_commit(postgres_database: Database):
    assert postgres_database.durability() == {"fsync": "off", "synchronous": "off"}, "as for tests"


def test_it_answers_when_asked(database: Store):
    database.ping()
    database.require_migrated()
    assert "password" not in database.shown


def test_old_traces_are_swept_a_piece_at_a_time(database: Store):
    place = settled(database)
    later = NOW + HOUR
    ended = {"state": RunState.ENDED}
    with database.write() as work:
        for number in range(3):
            work.inbox.first_time(BOT, number, NOW)
            work.outbox.put(mail(f"k{number}"))
            work.runs.save(run(f"old{number}", place.worker, **ended))
        work.inbox.first_time(BOT, 99, later)
        work.outbox.settle([sent(one) for one in work.outbox.waiting(BOT, NOW)], NOW)
        work.outbox.put(mail("waits"))
        work.runs.save(run("new", place.worker, **ended, touched_at=later))
        work.runs.save(run("open", place.resident))
        work.outbox.put(mail("run/old1", chat_id=place.worker.telegram_id))
        (shown,) = [one for one in work.outbox.waiting(BOT, NOW) if one.key == "run/old1"]
        work.outbox.settle([sent(shown)], later)
        work.inbox.failed(BOT, 5, "RuntimeError", "{}", NOW)
        assert [work.sweep(BOT, later, limit=2) for _ in range(3)] == [7, 3, 0]
        assert work.outbox.depth(BOT) == 1
        assert work.outbox.message(BOT, CHAT, "k1") == 1, "messages can still be edited"
        assert work.runs.get("old1") is None
        assert work.outbox.message(BOT, place.worker.telegram_id, "run/old1") is None, "nothing edits it"
        assert work.inbox.failed(BOT, 5, "RuntimeError", "{}", NOW) == 1, "the letter was forgotten"
        assert work.runs.open(place.resident.id)
        assert work.runs.get("new")
        assert not work.inbox.first_time(BOT, 99, later)
