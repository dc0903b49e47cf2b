"""Where bots are born quickly: a process that has loaded everything already is forked for each start.

What comes out is a process of its own like any other, which can be killed and waited for; it only did not
spend its first seconds importing. `python -m bot` itself is tried in test_story.py.
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import TimeoutExpired
from types import ModuleType
from unittest.mock import patch

from tests.story.nursing import live
from tests.story.stage import Process, Stage

_CONTEXT = ForkServerContext()
_CONTEXT.set_forkserver_preload(["tests.story.nursing", "tests.story.warm"])


class Forked:
    """A process, with the part of `subprocess.Popen` that stages use."""

    def __init__(self, process: BaseProcess, words: Sequence[str]) -> None:
        self._process = process
        self._words = words

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid or 0

    def poll(self) -> int | None:
        """The exit code, None while it lives."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Waits for its end; the exit code."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutExpired(self._words, timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Sends a signal to it."""
        if self._process.pid is not None and self._process.exitcode is None:
            os.kill(self._process.pid, number)

    def terminate(self) -> None:
        """Asks it to end."""
        self.send_signal(signal.SIGTERM)


def bear(words: Sequence[str], environment: Mapping[str, str], folder: Path, out: Path, err: Path) -> Forked:
    """Starts `python -m bot` with these words; what it prints goes to the ends of two files."""
    given = (tuple(words), dict(environment), str(folder), str(out), str(err))
    process = _CONTEXT.Process(target=live, args=given)
    with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):  # else it would load pytest again
        process.start()
    return Forked(process, words)


class SwiftStage(Stage):
    """A stage whose bot, and whose commands, start in a moment."""

    def spawn(self, *words: str) -> Process:
        """One process of the product."""
        log = self.folder / "bot.log"
        return bear(words, self.environment(), self.folder, log, log)

    def command(self, *words: str) -> str:
        """Runs one command of the product; what it printed."""
        out = self.folder / "command.out"
        out.unlink(missing_ok=True)
        born = bear(words, self.environment(), self.folder, out, self.folder / "bot.log")
        assert born.wait(60) == 0, f"{words}: {self.log()[-3000:]}"
        return out.read_text().strip()


class ColdStage(SwiftStage):
    """A stage whose commands are quick, and whose bot starts as it does at the customer's."""

    def spawn(self, *words: str) -> Process:
        """`python -m bot` with these words."""
        return Stage.spawn(self, *words)
