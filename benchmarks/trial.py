"""One trial: a fresh driver, a fresh bot, and Redis where the bot needs it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Final, Self
from urllib.parse import urlsplit

from benchmarks import town
from benchmarks.bots import HERE, ROOT, TOKEN, Bot, own_settings
from benchmarks.machine import free_port, processor_seconds
from benchmarks.town import STAFF_CHAT, Town

DRIVER: Final = ROOT / "build" / "tgload"
#: what the driver answered, by name
Result = dict[str, Any]
Options = Mapping[str, int | float | str]


class TrialFailed(Exception):
    """There is no result: the driver ended early, or the bot did not start."""


@dataclass
class Workshop:
    """The folder that trials run in, and the towns that were built for ours, each only once."""

    folder: Path = field(default_factory=lambda: ROOT / "build" / f"bench-{os.getpid()}")
    mode: str = "webhook"
    #: whether the logs are to stay
    keep: bool = False

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        """Takes the folder away, except after a failure: then the logs tell."""
        if kind is None and not self.keep:
            shutil.rmtree(self.folder)

    def database(self, bot: Bot, people: Town) -> Path:
        """A database file of its own for one trial."""
        path = self.folder / "bot.db"
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        if bot.own:
            shutil.copy(self._built(people), path)
        return path

    def _built(self, people: Town) -> Path:
        path = self.folder / f"town-{abs(hash(people))}.db"
        if not path.exists():
            town.build(path, people)
        return path


class Redis:
    """A Redis server of its own, which writes to the disk each second: the default of an append-only file."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        home = folder / "redis"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        words = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(home)]
        self.process = subprocess.Popen(
            [*words, "--save", "", "--appendonly", "yes"], stdout=subprocess.DEVNULL
        )
        _wait_for(self.port)

    def used(self) -> int:
        """Bytes of memory."""
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.sendall(b"INFO memory\r\n")
            told = line.recv(65536).decode()
        return int(told.partition("used_memory:")[2].split()[0])


def _wait_for(port: int, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as line:
            if not line.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.02)
    raise TrialFailed(f"nothing listens on port {port}")


class Trial:
    """The driver and the bot at work. Use as a context; whatever it started ends with it."""

    def __init__(self, workshop: Workshop, bot: Bot, options: Options, people: Town | None = None) -> None:
        self._workshop = workshop
        self._bot = bot
        self._options = options
        self._people = people or Town()
        self._stack = ExitStack()
        self._log = workshop.folder / f"{bot.name}.log"
        self._api, hook = f"http://127.0.0.1:{free_port()}", free_port()
        self.hook = f"http://127.0.0.1:{hook}/telegram"
        self.redis: Redis | None = None
        self.started_at = 0.0

    def __enter__(self) -> Self:
        with self._stack as stack:
            log = stack.enter_context(self._log.open("w"))
            if self._bot.redis:
                self.redis = Redis(self._workshop.folder)
                stack.enter_context(_ended(self.redis.process))
            environment = self._environment()  # may build a town first, which takes its time
            self._driver = stack.enter_context(_ended(self._start_driver(log)))
            self._expect("LISTENING")
            self._process = stack.enter_context(_ended(self._start_bot(environment, log)))
            self._tell_pids()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    @property
    def pid(self) -> int:
        """Of the bot."""
        return self._process.pid

    def ready(self) -> None:
        """Waits until the bot has told Telegram where it listens, or polls."""
        self._expect("READY")

    def answered(self) -> tuple[float, float]:
        """Seconds from the bot's start to its first answer, and of the processor."""
        at = float(self._expect("ANSWERED"))
        return at - self.started_at, processor_seconds(self.pid)

    def result(self) -> Result:
        """What the driver measured, once it is through."""
        result: Result = json.loads(self._expect("RESULT"))
        if result["end"] == "bot-not-ready":
            raise TrialFailed(f"{self._bot.name}: the bot did not start; see {self._log}")
        return result

    def _expect(self, word: str) -> str:
        assert self._driver.stdout
        for line in self._driver.stdout:
            if line.startswith(word):
                return str(line.removeprefix(word))
        raise TrialFailed(f"{self._bot.name}: the driver ended before {word}; see {self._log}")

    @cached_property
    def _pids(self) -> Path:
        return self._workshop.folder / "pids"

    def _start_driver(self, log: IO[str]) -> "subprocess.Popen[str]":
        self._pids.unlink(missing_ok=True)
        options = {
            "port": urlsplit(self._api).port,
            "mode": self._workshop.mode,
            "staff-chat": STAFF_CHAT,
            "scenario": HERE / "scenarios" / f"{self._bot.scenario}.txt",
            "pids-file": self._pids,
            **self._options,
        }
        words = [str(DRIVER), *(f"--{name}={value}" for name, value in options.items())]
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True)

    def _start_bot(self, environment: dict[str, str], log: IO[str]) -> "subprocess.Popen[str]":
        words = [sys.executable, "-m", self._bot.module, *(["run"] if self._bot.own else [])]
        self.started_at = time.monotonic()
        return subprocess.Popen(words, env=environment, stdout=log, stderr=log, cwd=ROOT, text=True)

    def _environment(self) -> dict[str, str]:
        database = self._workshop.database(self._bot, self._people)
        given = {name: value for name, value in os.environ.items() if not name.startswith("STEWARD_")}
        if self._bot.own:
            return given | self._own_environment(database) | dict(self._bot.environment)
        return given | self._peers_environment(database)

    def _own_environment(self, database: Path) -> dict[str, str]:
        webhook = self._workshop.mode == "webhook"
        return own_settings(self._api, self.hook) | {
            "STEWARD_MODE": self._workshop.mode,
            "STEWARD_LISTEN": urlsplit(self.hook).netloc if webhook else "",
            "STEWARD_DATA_DIR": str(self._workshop.folder),
            "STEWARD_DATABASE_URL": f"sqlite:///{database}",
        }

    def _peers_environment(self, database: Path) -> dict[str, str]:
        return {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE": self._api,
            "MODE": self._workshop.mode,
            "WEBHOOK_URL": self.hook,
            "STAFF_CHAT_ID": str(STAFF_CHAT),
            "DB_PATH": str(database),
            "REDIS_URL": f"redis://127.0.0.1:{self.redis.port}/0" if self.redis else "",
        }

    def _tell_pids(self) -> None:
        """The driver reads the processor time of these."""
        helpers = [self.redis.process.pid] if self.redis else []
        draft = self._pids.with_suffix(".new")
        draft.write_text(f"{self.pid}\n{','.join(map(str, helpers))}\n", "ascii")
        draft.rename(self._pids)


@contextmanager
def _ended(process: "subprocess.Popen[Any]") -> Iterator["subprocess.Popen[Any]"]:
    """A process that ends with the trial."""
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
