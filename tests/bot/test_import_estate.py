"""Importing an estate: what changes, what stays, and what is said of it; on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.setup.import_estate import import_estate
from storage.migrate import migrate
from storage.work import Database
from tests.bot.estate import ISSUE, reader

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)  # noon in Shanghai


@pytest.fixture
def read(tmp_path):
    return reader(tmp_path)


@pytest.fixture
def database(database_url):
    migrate(database_url)
    with Database(database_url) as database:
        yield database


def test_importing_adds_and_importing_again_changes_nothing(database, read):
    file = read(ISSUE)
    with database.write() as work:
        assert import_estate(work, file, NOW) == (
            "estate Sunny Court: added",
            "home 1-1-101: added",
            "queue plumbing: added",
        )
    with database.write() as work:
        assert import_estate(work, file, NOW) == (
            "estate Sunny Court: unchanged",
            "home 1-1-101: unchanged",
            "queue plumbing: unchanged",
        )
        assert len(work.estates.all()) == 1


def test_importing_again_says_what_changed_and_keeps_what_is_not_in_the_file(database, read):
    with database.write() as work:
        import_estate(work, read(ISSUE + '[[homes]]\ncode = "1-1-102"\n'), NOW)
        (estate,) = work.estates.all()
        (queue,) = work.estates.queues(estate.id)
        work.estates.save(replace(estate, staff_chat=-1001, staff_forum=True))
        work.estates.save_queue(replace(queue, topic=7))
    changed = ISSUE.replace("89.50", "90").replace("给排水", "水暖").replace('"CNY"', '"HKD"')
    with database.write() as work:
        assert import_estate(work, read(changed), NOW) == (
            "estate Sunny Court: updated currency",
            "home 1-1-101: updated area",
            "queue plumbing: updated title",
        )
    with database.read() as work:
        (estate,) = work.estates.all()
        (queue,) = work.estates.queues(estate.id)
        assert (estate.staff_chat, estate.staff_forum, estate.currency) == (-1001, True, "HKD")
        assert (queue.topic, queue.title["zh_CN"]) == (7, "水暖")
        assert [home.code for home in work.estates.homes(estate.id)] == ["1-1-101", "1-1-102"]


def test_the_digest_is_due_at_its_hour_and_moves_with_it(database, read):
    with database.write() as work:
        import_estate(work, read(ISSUE), NOW)
        (estate,) = work.estates.all()
        key = f"digest/{estate.id}"
        first = work.timers.get(key)
        import_estate(work, read(ISSUE), NOW + timedelta(days=3))
        same = work.timers.get(key)
        import_estate(work, read(ISSUE.replace("08:30", "19:00")), NOW)
        moved = work.timers.get(key)
    assert first is not None
    assert moved is not None
    assert first.due_at == datetime(2026, 5, 2, 0, 30, tzinfo=UTC)
    assert same == first
    assert moved.due_at == datetime(2026, 5, 1, 11, 0, tzinfo=UTC)


def test_a_second_estate_is_another_one(database, read):
    with database.write() as work:
        import_estate(work, read(ISSUE), NOW)
        lines = import_estate(work, read(ISSUE.replace("Sunny Court", "Moon Court")), NOW)
        assert lines[:2] == ("estate Moon Court: added", "home 1-1-101: added")
        assert [estate.name for estate in work.estates.all()] == ["Sunny Court", "Moon Court"]


def test_answers_are_added_changed_and_never_dropped(database, read):
    def told(words: str) -> str:
        return ISSUE + f'[[answers]]\ncode = "pool"\nquestions.en = ["When?"]\nanswer.en = "{words}"\n'

    with database.write() as work:
        assert "answer pool: added" in import_estate(work, read(told("At six")), NOW)
        assert "answer pool: unchanged" in import_estate(work, read(told("At six")), NOW)
        (estate,) = work.estates.all()
        by_chat = replace(work.answers.of(estate.id)[0], words={"en": "At eight"}, changed_at=NOW)
        work.answers.save(by_chat)
        assert import_estate(work, read(ISSUE), NOW)[-1] == "queue plumbing: unchanged"
        assert work.answers.of(estate.id) == (by_chat,)
        assert "answer pool: updated words, changed_at" in import_estate(work, read(told("At six")), NOW)
        assert work.answers.of(estate.id)[0].words == {"en": "At six"}
