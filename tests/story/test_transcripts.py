"""Every transcript once more, over HTTP and on both faces: the same acts, and everybody sees the same."""

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.running import hosting
from tests.story.replay import Replay, Sheet, standing_still
from tests.walker.desk import town
from tests.walker.flows import FLOWS

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"


def transcripts() -> Iterator[Sheet]:
    """All that the walker has written."""
    for name, flow in FLOWS.items():
        for situation in () if flow.alone else flow.situations:
            file = TRANSCRIPTS / name / f"{situation}.txt"
            if file.exists():
                yield Sheet(flow, situation, file.read_text(encoding="utf-8"))


def changes(sheet: Sheet) -> list[str]:
    """What is different this time."""
    name = f"{sheet.flow.name}/{sheet.situation}.txt"
    if stuck := [f"{name}, {player.trouble}" for player in sheet.players if player.trouble]:
        return stuck
    before, now = sheet.text.splitlines(), sheet.again().splitlines()
    return list(difflib.unified_diff(before, now, name, "over HTTP", lineterm=""))


@pytest.mark.timeout(600)
def test_every_transcript_reads_the_same_over_http(tmp_path: Path, face: str, sqlite_url: str):
    with hosting(town(standing_still)) as hosted:
        played = list(transcripts())
        Replay(hosted, tmp_path, face, sqlite_url).play(played)
    different = [line for sheet in played for line in changes(sheet)]
    assert not different, "\n".join(different[:200])
