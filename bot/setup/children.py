"""Processes that the demo starts: what they say goes to a file, and they end when it does."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Self

from bot.setup.errors import ChildDied

#: where the packages are, also where they are not installed
ROOT: Final = Path(__file__).parents[2]
#: seconds that a child gets to end by itself; the bot finishes what is in hand
GRACE: Final = 12.0
LAST_WORDS: Final = 12


class Child:
    """`python -m …` in a session of its own, so that Ctrl-C reaches it only through us."""

    def __init__(self, name: str, words: Sequence[str], folder: Path, settings: Mapping[str, str]) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own modules
                [sys.executable, "-m", *words],
                cwd=folder,
                env={**settings, "PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def check(self) -> None:
        """Raises `ChildDied`, with its last words, if it runs no more."""
        code = self._process.poll()
        if code is not None:
            raise ChildDied(self.name, code, self._last_words(), self.log)

    def stop(self) -> None:
        """Asks it to end, and sees to it that it does."""
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def _last_words(self) -> list[str]:
        return self.log.read_text("utf-8", "replace").splitlines()[-LAST_WORDS:]
