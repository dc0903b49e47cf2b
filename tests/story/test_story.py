"""The story of one repair, from the first word to the manager's digest, as a transcript on both faces."""

import os
from pathlib import Path

from tests.story.repair import STORY, Cast, import_estate
from tests.story.stage import Stage
from tests.story.transcript import Transcript

GOLDEN = Path(__file__).parents[1] / "transcripts" / "story" / "repair.txt"


def play(stage: Stage) -> str:
    """Plays the whole story; what everybody saw."""
    cast = Cast(stage)
    import_estate(cast)
    stage.start()
    transcript = Transcript(cast)
    for scene in STORY:
        scene(cast)
        stage.settle()
        transcript.scene(scene)
    assert stage.stop() == 0
    return "\n".join(transcript.lines).strip() + "\n"


def check(told: str) -> None:
    """Compares with the golden transcript, or writes it where STEWARD_UPDATE_TRANSCRIPTS is set."""
    if os.environ.get("STEWARD_UPDATE_TRANSCRIPTS"):
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(told, encoding="utf-8")
    assert told.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_story_by_polling_on_sqlite(stage: Stage) -> None:
    """Every step travels over real HTTP, and everybody sees what the transcript says."""
    check(play(stage))


def test_story_by_webhook_on_postgres(webhook_stage: Stage) -> None:
    """The same words on the other database, delivered the other way."""
    check(play(webhook_stage))
