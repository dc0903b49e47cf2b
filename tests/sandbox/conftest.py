"""A sandbox for every test, in its own thread and in a time that stands still until a test moves it."""

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from sandbox.client import Bot, Group, Person, Sandbox
from sandbox.clock import Clock
from sandbox.running import running

TOKEN = "42:secret"


class Said(Exception):
    """Telegram's refusal."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(answer["description"])
        self.code = answer["error_code"]
        self.parameters = answer.get("parameters", {})


@dataclass(frozen=True)
class BotSide:
    """A bot's end of the line: calls methods and nothing more."""

    base: str
    token: str = TOKEN

    def __call__(self, method: str, **params: Any) -> Any:
        """Call a method with a JSON body; a refusal is raised."""
        body = json.dumps(params).encode()
        return self.send(method, body, {"Content-Type": "application/json"})

    def send(self, method: str, body: bytes, headers: dict[str, str]) -> Any:
        """Call a method with a body of any kind."""
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=10)
        try:
            connection.request("POST", f"/bot{self.token}/{method}", body, headers)
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if not answer["ok"]:
            raise Said(answer)
        return answer["result"]

    def upload(self, method: str, files: dict[str, bytes], **params: Any) -> Any:
        """Call a method with a multipart body."""
        parts = [_part(f'name="{name}"', str(value).encode()) for name, value in params.items()]
        parts += [_part(f'name="{name}"; filename="{name}.png"', data) for name, data in files.items()]
        body = b"".join(parts) + b"--edge--\r\n"
        return self.send(method, body, {"Content-Type": "multipart/form-data; boundary=edge"})

    def updates(self, **params: Any) -> list[dict[str, Any]]:
        """Everything that waits, confirmed at once."""
        found = self("getUpdates", **params)
        if found:
            self("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return list(found)


def _part(names: str, data: bytes) -> bytes:
    return f"--edge\r\nContent-Disposition: form-data; {names}\r\n\r\n".encode() + data + b"\r\n"


@dataclass
class Hand:
    """A machine's clock that stands still."""

    at: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Estate:
    """A small world: a bot, a resident, a janitor and their group."""

    sandbox: Sandbox
    bot: BotSide
    steward: Bot
    ada: Person
    bob: Person
    staff: Group = field(init=False)

    def __post_init__(self) -> None:
        self.staff = self.sandbox.group("Staff", owner=self.bob, members=[self.ada], forum=True)

    def join(self, **rights: bool) -> None:
        """The bot comes into the group, as an administrator with these rights if any are named."""
        self.staff.add(self.steward)
        if rights:
            self.staff.promote(self.steward, by=None, **rights)
        self.bot.updates()


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    return tmp_path / "shared" / "clock"


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def base(clock_file: Path, hand: Hand) -> Iterator[str]:
    with running(clock=Clock(clock_file, hand)) as url:
        yield url


@pytest.fixture
def sandbox(base: str) -> Sandbox:
    return Sandbox(base, timeout=5)


@pytest.fixture
def estate(sandbox: Sandbox) -> Estate:
    steward = sandbox.bot(TOKEN, "steward_bot", "Steward")
    ada, bob = sandbox.person("Ada", language_code="en"), sandbox.person("Bob")
    return Estate(sandbox, BotSide(sandbox.base), steward, ada, bob)


@pytest.fixture
def opened(estate: Estate) -> Estate:
    """The same, with Ada's chat open and nothing waiting."""
    estate.ada.open(estate.steward)
    estate.bot.updates()
    return estate


@pytest.fixture
def refused() -> type[Said]:
    return Said


@pytest.fixture
def bot_side() -> type[BotSide]:
    return BotSide
