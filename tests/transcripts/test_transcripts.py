"""Every flow in every situation, held against the transcripts kept beside this file.

They are made by `tests/walker`, which plays every branch on a desk in this process; `tests/story` plays the
same files over HTTP. STEWARD_UPDATE_TRANSCRIPTS=1 writes them anew.
"""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from dialogs.scripts import SCRIPTS
from tests.walker.flow import SITUATIONS, Flow
from tests.walker.flows import FLOWS
from tests.walker.page import written
from tests.walker.situations import TELL
from tests.walker.tale import Teller

HERE = Path(__file__).parent
UPDATE = "STEWARD_UPDATE_TRANSCRIPTS"


def told(flow: Flow) -> dict[str, str]:
    """Situation → transcript; a situation that cannot come about in a flow has none."""
    stories = {situation: TELL[situation](flow) for situation in flow.situations}
    return {situation: written(flow, situation, found) for situation, found in stories.items() if found}


def compare(name: str, now: Mapping[str, str], root: Path = HERE) -> None:
    """Holds the transcripts against those kept, or keeps them if STEWARD_UPDATE_TRANSCRIPTS=1."""
    folder = root / name
    if os.environ.get(UPDATE) == "1":
        _keep(folder, now)
    kept = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    changes = [line for situation in SITUATIONS for line in _changes(f"{name}/{situation}.txt", kept, now)]
    assert not changes, "\n".join([f"A conversation changed; {UPDATE}=1 keeps it:", *changes])
    assert not {*kept} - {*now}, f"nothing of the kind is told any more: {name}/{sorted({*kept} - {*now})}"


def _changes(path: str, kept: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    before, after = (of.get(Path(path).stem, "").splitlines() for of in (kept, now))
    return list(difflib.unified_diff(before, after, path, "what is said now", lineterm=""))


def _keep(folder: Path, transcripts: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.txt"):
        if path.stem not in transcripts:
            path.unlink()
    for situation, text in transcripts.items():
        (folder / f"{situation}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", FLOWS)
def test_a_flow_reads_as_it_did(name: str):
    compare(name, told(FLOWS[name]))


def script(flow: Flow) -> str:
    """The script that a flow begins; "" if it only looks at pages."""
    teller = Teller(flow)
    teller.begin()
    return teller.script


def test_every_script_is_walked():
    assert {*SCRIPTS} - {script(flow) for flow in FLOWS.values()} == set()


def test_every_situation_can_be_told():
    assert [*TELL] == [*SITUATIONS]


def test_every_folder_is_a_flow():
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and path.name[0].islower()}
    assert folders - {"story"} == {*FLOWS}
