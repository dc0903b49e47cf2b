"""The calls of the control API, without aiohttp and without sleeping."""

import http.client
import json
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from sandbox.client.groups import Bot, Group
from sandbox.client.people import Person
from sandbox.client.seen import Json, SandboxError

T = TypeVar("T")


class Sandbox:
    """One running sandbox."""

    def __init__(self, base: str, timeout: float = 10.0) -> None:
        self.base = base.rstrip("/")
        self.timeout = timeout
        self._host = urlsplit(self.base).netloc

    def bot(self, token: str, username: str, name: str, *, privacy: bool = True) -> "Bot":
        """Register a bot."""
        made = self.post("bots", token=token, username=username, name=name, privacy=privacy)
        return Bot(self, made["id"], username)

    def person(self, first_name: str, **fields: Any) -> "Person":
        """Make a person: `last_name`, `username`, `language_code`, `role`, `id`."""
        made = self.post("people", first_name=first_name, **fields)
        return Person(self, made["id"], first_name)

    def group(self, title: str, *, owner: "Person | None" = None, members: Iterable["Person | Bot"] = (),
              forum: bool = False, kind: str = "supergroup") -> "Group":  # fmt: skip
        """Make a group."""
        people = [member.id for member in members]
        who: Json = {"owner": owner and owner.id, "members": people}
        made = self.post("groups", title=title, forum=forum, kind=kind, **who)
        return Group(self, made["id"])

    def world(self) -> Json:
        """Who and what there is."""
        return self.get("world")

    def now(self) -> float:
        """The world's time."""
        return float(self.world()["now"])

    def move_clock(self, by: float = 0, *, to: str = "", zone: str = "UTC") -> float:
        """Move the world forward by seconds, or to the "next 08:30" of a zone."""
        body: Json = {"to": to, "zone": zone} if to else {"by": by}
        return float(self.post("clock", **body)["now"])

    def faults(self, *orders: Mapping[str, Any]) -> None:
        """Order faults; none clears them."""
        self._call("POST", "faults", list(orders))

    def flood(self, on: bool) -> None:
        """Switch Telegram's flood limits."""
        self.post("flood", on=on)

    def calls(self, method: str = "", *, after: int = 0) -> list[Json]:
        """What bots called, or only one method of it."""
        found = self.get("calls", after=after)["calls"]
        return [call for call in found if not method or call["method"].lower() == method.lower()]

    def reset(self) -> None:
        """An empty world."""
        self.post("reset")

    def waiting(self, bot: "Bot | None" = None) -> int:
        """How many updates are not yet confirmed."""
        return int(self.get("settled", **({"bot": bot.id} if bot else {}))["waiting"])

    def settled(self, bot: "Bot | None" = None, timeout: float | None = None) -> None:
        """Wait until the bots have confirmed all updates."""
        self.wait(lambda: self.waiting(bot) == 0, timeout)

    def wait(self, predicate: Callable[[], T | None], timeout: float | None = None) -> T:
        """Wait until the predicate holds and return what it gave. It is asked again after every change."""
        deadline = time.monotonic() + (self.timeout if timeout is None else timeout)
        while True:
            changes = self.get("settled")["changes"]
            found = _asked(predicate)
            if found and not isinstance(found, LookupError):
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"That did not happen in time; at last there was {found!r}.")
            self.get("wait", after=changes, timeout=min(left, 5.0))

    def get(self, path: str, **query: Any) -> Json:
        """A GET of the control API."""
        return self._call("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, **body: Any) -> Json:
        """A POST of the control API."""
        return self._call("POST", path, {key: value for key, value in body.items() if value is not None})

    def post_files(self, path: str, query: Json, files: Mapping[str, tuple[str, bytes]]) -> Json:
        """A POST of files, by name with their type and bytes."""
        edge = "sandbox-7f3a9c"
        parts = [
            _part(edge, f"file{i}", name, mime) + data + b"\r\n"
            for i, (name, (mime, data)) in enumerate(files.items())
        ]
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        return self._send("POST", f"{path}?{urlencode(query)}", body, f"multipart/form-data; boundary={edge}")

    def file(self, file_id: str) -> bytes:
        """What is in a file, by any of its ids."""
        return self._fetch("GET", f"files/{file_id}", None, "")[1]

    def _call(self, verb: str, path: str, body: Any = None) -> Json:
        data = None if body is None else json.dumps(body).encode()
        return self._send(verb, path, data, "application/json")

    def _send(self, verb: str, path: str, data: bytes | None, kind: str) -> Json:
        status, body = self._fetch(verb, path, data, kind)
        answer: Json = json.loads(body)
        if status != 200:
            raise SandboxError(answer.get("error", answer))
        return answer

    def _fetch(self, verb: str, path: str, data: bytes | None, kind: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self._host, timeout=90)
        try:
            connection.request(verb, f"/sandbox/{path}", data, {"Content-Type": kind})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


def _part(edge: str, field: str, name: str, mime: str) -> bytes:
    """How a file begins in a form, as browsers write it."""
    escaped = name.replace('"', "%22")
    return (
        f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{escaped}"\r\n'
        f"Content-Type: {mime}\r\n\r\n"
    ).encode()


def _asked(predicate: Callable[[], T | None]) -> T | LookupError | None:
    """What the predicate gives; what it looks for may not be there yet."""
    try:
        return predicate()
    except LookupError as error:
        return error
