"""Imported by the nursery's process, and there only: does once what every start would do for itself.

No thread may be left over, for only the thread that forks lives on in a child.
"""

import gc
import os
import tempfile
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from io import StringIO

from bot import first_words

for name in (
    "bot.wiring",
    "bot.faces.aiogram",
    "bot.faces.ptb",
    "bot.setup.codes",
    "bot.setup.import_estate",
    "bot.setup.estate_file",
    "bot.digests.page",
    "anyio._backends._asyncio",
    "aiohttp.web",
):
    with suppress(ImportError):
        import_module(name)

with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
    from bot.__main__ import app

    before = dict(os.environ)
    nobody = "http://127.0.0.1:9"
    os.environ.update(STEWARD_DATA_DIR=folder, STEWARD_BOT_TOKEN="1:warm", STEWARD_TELEGRAM_API=nobody)
    for command in ("migrate", "doctor"):
        with suppress(SystemExit):
            app([command])
    os.environ.clear()
    os.environ.update(before)

first_words.learn()

gc.collect()
gc.freeze()  # else the first collection in each child copies all of this
