"""A throw-away PostgreSQL for the tests: found, started, asked for one empty database a test, thrown away.

Each test process starts its own server on a Unix socket in a folder of its own, at the first test that
asks. That costs a second and a half a process, and spares locks, ports and waiting for one another.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

#: Durability is for data that somebody wants back.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "timezone": "UTC",
}


class NoPostgres(Exception):
    """No PostgreSQL server could be found on this machine."""


def find_programs() -> Path:
    """The folder with `initdb` and `postgres`: STEWARD_PG_BIN, then Debian's, newest first, then the PATH."""
    named = os.environ.get("STEWARD_PG_BIN")
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    places = [Path(named)] if named else [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgres


def _unprivileged() -> str | None:
    """Whom to run the server as: it refuses to be root. None means: as ourselves."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@dataclass
class Cluster:
    """One running server. Use as a context manager; `create` gives an empty database."""

    programs: Path
    folder: Path = field(init=False)
    _server: subprocess.Popen[bytes] = field(init=False)
    _numbers: "count[int]" = field(default_factory=count)

    def __enter__(self) -> Self:
        user = _unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="steward-pg-", dir="/tmp"))
        if user:
            shutil.chown(self.folder, user)
        try:
            self._initialise(user)
            self._server = self._start(user)
            self._wait()
        except BaseException:
            self._throw_away()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._throw_away()

    def create(self, template: str = "template1") -> str:
        """A new database, a copy of `template`; returns its SQLAlchemy URL."""
        name = f"steward_{next(self._numbers)}"
        self._command(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template)))
        )
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def stop(self) -> None:
        """Shuts the server down, whoever is connected; its data stay."""
        self._server.send_signal(2)  # SIGINT: a fast shutdown, as an upgrade of the package does it
        self._server.wait(timeout=10)

    def start(self) -> None:
        """Starts it again, and waits until it answers."""
        self._server = self._start(_unprivileged())
        self._wait()

    def drop(self, url: str) -> None:
        """Throws a database away, and whoever is still connected out of it."""
        name = url.partition("@/")[2].partition("?")[0]
        self._command(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _command(self, command: sql.Composed) -> None:
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(command)

    def _initialise(self, user: str | None) -> None:
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [self.programs / "initdb", "--pgdata", self.folder / "data", *options],
            check=True,
            user=user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )

    def _start(self, user: str | None) -> subprocess.Popen[bytes]:
        # A test process that is killed outright takes its server along, where the system can arrange that.
        setpriv = shutil.which("setpriv")
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(
                [
                    *([setpriv, "--pdeathsig", "QUIT", "--"] if setpriv else []),
                    self.programs / "postgres",
                    "-D",
                    self.folder / "data",
                    "-k",
                    self.folder,
                    *settings,
                ],
                user=user,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _wait(self, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while True:
            try:
                return self._command(sql.SQL("SELECT {}").format(1))
            except psycopg.OperationalError:
                if self._server.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.02)

    def _throw_away(self) -> None:
        if hasattr(self, "_server"):
            self._server.send_signal(3)  # SIGQUIT: stop at once, nothing is worth saving
            self._server.wait(timeout=10)
        shutil.rmtree(self.folder, ignore_errors=True)
