"""The errors of the command line. The docstring is the message, and ends with what to do next.

SetupError
├── FolderUnwritable
├── NotMigratedYet
├── NoEstate
├── WhichEstate
├── NotThere
└── CannotWrite
"""

import re
import sys

from bot.settings import WrongSettings

#: exit codes: something went wrong; the command or the settings were wrong
FAILED, MISUSED = 1, 2


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


class CannotWrite(SetupError):
    """This file cannot be written. Check its folder, and the right to write there."""


def tell(error: Exception) -> int | None:
    """Prints an error that an operator can do something about, and gives the exit code; None for others."""
    if not _is_known(error):
        return None
    for line in _lines(error):
        sys.stderr.write(line + "\n")
    return MISUSED if isinstance(error, WrongSettings) else FAILED


def _is_known(error: Exception) -> bool:
    if isinstance(error, SetupError | WrongSettings):
        return True
    from bot.faces.base import (
        TelegramError,  # only now: they load much that a wrong setting need not wait for
    )
    from bot.setup.documents import WrongFile
    from storage.errors import StorageError

    return isinstance(error, WrongFile | TelegramError | StorageError)


def _lines(error: Exception) -> list[str]:
    """Settings and files have a line for each fault; everything else is told on one."""
    from bot.logs import Redact

    text = Redact().text(str(error))
    lines = text.splitlines() if _is_list(error) else [text]
    return [re.sub(r"\s+", " ", line) for line in lines]


def _is_list(error: Exception) -> bool:
    from bot.setup.documents import WrongFile

    return isinstance(error, WrongSettings | WrongFile)
