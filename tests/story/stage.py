"""A stage for stories: the sandbox in this process, the bot as a process of its own, over real HTTP."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from socket import socket
from typing import Protocol

from sandbox.client import Bot, Sandbox

ROOT = Path(__file__).parents[2]
TOKEN = "4242:story-story-story-story-story"
USERNAME = "steward_bot"
PATIENCE = 20.0

ESTATE = """
[estate]
name = "Sunny Court"
time_zone = "Asia/Shanghai"
languages = ["en", "zh_CN"]
country = "CN"
currency = "CNY"
hours = { daily = "08:00-18:00" }
[promises]
respond = "30m"
solve = "24h"
confirm = "72h"
[survey]
after = "2h"
quiet = "22:00-08:00"
[digest]
at = "08:30"
[[homes]]
code = "1-1-101"
area = "89.50"
[[homes]]
code = "1-1-102"
area = "75.00"
[[queues]]
code = "plumbing"
title = { en = "Plumbing", zh_CN = "给排水" }
kinds = ["plumbing"]
[[queues]]
code = "electrical"
title = { en = "Electrical", zh_CN = "强电" }
kinds = ["electrical"]
"""


class Process(Protocol):
    """What a stage does with a process."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, number: int, /) -> None: ...
    def terminate(self) -> None: ...


@dataclass
class Stage:
    """One sandbox, one database, one bot that can be killed and started again at any moment."""

    sandbox: Sandbox
    folder: Path
    face: str
    database: str
    mode: str = "polling"
    bot: Bot = field(init=False)
    process: "Process | None" = None
    port: int = field(default_factory=lambda: free_port())
    #: where Telegram calls, if that is not the bot itself
    address: str = ""
    #: settings that are different this time
    more: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bot = self.sandbox.bot(TOKEN, USERNAME, "Steward")

    def environment(self) -> dict[str, str]:
        """What the bot is told."""
        given = {
            "STEWARD_BOT_TOKEN": TOKEN,
            "STEWARD_TELEGRAM_API": self.sandbox.base,
            "STEWARD_DATA_DIR": str(self.folder),
            "STEWARD_DATABASE_URL": self.database,
            "STEWARD_FACE": self.face,
            "STEWARD_MODE": self.mode,
            "STEWARD_LISTEN": f"127.0.0.1:{self.port}",
            "STEWARD_LOG": "text",
            "STEWARD_LIMITS": "none",
            "STEWARD_CLOCK": str(self.folder / "clock"),
        }
        if self.mode == "webhook":
            address = self.address or f"http://127.0.0.1:{self.port}"
            given["STEWARD_WEBHOOK_URL"] = f"{address}/telegram"
            given["STEWARD_WEBHOOK_SECRET"] = "story-secret"
        kept = {key: value for key, value in os.environ.items() if not key.startswith("STEWARD_")}
        return {**kept, **given, **self.more, "PYTHONPATH": str(ROOT)}

    def command(self, *words: str) -> str:
        """Runs one command of the product; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def start(self) -> None:
        """Starts the bot and waits until it is ready."""
        self.process = self.spawn("run")
        self.until(lambda: self.health() is not None)

    def spawn(self, *words: str) -> "Process":
        """One process of the product; what it prints goes to the log."""
        with (self.folder / "bot.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "bot", *words],
                env=self.environment(),
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """Ends the bot as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> int:
        """Asks the bot to end; its exit code."""
        if self.process is None:
            return 0
        self.process.terminate()
        code = self.process.wait(timeout=15)
        self.process = None
        return code

    def health(self) -> "dict[str, object] | None":
        """What /healthz says; None while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                found: dict[str, object] = json.load(answer)
                return found
        except OSError:
            assert self.process is None or self.process.poll() is None, self.log()
            return None

    def log(self) -> str:
        """What the bot logged, for a failing test to show."""
        return (self.folder / "bot.log").read_text()

    def settle(self) -> None:
        """Waits until every update is confirmed and every message delivered."""
        calm = 0

        def quiet() -> bool:
            nonlocal calm
            idle = self.idle() and self.sandbox.waiting(self.bot) == 0
            calm = calm + 1 if idle else 0
            return calm >= 2

        self.until(quiet)

    def idle(self) -> bool:
        """Whether the bot has nothing left to send, and no timer is due."""
        health = self.health()
        return health is not None and health["outbox"] == 0 and health["late"] == 0

    def until(self, true: Callable[[], object]) -> None:
        """Waits for something that the bot, a process of its own, does in its own time."""
        give_up = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < give_up, f"waited {PATIENCE} s\n{self.log()[-6000:]}"
            time.sleep(0.03)

    def later(self, by: timedelta) -> None:
        """Moves the clock of sandbox and bot."""
        self.sandbox.move_clock(by.total_seconds())
        self.settle()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
