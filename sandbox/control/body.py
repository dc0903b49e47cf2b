"""Reading the body of a control call, with refusals in words that tell what to do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.errors import Problem
from sandbox.records import Place
from sandbox.world import World


@dataclass(frozen=True)
class Body:
    """The fields of a call, or its query string."""

    values: Mapping[str, Any]

    def text(self, name: str, default: str | None = None) -> str:
        """A string; without a default it must be given."""
        value = self.values.get(name, default)
        if value is None:
            raise Problem(f"`{name}` is missing.")
        return str(value)

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number; without a default it must be given."""
        value = self.values.get(name)
        value = default if value is None or value == "" else value
        if value is None:
            raise Problem(f"`{name}` is missing.")
        try:
            return int(value)
        except (TypeError, ValueError):
            raise Problem(f"`{name}` must be a whole number, not {value!r}.") from None

    def real(self, name: str, default: float | None = None) -> float:
        """A number of seconds."""
        value = self.values.get(name, default)
        try:
            return float(value if value is not None else "")
        except (TypeError, ValueError):
            raise Problem(f"`{name}` must be a number, not {value!r}.") from None

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self.values.get(name, default)
        return value if isinstance(value, bool) else str(value).lower() in ("1", "true", "yes")

    def listed(self, name: str) -> list[Any]:
        """A list; none given is an empty one."""
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise Problem(f"`{name}` must be a list.")
        return value

    def given(self, name: str) -> bool:
        """Whether a field is there and not null."""
        return self.values.get(name) is not None

    def place(self, world: World, person: int) -> Place:
        """The chat that is meant: `bot` for the private one, `chat` for a group."""
        if self.given("bot"):
            return Place(person, world.bot(self.text("bot")).id)
        if not self.given("chat"):
            raise Problem("Say where: `bot` for the private chat with a bot, or `chat` for a group.")
        return Place(world.group(self.number("chat")).id)


async def read_body(request: web.Request) -> Body:
    """A JSON object; no body at all is an empty one."""
    text = await request.text()
    try:
        values = json.loads(text) if text.strip() else {}
    except ValueError as error:
        raise Problem(f"The body is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise Problem("The body must be a JSON object.")
    return Body(values)


async def read_list(request: web.Request) -> list[Any]:
    """A JSON list."""
    try:
        values = json.loads(await request.text() or "[]")
    except ValueError as error:
        raise Problem(f"The body is not JSON: {error}") from error
    if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
        raise Problem("The body must be a list of objects.")
    return values
