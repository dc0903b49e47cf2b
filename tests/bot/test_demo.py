"""The demo as a visitor starts it: one command, one address, everybody in their place, and a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.setup.cast import PARTS
from bot.setup.children import Child
from bot.setup.control import Control, Refused
from bot.setup.demo import free_port
from bot.setup.errors import ChildDied, tell
from sandbox.client import Sandbox

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def start(folder: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--face", "ptb", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), "STEWARD_MODE": "nonsense"},
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_demo_from_the_first_line_to_ctrl_c(tmp_path, taken):
    demo = start(tmp_path, "--port", str(taken))
    try:
        assert demo.stdout is not None
        address = demo.stdout.readline().strip()
        told = everybody_is_in(demo)
        look_around(Sandbox(address.rstrip("/")))
        assert refused_beside_it(tmp_path)
    finally:
        demo.send_signal(signal.SIGINT)
        rest, hints = demo.communicate(timeout=60)
    assert (demo.returncode, rest) == (0, "")
    assert f"Port {taken} is taken, so this is on {urlsplit(address).port}." in told
    assert "The page is there; everybody is coming in …" in told
    assert hints.endswith("Stopped.\n")
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=1).close()
    assert "stopped" in (tmp_path / "data/demo/bot.log").read_text()


def everybody_is_in(demo: "subprocess.Popen[str]") -> str:
    """Reads the hints up to the one that says so."""
    assert demo.stderr is not None
    told = ""
    while "Everybody is in." not in told:
        line = demo.stderr.readline()
        assert line, told
        told += line
    return told


def look_around(sandbox: Sandbox) -> None:
    """Everybody is linked and spoken to in their own language, and the group has a topic a queue."""
    world = sandbox.world()
    (group,) = world["groups"]
    (bot,) = world["bots"]
    names = {" ".join(part.name.split()) for part in PARTS}
    assert {f"{one['first_name']} {one['last_name'] or ''}".strip() for one in world["people"]} == names
    assert {topic["name"] for topic in group["topics"]} >= {"给排水", "客服前台"}
    for person in world["people"]:
        chat = sandbox.get("chat", **{"as": person["id"], "bot": bot["id"]})["messages"]
        words = "".join(message["text"] or "" for message in chat[1:])
        assert ("欢迎" in words) == (person["language_code"] == "zh-hans"), words


def refused_beside_it(folder: Path) -> bool:
    second = start(folder)
    out, err = second.communicate(timeout=60)
    assert (second.returncode, out) == (1, "")
    return err.splitlines()[-1].endswith("Use that one, or stop it first.")


def test_a_process_that_ends_is_told_with_its_last_words(tmp_path, capsys):
    settings = {"STEWARD_MODE": "push"}
    with Child("bot", ["bot", "run"], tmp_path, settings) as child, pytest.raises(ChildDied) as died:
        wait_for(child)
    assert tell(died.value) == 1
    *words, line = capsys.readouterr().err.splitlines()
    assert words[0].startswith('STEWARD_MODE: "push" is not one of')
    assert line.startswith("The bot ended by itself (exit code 2); its last words are above.")
    assert str(tmp_path / "bot.log") in line


def wait_for(child: Child) -> None:
    for _ in range(600):
        child.check()
        time.sleep(0.1)


def test_a_child_that_does_not_listen_is_ended(tmp_path, monkeypatch):
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(99)"
    (tmp_path / "deaf.py").write_text(deaf)
    monkeypatch.setattr("bot.setup.children.GRACE", 0.1)
    monkeypatch.setattr("bot.setup.children.ROOT", tmp_path)
    child = Child("deaf", ["deaf"], tmp_path, {})
    while not child.log.read_text():
        time.sleep(0.05)
    child.stop()
    with pytest.raises(ChildDied, match="exit code -9"):
        child.check()


def test_a_free_port_is_taken_as_it_is(taken):
    assert free_port(taken) != taken
    other = free_port(0)
    assert free_port(other) == other


def test_waiting_ends_when_a_child_died(tmp_path):
    def dead() -> None:
        raise ChildDied("bot", 1, [], tmp_path)

    with pytest.raises(ChildDied):
        Control(1, dead).wait_until_up()


def test_what_the_sandbox_refuses_is_said_in_its_words(tmp_path):
    from sandbox.running import running

    with running() as base:
        control = Control(urlsplit(base).port or 0, lambda: None)
        control.wait_until_up()
        with pytest.raises(Refused, match=r"people: .*first_name"):
            control.post("people")
        control.close()
