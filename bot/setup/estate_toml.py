"""An estate's file as TOML, with the line of every key, which Python's own reader does not tell."""

import re
import tomllib
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.setup.documents import Document, Place, Problem, Route, WrongFile

TOKENS: Final = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
      | (?P<text>\"{3}.*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
      | (?P<mark>[\[\]{}=,\n])
      | (?P<bare>[^\s\[\]{}=,\#"']+)""",
    re.VERBOSE | re.DOTALL,
)


def read_toml(name: str, text: str) -> Document:
    """The values of a TOML text and the line of each; raises `WrongFile`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongFile(_not_toml(name, str(error))) from None
    lines = Lines(text).found

    def place(path: Route) -> Place:
        nearest = next(path[:end] for end in range(len(path), -1, -1) if path[:end] in lines)
        return Place((lines[nearest],), f"{name}:{lines[nearest]}")

    return Document(data, place)


def _not_toml(name: str, said: str) -> Problem:
    at = re.search(r" \(at line (\d+), column \d+\)", said)
    line = int(at[1]) if at else 1
    return Problem(Place((line,), f"{name}:{line}"), f"no TOML: {said.replace(at[0], '') if at else said}")


class Token(NamedTuple):
    """A word or a mark, and its line."""

    text: str
    line: int


class Lines:
    """Walks through a text that is known to be TOML, and notes on which line each key and item begins."""

    def __init__(self, text: str) -> None:
        self.found: dict[Route, int] = {(): 1}
        self._tokens = [*_tokens(text), Token("\n", 0)]
        self._next = 0
        self._counts: dict[Route, int] = {}
        self._document()

    def _document(self) -> None:
        table: Route = ()
        while self._next < len(self._tokens):
            if self._here.text == "[":
                table = self._header()
            elif self._here.text == "\n":
                self._next += 1
            else:
                self._pair(table)

    def _header(self) -> Route:
        """`[promises]` opens a table, `[[homes]]` one more item of a list of them."""
        line, several = self._here.line, self._tokens[self._next + 1].text == "["
        self._next += 2 if several else 1
        path = self._inside(self._key("]"), several, line)
        self._next += 2 if several else 1
        return self._note(path, line)

    def _inside(self, key: list[str], several: bool, line: int) -> Route:
        path: Route = ()
        for depth, part in enumerate(key, start=1):
            path = self._note((*path, part), line)
            if several and depth == len(key):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _pair(self, table: Route) -> None:
        line = self._here.line
        path = table
        for part in self._key("="):
            path = self._note((*path, part), line)
        self._next += 1
        self._value(path)

    def _value(self, path: Route) -> None:
        if self._here.text == "[":
            for index in self._items("]"):
                self._note((*path, index), self._here.line)
                self._value((*path, index))
        elif self._here.text == "{":
            for _ in self._items("}"):
                self._pair(path)
        else:
            while self._here.text not in {",", "]", "}", "\n"}:
                self._next += 1

    def _items(self, end: str) -> Iterator[int]:
        """Stops at each item of a list or inline table; whoever asks walks over it."""
        self._next += 1
        index = 0
        while self._here.text != end:
            if self._here.text in {",", "\n"}:
                self._next += 1
                continue
            yield index
            index += 1
        self._next += 1

    def _key(self, end: str) -> list[str]:
        """The parts of a key up to a mark: `title."zh_CN"` has two."""
        parts: list[str] = []
        while self._here.text != end:
            word = self._here.text
            parts += [word[1:-1]] if word[0] in "\"'" else [part for part in word.split(".") if part]
            self._next += 1
        return parts

    def _note(self, path: Route, line: int) -> Route:
        self.found.setdefault(path, line)
        return path

    @property
    def _here(self) -> Token:
        return self._tokens[self._next]


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for found in TOKENS.finditer(text):
        if found.lastgroup != "skip":
            yield Token(found[0], line)
        line += found[0].count("\n")
