"""The estate's file that the first issue shows, for all tests that read or import one."""

from collections.abc import Callable
from pathlib import Path

from bot.setup.estate_file import EstateFile, read_estate_file

ISSUE = """\
[estate]
name = "Sunny Court"
time_zone = "Asia/Shanghai"
languages = ["zh_CN", "en"]
country = "CN"
currency = "CNY"
hours = { mon-fri = "08:00-18:00", sat = "09:00-12:00" }
[promises]
respond = "30m"
solve = "24h"
confirm = "72h"          # silence after "done" closes
[survey]
after = "2h"
quiet = "22:00-08:00"    # "" = none
[digest]
at = "08:30"
[[homes]]
code = "1-1-101"
area = "89.50"
[[queues]]
code = "plumbing"
title = { en = "Plumbing", zh_CN = "给排水" }
kinds = ["plumbing"]     # groups or kinds of the taxonomy
"""


def reader(folder: Path) -> Callable[..., EstateFile]:
    """Reads a text as if it were a file of that name."""

    def read(text: str, name: str = "sunny.toml") -> EstateFile:
        file = folder / name
        file.write_text(text, encoding="utf-8")
        return read_estate_file(file)

    return read
