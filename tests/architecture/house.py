"""The source of the house, read once: every file with its lines and its syntax tree."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "dialogs", "desk", "locales", "storage", "sandbox")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file, named as in a traceback so that a failing test can be clicked."""

    name: str
    lines: int
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """Where a node is: `desk/routing.py:17`."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"

    def below(self, *folders: str) -> bool:
        """Whether the file lives in one of the folders, or is one of the files."""
        return any(self.name == folder or self.name.startswith(f"{folder}/") for folder in folders)

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the rooms and the tests."""
    paths = [path for room in (*ROOMS, "tests") for path in sorted((ROOT / room).rglob("*.py"))]
    return tuple(_read(path) for path in paths)


def rooms() -> tuple[Source, ...]:
    """Every Python file of the product."""
    return tuple(source for source in sources() if source.below(*ROOMS))


def committed_files_with(pattern: str) -> list[str]:
    """`file:line` of every line in a committed text file that matches an extended regular expression."""
    found = subprocess.run(
        ["git", "grep", "-nIE", "-e", pattern], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode in (0, 1), found.stderr
    return [line[:160] for line in found.stdout.splitlines()]


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text.count("\n"), ast.parse(text))
