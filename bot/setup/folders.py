"""Folders for what we keep."""

import os
from pathlib import Path

from bot.setup.errors import FolderUnwritable


def make_folder(folder: Path) -> None:
    """Makes a folder for files of ours; raises `FolderUnwritable`."""
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnwritable(str(folder), f"({error.strerror})") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderUnwritable(str(folder))
