"""A call's parameters, however they were written: JSON, a form, or multipart with files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.errors import bad_request
from sandbox.files import Upload
from sandbox.forms import read_form


@dataclass(frozen=True)
class Params:
    """Reads single parameters. Forms hold everything as text, and objects as JSON in text."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A string."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; Telegram takes what it cannot read for 0."""
        try:
            return int(str(self.values.get(name, default)).strip())
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """A boolean; forms write `true`, `True` or `1`."""
        return str(self.values.get(name, "")).strip().lower() in ("true", "1", "yes")

    def json(self, name: str) -> Any:
        """An object or array; None where it is not given."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value.strip() else None
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def listed(self, name: str) -> list[Any] | None:
        """An array."""
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array for {name}")
        return value

    def shown(self) -> dict[str, Any]:
        """All of it for the log of calls, with files by name and size."""
        sent = {name: {"file": file.name, "size": file.size} for name, file in self.files.items()}
        return {name: _opened(value) for name, value in self.values.items()} | sent


async def read_params(request: web.Request) -> Params:
    """The query string and the body together, as Telegram reads them."""
    query = dict(request.query)
    if request.content_type == "application/json":
        return Params(query | await _json_body(request))
    form = await read_form(request)
    return Params(query | {**form.texts}, dict(form.files))


async def _json_body(request: web.Request) -> dict[str, Any]:
    text = await request.text()
    try:
        body = json.loads(text) if text.strip() else {}
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


def _opened(value: Any) -> Any:
    """JSON that a form carried as text, opened, so that both kinds of call look the same in the log."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
