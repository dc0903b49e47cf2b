"""python -m sandbox: run the sandbox until it is stopped."""

import argparse
import json
import logging
import sys
from pathlib import Path

from aiohttp import web

from sandbox.clock import Clock
from sandbox.server import create_app


class _Json(logging.Formatter):
    """One JSON object a line, for logs that machines read."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({"level": record.levelname, "logger": record.name, "event": record.getMessage()})


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and serve."""
    options = _options(arguments)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if options.log == "json" else logging.Formatter("%(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    host, _, port = options.listen.rpartition(":")
    app = create_app(Clock(options.clock), options.floods)
    logging.getLogger("sandbox").info("The sandbox is at http://%s:%s/", host or "127.0.0.1", port)
    web.run_app(
        app, host=host or "127.0.0.1", port=int(port), print=None, access_log=None, shutdown_timeout=1.0
    )


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--listen", default="127.0.0.1:8081", help="host:port (%(default)s)")
    parser.add_argument("--clock", type=Path, help="the file that holds how far the world runs ahead")
    parser.add_argument("--floods", action="store_true", help="apply Telegram's flood limits")
    parser.add_argument("--log", choices=("json", "text"), default="text")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
