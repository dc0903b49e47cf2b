"""One address for several bots: hands each call on to the next of them, as a proxy would."""

import http.client
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PASSED_ON = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")


@contextmanager
def forwarding(ports: Sequence[int]) -> Iterator[str]:
    """Forwards to these ports in turn, past whoever does not answer; the base address."""
    turns = itertools.count()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name: self.headers[name] for name in PASSED_ON if self.headers[name]}
            first = next(turns)
            answers = (
                _asked(ports[(first + one) % len(ports)], self.path, body, headers)
                for one in range(len(ports))
            )
            self.send_response(next((status for status in answers if status), 502))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _asked(port: int, path: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that this one answers; 0 if nobody is there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
