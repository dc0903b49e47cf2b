"""The log: whatever is logged, by whomever, no token, password or phone number gets out."""

import io
import json
import logging
import sys
import threading
import warnings

import pytest
import structlog

from bot.logs import Redact, set_up_logs

TOKEN = "123456:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
SHORT = "1:secret"


@pytest.fixture
def stream(monkeypatch):
    """A log of one's own; what was set up for all is put back."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("httpx", "aiogram", "sqlalchemy", "asyncio")}
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(False)
    structlog.reset_defaults()


@pytest.fixture
def logged(stream):
    """The lines of the log as JSON."""
    set_up_logs("json", [SHORT], stream)
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    "said, written",
    [
        (f"https://api.telegram.org/bot{TOKEN}/getMe", "https://api.telegram.org/bot***/getMe"),
        (f"token {SHORT}.", "token ***."),
        ("postgresql+psycopg://steward:hunter2@h/d", "postgresql+psycopg://steward:***@h/d"),
        ("call +86 138 0013 8000 now", "call *** now"),
        ("call 13800138000", "call ***"),
        ("call 138-0013-8000!", "call ***!"),
        ("call 021-62345678", "call ***"),
        ("call +49 (30) 1234567", "call ***"),
    ],
)
def test_what_must_not_be_told(said, written):
    assert Redact([SHORT]).text(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "2026-05-01T08:30:00Z", "2026-05-01 08:30", "request 17 of home 1-1-101", "127.0.0.1:8080",
        "chat -1001234567890", "user 5000000001", "89.50", "0001_initial", "update 123456789",
    ],
)  # fmt: skip
def test_what_may_be_told(said):
    assert Redact([SHORT]).text(said) == said


def test_a_secret_of_a_letter_garbles_no_line():
    assert Redact(["s", ""]).text("as said") == "as said"


def test_our_own_lines_carry_their_values_but_no_secret(logged):
    structlog.get_logger().info(
        "update.failed", update=7, url=f"/bot{TOKEN}/x", person={"phone": "62345678"}, seen=[TOKEN, 1]
    )
    (line,) = logged()
    assert line["event"] == "update.failed"
    assert (line["update"], line["url"]) == (7, "/bot***/x")
    assert (line["person"], line["seen"]) == ({"phone": "***"}, ["***", 1])
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("library", ["aiohttp.server", "aiogram.event", "telegram.ext", "sqlalchemy.pool"])
def test_lines_of_libraries_pass_the_same_filter(logged, library):
    logging.getLogger(library).error("cannot ask %s as %s", f"bot{TOKEN}", SHORT)
    (line,) = logged()
    assert line["event"] == "cannot ask bot*** as ***"
    assert (line["logger"], line["level"]) == (library, "error")


def test_requests_are_not_told_one_by_one(logged):
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    logging.getLogger("aiohttp.access").info("GET /healthz")
    structlog.get_logger().debug("too much")
    assert logged() == []


def test_a_traceback_is_kept_without_its_secrets(logged):
    try:
        raise ValueError(f"bad answer from /bot{TOKEN}/getMe")
    except ValueError:
        structlog.get_logger().exception("failed")
        logging.getLogger("aiogram").exception("failed too")
    ours, theirs = logged()
    for line in (ours, theirs):
        assert "ValueError: bad answer from /bot***/getMe" in line["exception"]
        assert TOKEN not in json.dumps(line)


def test_a_crash_goes_through_the_log(logged):
    try:
        raise ValueError(TOKEN)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    thread = threading.Thread(target=lambda: 1 / 0, name="writer")
    thread.start()
    thread.join()
    crashed, in_thread = logged()
    assert (crashed["event"], crashed["level"]) == ("crashed", "critical")
    assert "ValueError: ***" in crashed["exception"]
    assert (in_thread["thread"], "ZeroDivisionError" in in_thread["exception"]) == ("writer", True)


def test_warnings_of_libraries_are_log_lines(logged):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"deprecated {TOKEN}", UserWarning, stacklevel=1)
    (line,) = logged()
    assert (line["logger"], line["level"]) == ("py.warnings", "warning")
    assert "deprecated ***" in line["event"]


def test_text_is_for_people(stream):
    set_up_logs("text", [SHORT], stream)
    try:
        raise ValueError(SHORT)
    except ValueError:
        structlog.get_logger().exception("update.failed", update=7)
    text = stream.getvalue()
    assert "update.failed" in text
    assert "update=7" in text
    assert "ValueError: ***" in text
    assert SHORT not in text
