"""The picture of the daily digest. What can draw is loaded with the first picture, not with the program."""

import threading
from collections.abc import Mapping
from typing import Any

#: matplotlib keeps fonts and layouts in globals, so one picture is drawn at a time
_one_at_a_time = threading.Lock()


class NoCharts(Exception):
    """Pictures need the extra "charts": pip install 'steward-desk[charts]'."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


def draw(picture: Mapping[str, Any]) -> bytes:
    """A PNG from a letter's `{"digest": …, "language": …, "zone": …}`; safe in any thread.

    Raises `NoCharts` where the extra is not installed: the digest is then sent as words alone.
    """
    with _one_at_a_time:
        try:
            from bot.digests.page import page
        except ModuleNotFoundError as missing:
            raise NoCharts from missing
        return page(picture)
