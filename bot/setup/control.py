"""The sandbox's control API, as far as the demo needs it: people are made, and do what people do."""

import http.client
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

from bot.setup.errors import TookTooLong

T = TypeVar("T")
#: seconds for any one thing to happen
PATIENCE: Final = 60.0


class Refused(Exception):
    """The sandbox refused a call, in its own words."""


class Control:
    """Calls over one connection. `alive` is asked while waiting, and raises when that is in vain."""

    def __init__(self, port: int, alive: Callable[[], None]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.alive = alive

    def wait_until_up(self) -> None:
        """Returns when the sandbox answers."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.alive()
            with suppress(OSError):
                self._connection.connect()
                return
            time.sleep(0.02)
        raise TookTooLong("the local Telegram to start")

    def until(self, what: str, look: Callable[[], T | None]) -> T:
        """What `look` finds, as soon as it finds anything."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.alive()
            changes = self.get("settled")["changes"]
            if found := look():
                return found
            self.get(f"wait?after={changes}&timeout=0.5")
        raise TookTooLong(what)

    def get(self, path: str) -> dict[str, Any]:
        """A GET; raises `Refused`."""
        return self._call("GET", path, None)

    def post(self, path: str, **body: object) -> dict[str, Any]:
        """A POST; raises `Refused`."""
        return self._call("POST", path, json.dumps(body).encode())

    def close(self) -> None:
        """Hangs up."""
        self._connection.close()

    def _call(self, verb: str, path: str, body: bytes | None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        self._connection.request(verb, f"/sandbox/{path}", body, headers)
        response = self._connection.getresponse()
        answer: dict[str, Any] = json.loads(response.read())
        if response.status != 200:
            raise Refused(f"{path}: {answer.get('error', answer)}")
        return answer
