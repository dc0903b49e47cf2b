"""The demo: a local Telegram, the bot, and an estate with its people, in one command."""

import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.setup.cast import Cast, Part
from bot.setup.children import Child
from bot.setup.control import Control
from bot.setup.errors import DemoRuns
from bot.setup.folders import make_folder

if sys.platform != "win32":
    import fcntl

FOLDER: Final = Path("data/demo")
LOCK: Final = "lock"
#: seconds between looks at whether both processes still run
LOOK: Final = 0.3


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything of this demo is."""

    folder: Path
    face: str
    port: int
    token: str

    @property
    def address(self) -> str:
        """The sandbox's, where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        """A SQLite file of its own."""
        return f"sqlite:///{self.folder / 'steward.db'}"

    @property
    def clock(self) -> Path:
        """By which the bot follows the sandbox's time."""
        return self.folder / "clock"

    def settings(self) -> dict[str, str]:
        """The bot's environment; nothing of the operator's own settings gets into it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("STEWARD_")}
        return kept | {
            "STEWARD_BOT_TOKEN": self.token,
            "STEWARD_TELEGRAM_API": self.address,
            "STEWARD_PAYMENT_TOKEN": "284685063:TEST:demo",
            "STEWARD_DATA_DIR": str(self.folder),
            "STEWARD_FACE": self.face,
            "STEWARD_LISTEN": "",
            "STEWARD_CLOCK": str(self.clock),
            "STEWARD_LIMITS": "none",
            "STEWARD_SYNCHRONOUS": "normal",
        }


def demo(face: str, port: int, say: Callable[[str], None], hint: Callable[[str], None]) -> None:
    """Runs until interrupted. `say` gets the one address; `hint` what else is worth knowing meanwhile."""
    _end_like_ctrl_c()
    hint(f"Starting a local Telegram and the bot ({face}) …")
    with _folder() as folder:
        found = free_port(port)
        if found != port:
            hint(f"Port {port} is taken, so this is on {found}.")
        plan = Plan(folder, face, found, f"100:{secrets.token_urlsafe(24)}")
        with _playing(plan, say, hint) as children:
            hint(f"Everybody is in. Press Ctrl-C to stop; the logs are in {folder}.")
            while True:
                _check(children)
                time.sleep(LOOK)


@contextmanager
def _playing(plan: Plan, say: Callable[[str], None], hint: Callable[[str], None]) -> Iterator[list[Child]]:
    """Both processes at work, and everybody in their place; the page shows how they come in."""
    children: list[Child] = []
    with ExitStack() as stack:

        def start(name: str, *words: str) -> None:
            children.append(stack.enter_context(Child(name, words, plan.folder, plan.settings())))

        listen = f"127.0.0.1:{plan.port}"
        start("sandbox", "sandbox", "--listen", listen, "--clock", str(plan.clock))
        control = stack.enter_context(closing(Control(plan.port, lambda: _check(children))))
        control.wait_until_up()
        cast = Cast(control, plan.token)
        start("bot", "bot", "run")
        say(f"{plan.address}/")
        hint("The page is there; everybody is coming in …")
        cast.come_in(*_estate(plan, cast.accounts))
        yield children


def _estate(plan: Plan, accounts: dict[Part, int]) -> tuple[dict[Part, str], int]:
    from bot.setup.demo_estate import prepare_estate  # loads the storage, while both processes start

    return prepare_estate(plan.database, accounts)


def _check(children: list[Child]) -> None:
    for child in children:
        child.check()


@contextmanager
def _folder() -> Iterator[Path]:
    """An empty folder for this demo alone: the sandbox forgets everything, so the database has to, too."""
    folder = FOLDER.resolve()
    make_folder(folder)
    with (folder / LOCK).open("w") as lock:
        if sys.platform != "win32":
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise DemoRuns(str(folder)) from None
        for file in folder.iterdir():
            if file.name != LOCK and file.is_file():
                file.unlink()
        yield folder


def free_port(wanted: int) -> int:
    """The port itself, or another one where somebody listens there."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return wanted


def _end_like_ctrl_c() -> None:
    """Whoever ends the demo some other way means the same; children must not be left behind.

    SIGINT too: a shell that starts something in the background has it ignored, and Python leaves it so.
    """

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)
