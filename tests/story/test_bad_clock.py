"""The machine's clock is set back by an hour while people talk to the bot: nobody notices."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.story.office import office


@pytest.mark.parametrize("face", ["ptb"])
def test_set_back_by_an_hour(tmp_path: Path, face: str) -> None:
    """Who came in a moment ago lives there; an album is shown, filed and claimed; nothing waits an hour."""
    with office(tmp_path, face) as desk:
        desk.stage.later(timedelta(hours=2))
        resident = desk.resident()
        resident.say("/repair")
        resident.say("A leak")
        resident.album(3)
        clock = tmp_path / "clock"
        clock.write_text(str(float(clock.read_text()) - 3600))
        desk.stage.settle()
        assert "📎 3 files" in desk.said(resident)[-1].text
        for label in ("Done", "Leak", "As soon as possible", "Yes, they may go in", "Send"):
            resident.tap(label, chat=desk.stage.bot)
            desk.stage.settle()
        told = desk.cast.worker.tap("Claim", message=desk.cast.card().id, chat=desk.cast.group).answer()
        assert told.text.startswith("It is yours")
        assert desk.ask("SELECT error FROM dead_letters") == []
        assert "Traceback" not in desk.stage.log()
