"""What an installed Steward needs of its folders, and how little it loads before it is asked to."""

import subprocess
import sys

import pytest

from tests.architecture.house import ROOMS, ROOT, rooms

HEAVY = ("aiogram", "telegram", "matplotlib", "numpy", "sandbox")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_ships_its_types(room):
    assert (ROOT / room / "py.typed").exists()


def test_every_folder_with_code_is_a_package():
    folders = {(ROOT / source.name).parent for source in rooms()}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


@pytest.mark.skipif(not (ROOT / "bot/__main__.py").exists(), reason="no command line yet")
def test_the_command_line_starts_without_loading_a_face():
    assert _loaded("bot.__main__", HEAVY) == "[]"


@pytest.mark.parametrize("face", ["bot.faces.aiogram", "bot.faces.ptb"])
def test_a_bot_starts_without_loading_a_library_that_it_may_never_need(face: str):
    assert _loaded(f"bot.wiring, bot.setup.database, {face}", HEAVY) == "[]"


def _loaded(modules: str, among: tuple[str, ...]) -> str:
    """Which of them are loaded by importing the modules, in a process of its own."""
    program = f"import sys, {modules}; print([name for name in {among} if name in sys.modules])"
    started = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return started.stdout.strip()
