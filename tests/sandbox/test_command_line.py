"""python -m sandbox: starts, says where it is, keeps its clock, and stops when told."""

import json
import signal
import socket
import subprocess
import sys

from sandbox.client import Sandbox


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_it_serves_until_it_is_interrupted(clock_file):
    address = f"127.0.0.1:{free_port()}"
    options = ["--listen", address, "--clock", str(clock_file), "--floods", "--log", "json"]
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox", *options], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert json.loads(process.stderr.readline())["event"] == f"The sandbox is at http://{address}/"
        sandbox = Sandbox(f"http://{address}")
        sandbox.move_clock(60)
        assert sandbox.world()["floods"] is True
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert float(clock_file.read_text()) == 60
