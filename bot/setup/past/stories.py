"""How residents put it, and what was done: read from `stories.toml`, drawn from at random."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One kind of request in two languages (`zh`, `en`): what is said, and what the worker notes."""

    kind: str
    said: Mapping[str, Sequence[str]]
    done: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who worked here all the time and does not play in the demo."""

    name: str
    badge: str
    queue: str


class Book:
    """All stories; the same dice draw the same ones."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        told = _told()
        self._stories = [_story(one) for one in told["stories"]]
        self._weights = [one["weight"] for one in told["stories"]]
        self._scores = told["scores"]
        self.residents: tuple[str, ...] = tuple(told["residents"])
        self.colleagues = tuple(Colleague(**one) for one in told["colleagues"])

    def story(self) -> Story:
        """What happens next."""
        return self._dice.choices(self._stories, self._weights)[0]

    def score(self) -> int:
        """How a job is judged, 5 to 1."""
        return self._dice.choices([5, 4, 3, 2, 1], self._scores["weights"])[0]

    def comment(self, score: int, language: str) -> str:
        """A few words to a score; most people say nothing."""
        if self._dice.random() < 0.6:
            return ""
        return str(self._dice.choice(self._scores["good" if score > 3 else "bad"][language]))


def language_of(name: str) -> str:
    """In which of the book's languages somebody of this name speaks."""
    return "en" if name.isascii() else "zh"


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(files("bot.setup.past").joinpath("stories.toml").read_text("utf-8"))


def _story(told: Mapping[str, Any]) -> Story:
    return Story(
        kind=told["kind"],
        said={"zh": told["zh"], "en": told["en"]},
        done={"zh": told["done_zh"], "en": told["done_en"]},
    )
