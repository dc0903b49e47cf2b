"""What is explained, and what never gets into a commit."""

import ast
from collections.abc import Iterator

from tests.architecture.house import Function, Source, committed_files_with, rooms


def unexplained(source: Source) -> Iterator[str]:
    """Public functions and classes at the top level without a docstring."""
    for node in source.tree.body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{source.at(node)} {node.name}"


def test_every_file_says_what_lives_in_it():
    assert [source.name for source in rooms() if not ast.get_docstring(source.tree)] == []


def test_every_public_name_of_the_desk_and_the_engine_is_explained():
    core = [source for source in rooms() if source.below("desk", "dialogs/engine")]
    assert [place for source in core for place in unexplained(source)] == []


def test_no_committed_file_names_a_package_registry():
    # Which registry serves an installation is its owner's choice, made outside the repository.
    hosts = [
        r"pypi\.(org|io)",
        r"pythonhosted\.org",
        r"npmjs\.(org|com)",
        r"(deb|ftp)\.debian\.org",
        r"yarnpkg\.com",
    ]
    assert committed_files_with("|".join(hosts)) == []


def test_no_committed_file_puts_off_what_should_be_done():
    # Assembled, so that this file does not find itself.
    assert committed_files_with(r"\b(TO" + "DO|FIX" + r"ME)\b") == []
