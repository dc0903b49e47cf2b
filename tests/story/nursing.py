"""The first moments of a forked bot: its environment, its folder, its log. See nursery.py."""

import os
import sys
from pathlib import Path


def live(words: tuple[str, ...], environment: dict[str, str], folder: str, out: str, err: str) -> None:
    """Is `python -m bot` with these words."""
    from bot.__main__ import app

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, name in ((1, out), (2, err)):
        with Path(name).open("ab") as file:
            os.dup2(file.fileno(), number)
    sys.stdout, sys.stderr = os.fdopen(1, "w", buffering=1), os.fdopen(2, "w", buffering=1)
    app(list(words))
