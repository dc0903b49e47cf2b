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
            status, said = next((answer for answer in answers if answer), (502, b""))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _asked(port: int, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes] | None:
    """Status and body of this one's answer; None if nobody is there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return None
    finally:
        connection.close()
