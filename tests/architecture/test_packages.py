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
    program = f"import sys, bot.__main__; print([name for name in {HEAVY} if name in sys.modules])"
    started = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert started.stdout.strip() == "[]"
