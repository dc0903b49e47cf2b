"""The operations guide, word for word: its commands are taken out of docs/operations.md, and run elsewhere.

What needs a whole machine is stood in for: `systemctl` is the stage, and nobody changes accounts.
"""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox.client import Sandbox
from sandbox.running import running
from storage.migrate import downgrade, head
from storage.work import Database
from tests.story.nursery import SwiftStage
from tests.story.repair import (
    OPENING,
    ORDER,
    Cast,
    import_estate,
    resident_begins,
    resident_sends,
    resident_writes,
)
from tests.story.stage import ROOT

if TYPE_CHECKING:
    from tests.postgres import Cluster

GUIDE = (ROOT / "docs/operations.md").read_text()
#: who runs a command is the machine's business; the rights of a file are not
STAND_INS = """
runuser() { shift 3; "$@"; }
install() { command install -m "$6" "${@:7}"; }
python() { shift 2; "$PYTHON" -m bot "$@"; }
"""


def commands(chapter: str, database: str = "") -> list[str]:
    """The shell commands of a chapter; of one database, those below its name in bold letters."""
    text = GUIDE.partition(f"\n## {chapter}\n")[2].partition("\n## ")[0]
    text = text.partition(f"**{database}.**")[2].partition("\n**")[0] if database else text
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.fixture
def face() -> str:
    """Which library speaks to Telegram makes no difference here."""
    return "aiogram"


class Machine:
    """A bot at work on a machine of its own: the guide's folders, and its service."""

    def __init__(self, stage: SwiftStage, environment: dict[str, str]) -> None:
        self.stage, self.environment = stage, environment
        self.cast = Cast(stage)
        for name in ("lib/steward", "backups"):
            (stage.folder / name).mkdir(parents=True)

    def runs(self, lines: list[str]) -> str:
        """Runs commands in their order; what they printed."""
        said, waiting = "", list[str]()
        for line in [*lines, "systemctl"]:
            if not line.startswith("systemctl"):
                waiting.append(line)
                continue
            said += self._shell("\n".join(waiting)) if waiting else ""
            waiting = []
            if "stop" in line:
                self.stage.kill()
            elif "start" in line:
                self.stage.start()
        return said

    def _shell(self, script: str) -> str:
        for there, here in (("/var/lib", "lib"), ("/var/backups", "backups")):
            script = script.replace(there, str(self.stage.folder / here))
        script = script.replace("2026-05-01", f"{datetime.now().astimezone():%F}")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"{STAND_INS}\n{script}"],
            env=self.stage.environment() | self.environment,
            cwd=self.stage.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def opens(self) -> None:
        """The estate comes in, and a resident begins to report something."""
        import_estate(self.cast)
        self.stage.start()
        for scene in (*OPENING, resident_begins, resident_writes):
            scene(self.cast)
            self.stage.settle()

    def goes_on(self) -> None:
        """The resident answers what is still asked, and the order is filed."""
        for scene in ORDER[ORDER.index(resident_writes) + 1 :]:
            scene(self.cast)
            self.stage.settle()
        assert scene is resident_sends
        assert "R-1" in self.cast.card().text

    def busy(self) -> "Busy":
        """Somebody keeps the bot writing."""
        return Busy(self)


class Busy:
    """Words come in, one after the other, until the end of the block."""

    def __init__(self, machine: Machine) -> None:
        self._machine, self._over = machine, threading.Event()
        self._thread = threading.Thread(target=self._talk)

    def _talk(self) -> None:
        while not self._over.is_set():
            self._machine.cast.stranger.say("/help", chat=self._machine.stage.bot)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_exc: object) -> None:
        self._over.set()
        self._thread.join()


@pytest.fixture
def sqlite_machine(tmp_path: Path, face: str) -> Iterator[Machine]:
    """On SQLite."""
    with running(clock=tmp_path / "clock") as base:
        url = f"sqlite:///{tmp_path}/lib/steward/steward.db"
        machine = Machine(SwiftStage(Sandbox(base), tmp_path, face, url), {})
        yield machine
        machine.stage.kill()


@pytest.fixture
def server(postgres_cluster: "Cluster") -> Iterator[dict[str, str]]:
    """How PostgreSQL's own programs find the server; what the guide makes there goes at the end."""
    found = {
        "PATH": f"{postgres_cluster.programs}:{os.environ['PATH']}",
        "PGHOST": str(postgres_cluster.folder),
        "PGUSER": "postgres",
        "PYTHON": sys.executable,
    }
    yield found
    for words in (("dropdb", "--if-exists", "--force", "steward"), ("dropuser", "--if-exists", "steward")):
        subprocess.run(words, env=found, check=True)


@pytest.fixture
def postgres_machine(tmp_path: Path, face: str, server: dict[str, str]) -> Iterator[Machine]:
    """On PostgreSQL, with user and database made as the guide says."""
    with running(clock=tmp_path / "clock") as base:
        url = f"postgresql://steward@/steward?host={server['PGHOST']}"
        machine = Machine(SwiftStage(Sandbox(base), tmp_path, face, url), server)
        machine.runs([line for line in commands("Scale out") if "create" in line])
        yield machine
        machine.stage.kill()


def test_a_file_is_backed_up_at_work_and_restored(sqlite_machine: Machine):
    machine = sqlite_machine
    machine.opens()
    with machine.busy():
        assert machine.runs(commands("Back up", "SQLite")) == "ok\n"
    machine.stage.kill()
    (machine.stage.folder / "lib/steward/steward.db").write_bytes(b"a disk that died")
    machine.runs(commands("Restore", "SQLite"))
    machine.goes_on()


@pytest.mark.postgres
def test_a_server_is_backed_up_at_work_and_restored(postgres_machine: Machine):
    machine = postgres_machine
    machine.opens()
    with machine.busy():
        assert machine.runs(commands("Back up", "PostgreSQL")) == "readable\n"
    machine.runs(commands("Restore", "PostgreSQL"))
    machine.goes_on()


def test_an_upgrade_takes_open_conversations_along(sqlite_machine: Machine):
    machine = sqlite_machine
    machine.opens()
    machine.stage.stop()
    downgrade(machine.stage.database, "0001")
    with Database(machine.stage.database) as database:
        assert database.revision() == "0001"
    machine.stage.command("migrate")
    machine.stage.start()
    with Database(machine.stage.database) as database:
        assert database.revision() == head()
    machine.goes_on()


@pytest.mark.postgres
def test_it_moves_from_a_file_to_a_server(sqlite_machine: Machine, server: dict[str, str]):
    machine = sqlite_machine
    machine.environment |= server
    machine.opens()
    url = f"postgresql://steward@/steward?host={server['PGHOST']}"
    machine.runs(
        [line.replace("postgresql://steward@/steward", f"'{url}'") for line in commands("Scale out")]
    )
    machine.stage.database = url
    machine.stage.start()
    machine.goes_on()
