"""python -m sandbox: run the sandbox until it is stopped."""

import argparse
import json
import logging
import sys
from pathlib import Path

from aiohttp import web

from sandbox.clock import Clock
from sandbox.server import create_app


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and serve."""
    options = _options(arguments)
    handler = logging.StreamHandler(sys.stderr)
    if options.log == "json":
        handler.addFilter(_as_json)
    logging.basicConfig(level=logging.INFO, handlers=[handler], format="%(message)s")
    host, _, port = options.listen.rpartition(":")
    host = host or "127.0.0.1"

    def ready(_: str) -> None:
        logging.getLogger("sandbox").info("The sandbox is at http://%s:%s/", host, port)

    app = create_app(Clock(options.clock), options.floods)
    web.run_app(app, host=host, port=int(port), print=ready, access_log=None, shutdown_timeout=1.0)


def _as_json(record: logging.LogRecord) -> bool:
    """Turn a log line into one JSON object, for logs that machines read."""
    line = {"level": record.levelname, "logger": record.name, "event": record.getMessage()}
    record.msg, record.args = json.dumps(line), ()
    return True


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--listen", default="127.0.0.1:8081", help="host:port (%(default)s)")
    parser.add_argument("--clock", type=Path, help="the file that holds how far the world runs ahead")
    parser.add_argument("--floods", action="store_true", help="apply Telegram's flood limits")
    parser.add_argument("--log", choices=("json", "text"), default="text")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
