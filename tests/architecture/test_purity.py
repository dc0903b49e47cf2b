"""What the import contracts cannot say: where time comes from, and where waiting is allowed."""

import ast

from tests.architecture.house import Source, rooms

#: Ways to ask the machine what time it is. `time.monotonic` only measures, and is free.
CLOCKS = {
    "datetime.now", "datetime.today", "datetime.utcnow", "datetime.datetime.now", "datetime.datetime.utcnow",
    "datetime.date.today", "date.today", "time.time", "time.time_ns", "time.localtime", "time.gmtime",
}  # fmt: skip


def clocks_read(source: Source) -> list[str]:
    """Where a file names one of the clocks, called or handed on."""
    return [
        f"{source.at(node)} {ast.unparse(node)}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS
    ]


def waits(source: Source) -> list[str]:
    """Where a file is asynchronous."""
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    return [source.at(node) for node in ast.walk(source.tree) if isinstance(node, waiting)]


def test_only_the_clock_knows_what_time_it_is():
    product = [source for source in rooms() if not source.below("bot/clock.py", "sandbox")]
    assert [place for source in product for place in clocks_read(source)] == []


def test_nothing_below_bot_is_asynchronous():
    core = [source for source in rooms() if source.below("dialogs", "desk", "locales", "storage")]
    assert [place for source in core for place in waits(source)] == []
