"""The clocks: the machine's, the sandbox's, and the one that tests move by hand."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import HandClock, ShiftedClock, SystemClock, open_clock

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_the_machines_clock_is_aware_and_goes_on():
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() <= clock.monotonic()


def test_the_sandboxes_clock_runs_ahead_by_what_its_file_says(tmp_path):
    file = tmp_path / "clock"
    clock = ShiftedClock(file, HandClock(NOON))
    assert clock.now() == NOON
    file.write_text("3600.5\n")
    assert clock.now() == NOON + timedelta(hours=1, seconds=0.5)
    file.write_text("7200.25\n")
    assert clock.now() == NOON + timedelta(hours=2, seconds=0.25)
    assert clock.monotonic() == 0.0


def test_a_file_that_is_replaced_is_read_again_though_size_and_time_are_the_same(tmp_path):
    file, draft = tmp_path / "clock", tmp_path / "draft"
    file.write_text("10.0")
    clock = ShiftedClock(file, HandClock(NOON))
    assert clock.now() == NOON + timedelta(seconds=10)
    draft.write_text("20.0")
    before = file.stat()
    os.utime(draft, ns=(before.st_atime_ns, before.st_mtime_ns))
    draft.replace(file)
    assert clock.now() == NOON + timedelta(seconds=20)


@pytest.mark.parametrize("spoilt", ["", "soon", "-5", "nan", "inf", "1e300", "一"])
def test_a_spoilt_file_means_the_machines_time(tmp_path, spoilt):
    file = tmp_path / "clock"
    file.write_text(spoilt, encoding="utf-8")
    assert ShiftedClock(file, HandClock(NOON)).now() == NOON


def test_the_time_stands_still_where_a_test_wants_it_to(tmp_path):
    file = tmp_path / "clock"
    file.write_text(f"={NOON.timestamp()}")
    clock = ShiftedClock(file, HandClock(NOON + timedelta(days=9)))
    assert clock.now() == NOON
    file.write_text("=soon")
    assert clock.now() == NOON + timedelta(days=9)


def test_an_unchanged_file_is_not_read_again(tmp_path, monkeypatch):
    file = tmp_path / "clock"
    file.write_text("60")
    clock = ShiftedClock(file, HandClock(NOON))
    clock.now()
    monkeypatch.setattr("bot.clock._read", lambda path: pytest.fail("read again"))
    assert clock.now() == NOON + timedelta(minutes=1)


def test_a_hand_clock_goes_when_it_is_moved():
    clock = HandClock(NOON)
    clock.move(timedelta(minutes=2))
    assert (clock.now(), clock.monotonic()) == (NOON + timedelta(minutes=2), 120.0)


def test_the_sandboxes_clock_is_taken_where_a_file_is_named(tmp_path):
    assert isinstance(open_clock(tmp_path / "clock"), ShiftedClock)
    assert isinstance(open_clock(None), SystemClock)
