"""Steward as a bot under test of a load driver started by hand, for a profiler: the driver's environment
(BOT_TOKEN, TELEGRAM_API_BASE, MODE, WEBHOOK_URL, DB_PATH …) becomes ours, and the process becomes `bot run`.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import town
from benchmarks.bots import ROOT, own_settings
from benchmarks.town import Town


def settings(given: dict[str, str], database: Path) -> dict[str, str]:
    """The driver's environment in our own names."""
    hook, webhook = given["WEBHOOK_URL"], given["MODE"] == "webhook"
    return {
        **given,
        **own_settings(given["TELEGRAM_API_BASE"], hook),
        "PYTHONPATH": str(ROOT),
        "STEWARD_MODE": given["MODE"],
        "STEWARD_LISTEN": urlsplit(hook).netloc if webhook else "",
        "STEWARD_DATABASE_URL": f"sqlite:///{database}",
        "STEWARD_DATA_DIR": str(database.parent),
    }


def main() -> None:
    """Builds a town where there is none yet, and becomes the bot."""
    path = Path(os.environ["DB_PATH"])
    if not path.exists():
        town.build(path, Town(residents=int(os.environ.get("RESIDENTS", "500"))))
    os.execve(sys.executable, [sys.executable, "-m", "bot", "run"], settings(dict(os.environ), path))


if __name__ == "__main__":
    main()
