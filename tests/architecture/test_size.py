"""What fits the head: files and functions have an upper bound."""

import ast

from tests.architecture.house import Function, rooms, sources

#: A migration is written once and never read as a whole; its tables are as long as they are.
MIGRATIONS = "storage/migrations/versions"


def body_lines(function: Function) -> int:
    """Lines of a function without its docstring: nobody shall save on explaining."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    explained = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - explained


def test_no_file_is_longer_than_400_lines():
    bounded = [source for source in sources() if not source.below(MIGRATIONS)]
    assert [f"{source.name}: {source.lines}" for source in bounded if source.lines > 400] == []


def test_no_function_is_longer_than_40_lines_and_in_the_engine_30():
    too_long = [
        f"{source.at(function)} {function.name}: {body_lines(function)}"
        for source in rooms()
        if not source.below(MIGRATIONS)
        for function in source.functions()
        if body_lines(function) > (30 if source.below("dialogs/engine") else 40)
    ]
    assert too_long == []
