"""A file of tables, whatever its form: nested values, and where in the file each of them stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.setup.errors import SetupError

#: keys and positions on the way from the whole file to one value
Route: TypeAlias = "tuple[str | int, ...]"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Somewhere in a file; places are ordered as they are read."""

    order: tuple[int, ...]
    #: `sunny.toml:12`, `sunny.xlsx:homes!B7`
    shown: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, and where."""

    place: Place
    why: str

    def __str__(self) -> str:
        return f"{self.place.shown}: {self.why}"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read; what it means is for others to say."""

    data: Mapping[str, object]
    #: where a value is, or the nearest thing around it
    place: Callable[[Route], Place]


class WrongFile(SetupError):
    """A file is not as it should be; a line for each problem. Nothing was changed."""

    line_by_line = True

    def __init__(self, *problems: Problem | str) -> None:
        Exception.__init__(self, "\n".join(str(problem) for problem in problems))
