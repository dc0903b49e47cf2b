"""The errors of the command line. The docstring is the message, and ends with what to do next.

SetupError
├── FolderUnwritable
├── NotMigratedYet
├── NoEstate
├── WhichEstate
├── NotThere
├── BadLetterName
├── CannotWrite
├── CannotDraw
├── DemoRuns
├── ChildDied
├── TookTooLong
├── Unreadable (in understanding.py)
└── WrongFile (in documents.py)
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

#: exit codes: something went wrong; the command or the settings were wrong
FAILED, MISUSED = 1, 2


class Ill(Exception):
    """Something that the doctor found is not right; the words say what, and what to do."""


class SetupError(Exception):
    """The command could not be carried out."""

    def __init__(self, what: str = "", next_step: str = "") -> None:
        """`what` is the thing it happened to; `next_step` tells more than the docstring can."""
        parts = [f"{what}:" if what else "", (type(self).__doc__ or "").strip(), next_step]
        super().__init__(" ".join(part for part in parts if part))


class FolderUnwritable(SetupError):
    """This folder cannot be made or written. Give this user the right to write it, or set STEWARD_DATA_DIR to
    another one."""


class NotMigratedYet(SetupError):
    """The tables are missing or older than this version. Run `python -m bot migrate`."""


class NoEstate(SetupError):
    """There is no estate yet. Import one with `python -m bot import-estate FILE`."""


class WhichEstate(SetupError):
    """There are several estates. Name one with --estate."""


class NotThere(SetupError):
    """There is no such thing."""

    def __init__(self, kind: str, name: str, near: str = "") -> None:
        """`near` is a name that may be meant."""
        Exception.__init__(self, f'There is no {kind} "{name}"{near or "."}')


class BadLetterName(SetupError):
    """A dead letter is called update/NUMBER or mail/NUMBER, as `python -m bot dead-letters list` shows it."""


class CannotWrite(SetupError):
    """This file cannot be written. Check its folder, and the right to write there."""


class CannotDraw(SetupError):
    """The picture cannot be drawn; a .txt file has the words."""


class DemoRuns(SetupError):
    """A demo is at work in this folder already. Use that one, or stop it first."""


class TookTooLong(SetupError):
    """This did not happen in time. Look into the logs in data/demo, and start the demo again."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Waiting for {what}")


class ChildDied(SetupError):
    """One of the demo's processes ended by itself."""

    def __init__(self, name: str, code: int, last_words: Sequence[str], log: Path) -> None:
        """Its last words are told before the line that says what to do."""
        self.last_words = last_words
        told = f"The {name} ended by itself (exit code {code}); its last words are above."
        Exception.__init__(self, f"{told} All of them are in {log}. Mend that and start the demo again.")


def tell(error: Exception) -> int | None:
    """Prints an error that an operator can do something about, and gives the exit code; None for others."""
    from bot.logs import Redact  # what is imported here and below is needed only when something is wrong
    from bot.settings import WrongSettings

    if not (isinstance(error, SetupError | WrongSettings) or _is_others(error)):
        return None
    for line in _lines(error, Redact().text(str(error))):
        sys.stderr.write(line + "\n")
    return MISUSED if isinstance(error, WrongSettings) else FAILED


def _is_others(error: Exception) -> bool:
    from bot.faces.base import TelegramError
    from storage.errors import StorageError

    return isinstance(error, TelegramError | StorageError)


def _lines(error: Exception, text: str) -> list[str]:
    """Settings and files have a line for each fault; everything else is told on one."""
    if isinstance(error, ChildDied):
        return [*error.last_words, text]
    lines = text.splitlines() if getattr(error, "line_by_line", False) else [text]
    return [re.sub(r"\s+", " ", line) for line in lines]
